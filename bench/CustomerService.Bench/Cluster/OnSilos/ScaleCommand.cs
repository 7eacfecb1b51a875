using System.CommandLine;
using System.Globalization;
using CustomerService.Bench.Database;
using CustomerService.Bench.Figures;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Cluster.OnSilos;

/// <summary><c>scale</c>: durable messages a second on 1, 2, 4 silos of equal shares of the processor, and the curve through them.</summary>
internal static class ScaleCommand
{
    public static Command Create()
    {
        var messages = CommonOptions.Number("--messages", 4_000, 1, 1_000_000, "Different messages in each run.");
        var conversations = CommonOptions.Number("--conversations", 1_000, 1, 1_000_000, "Conversations that they are spread over.");
        var window = CommonOptions.Number("--window", 64, 1, 4_096, "Messages under way at once, for each silo.");
        var rounds = CommonOptions.Number("--rounds", 3, 1, 100, "Rounds; in each every number of silos runs twice, the second time in the opposite order.");
        var percent = CommonOptions.Number("--share", 15, 1, 100, "Percent of one processor that each silo gets. All silos together must leave enough to the database and to the sender.");
        var silos = new Option<int[]>("--silos") { Description = "Numbers of silos; the first is what the others are held against.", DefaultValueFactory = _ => [1, 2, 4], AllowMultipleArgumentsPerToken = true, HelpName = "N" };
        var database = DatabaseOptions.Database();
        var command = new Command("scale", "Durable messages a second on 1, 2 and 4 silos, each a process with an equal share of the processor.")
        {
            messages, conversations, window, rounds, percent, silos, database,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shape = new KeepingShape(parsed.GetValue(messages), parsed.GetValue(conversations), 0, parsed.GetValue(window));
            var counts = parsed.GetValue(silos)!;
            if (counts.Length == 0 || counts.Any(count => count is < 1 or > 64))
                throw new CommandFailedException("--silos takes numbers from 1 to 64.", SiloCommandLine.WrongUse);
            double? share = ProcessorShare.IsPossible ? parsed.GetValue(percent) / 100.0 : null;
            await using var server = await BenchServer.StartAsync(parsed.GetValue(database));
            Machine.Print("scale: one durable write a message, on several silos");
            Console.WriteLine($"  database    {server.Describe}");
            Console.WriteLine(share is { } each
                ? string.Create(CultureInfo.InvariantCulture, $"  shares      each silo {each:0.00} of a processor by a control group; database and sender what they need of the rest")
                : "  shares      NONE: this machine lets us make no control group, so more silos share the same processors and no curve is told");
            Print($"{shape.Messages} messages of 360 characters over {shape.Conversations} conversations, window {shape.Window} for each silo, seed {shape.Seed}");

            var results = new List<(int Silos, ScaleResult Result)>();
            for (var round = 1; round <= parsed.GetValue(rounds); round++)
            {
                foreach (var count in counts.Concat(counts.AsEnumerable().Reverse()))
                {
                    cancellation.ThrowIfCancellationRequested();
                    results.Add((count, await ScaleRun.RunAsync(server, count, share, shape with { Window = shape.Window * count })));
                }

                Print($"  round {round}: {string.Join(", ", counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{Speeds(results, count).Median:0}")))} (medians so far; load {Machine.LoadAverage()})");
            }

            return Report(results, counts, share is not null);
        });
        return command;
    }

    private static int Report(List<(int Silos, ScaleResult Result)> results, int[] counts, bool withCurve)
    {
        var one = Speeds(results, counts[0]).Median / counts[0];
        foreach (var count in counts)
        {
            var speeds = Speeds(results, count);
            var of = results.Where(result => result.Silos == count).Select(result => result.Result).ToList();
            var middle = of.OrderBy(result => result.Kept.MessagesPerSecond).ElementAt((of.Count - 1) / 2);
            Print($"  {count} silos: {speeds.MedianAndRange("0")} messages/s, efficiency {speeds.Median / (one * count):0.00}; {middle.Kept.ToDurable.Percentiles()}; {(double)of.Sum(result => result.Hops) / of.Sum(result => result.Kept.Messages):0.00} hops between silos a message");
            Print($"    sender {middle.Kept.Processor.TotalMicroseconds / middle.Kept.Messages:0} us of processor a message, database {middle.Kept.ServerProcessor?.TotalMicroseconds / middle.Kept.Messages:0} us");
        }

        if (withCurve && counts.Length > 1)
        {
            var curve = ScalingCurve.Fit(one, counts.Where(count => count > 1).Select(count => (count, Speeds(results, count).Median)));
            Print($"  Gunther's law: contention {curve.Contention:0.000}, coherence {curve.Coherence:0.0000}");
        }

        var faults = results.Where(result => result.Result.Kept.Fault is not null).Select(result => $"{result.Silos} silos: {result.Result.Kept.Fault}").Distinct().ToList();
        foreach (var fault in faults)
            Console.WriteLine($"  VOID: {fault}");
        return faults.Count == 0 ? 0 : SiloCommandLine.Failed;
    }

    private static Samples Speeds(List<(int Silos, ScaleResult Result)> results, int count) =>
        new(results.Where(result => result.Silos == count).Select(result => result.Result.Kept.MessagesPerSecond));

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
