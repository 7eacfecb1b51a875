using System.CommandLine;
using System.Globalization;
using CustomerService.Bench.Figures;
using CustomerService.Bench.Floor;
using CustomerService.Bench.Running;
using CustomerService.Bench.Traffic;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Throughput;

/// <summary><c>throughput</c>: messages a second through the whole system, beside bare SQLite's, measured in turns.</summary>
internal static class ThroughputCommand
{
    // Until the compiler has made its best of the hot code, which takes seconds on a busy machine.
    private const int WarmUp = 15_000;

    public static Command Create()
    {
        var messages = CommonOptions.Number("--messages", 10_000, 1, 1_000_000, "Different messages in each run.");
        var conversations = CommonOptions.Number("--conversations", 1_000, 1, 1_000_000, "Conversations that they are spread over.");
        var window = CommonOptions.Number("--window", 256, 1, 4_096, "Messages under way at once.");
        var rounds = CommonOptions.Number("--rounds", 3, 1, 100, "Rounds of system, floor, floor, system.");
        var zipf = new Option<double[]>("--zipf")
        {
            Description = "How unevenly conversations are drawn: 0 for all alike. Several are measured one after another.",
            DefaultValueFactory = _ => [0, 1.1],
            AllowMultipleArgumentsPerToken = true,
            HelpName = "EXPONENT",
        };
        var command = new Command("throughput", "Messages a second, acknowledged after fsync, with the full pipeline on local models; and the floor that SQLite alone sets.")
        {
            messages, conversations, window, rounds, zipf,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            Machine.Print("throughput: the whole system beside bare SQLite");
            Console.WriteLine("  durability  D2: committed and fsynced before the acknowledgement, in both (SQLite WAL, synchronous=FULL)");
            var isValid = true;
            foreach (var exponent in parsed.GetValue(zipf)!)
            {
                var shape = new TrafficShape(parsed.GetValue(messages), parsed.GetValue(conversations), exponent);
                isValid &= await MeasureAsync(shape, parsed.GetValue(window), parsed.GetValue(rounds), cancellation);
            }

            return isValid ? 0 : SiloCommandLine.Failed;
        });
        return command;
    }

    private static async Task<bool> MeasureAsync(TrafficShape shape, int window, int rounds, CancellationToken cancellation)
    {
        var texts = await ReadyTextsAsync();
        Print($"\n{shape.Messages} messages over {shape.Conversations} conversations, Zipf {shape.Zipf}, {shape.HandedOver:P0} handed over, {shape.Repeated:P0} repeated, window {window}, seed {shape.Seed}");
        var floors = await SystemAsync(shape with { Messages = WarmUp }, texts, window);
        GroupCommitFloor.Run(floors.Written, floors.Transactions);

        var (results, ratios, unbatched) = (new List<TrafficResult>(), new List<double>(), new List<double>());
        for (var round = 1; round <= rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var load = Machine.LoadAverage();
            var first = await SystemAsync(shape, texts, window);
            var floor = GroupCommitFloor.Run(first.Written, first.Transactions) + GroupCommitFloor.Run(first.Written, first.Transactions);
            var second = await SystemAsync(shape, texts, window);
            results.AddRange([first, second]);
            ratios.Add(floor / (first.Elapsed + second.Elapsed));
            unbatched.Add(2 * GroupCommitFloor.Run(first.Written, shape.Messages) / (first.Elapsed + second.Elapsed));
            Print($"  round {round}: system {first.MessagesPerSecond:0} and {second.MessagesPerSecond:0} messages/s, floor {2 * shape.Messages / floor.TotalSeconds:0}/s, ratio {ratios[^1]:0.000} (load {load})");
        }

        return Report(results, new Samples(ratios), new Samples(unbatched));
    }

    private static async Task<CustomerTexts> ReadyTextsAsync()
    {
        await using var system = await BenchSystem.StartAsync();
        return await CustomerTexts.SortAsync(system);
    }

    private static async Task<TrafficResult> SystemAsync(TrafficShape shape, CustomerTexts texts, int window)
    {
        await using var system = await BenchSystem.StartAsync();
        return await new TrafficRun(system, window).RunAsync(TrafficPlan.Make(shape, texts));
    }

    private static bool Report(List<TrafficResult> results, Samples ratios, Samples unbatched)
    {
        var middle = results.OrderBy(result => result.MessagesPerSecond).ElementAt((results.Count - 1) / 2);
        var messages = middle.Messages;
        Print($"  system / floor         {ratios.MedianAndRange("0.000")}, with as many transactions as the system made");
        Print($"  system / unbatched     {unbatched.MedianAndRange("0.000")}, with a transaction for each message");
        Print($"  messages a second      {new Samples(results.Select(result => result.MessagesPerSecond)).MedianAndRange("0")}");
        Print($"  of the median run:");
        Print($"    to acknowledged      {middle.ToAcknowledged.Percentiles()}");
        Print($"    to the outcome       {middle.ToOutcome.Percentiles()}");
        Print($"    outcomes             {string.Join(", ", middle.Outcomes.OrderBy(outcome => outcome.Key).Select(outcome => $"{outcome.Key} {outcome.Value}"))}; {middle.Repeated} sent again and known");
        Print($"    transactions         {middle.Transactions} ({(double)middle.Transactions / messages:0.000} a message, {(double)middle.Written.Rows / middle.Transactions:0.0} rows each)");
        Print($"    processor            {middle.Processor.TotalMicroseconds / messages:0} us a message; allocated {(double)middle.Allocated / messages:0} bytes a message");
        Print($"      by threads         {middle.ProcessorByThreads}");
        Print($"    written              {(double)middle.Written.Rows / messages:0.0} rows, {(double)middle.Written.Bytes / messages:0} bytes a message; on disk {(double)middle.StoredBytes / messages:0}");
        Console.WriteLine(middle.Written.Describe(messages));
        foreach (var fault in results.SelectMany(result => result.Faults).Distinct())
            Print($"  VOID: {fault}");
        return results.TrueForAll(result => result.Faults.IsEmpty);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
