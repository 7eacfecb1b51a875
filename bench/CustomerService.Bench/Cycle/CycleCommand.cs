using System.CommandLine;
using System.Globalization;
using CustomerService.Bench.Figures;
using CustomerService.Bench.Floor;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Cycle;

/// <summary><c>cycle</c>: enqueue, offer, accept, resolve, wrap up, each durable; beside bare SQLite, in turns.</summary>
internal static class CycleCommand
{
    public static Command Create()
    {
        var cycles = CommonOptions.Number("--cycles", 5_000, 1, 1_000_000, "Conversations in each run.");
        var queues = CommonOptions.Number("--queues", 10, 1, 1_000, "Queues.");
        var agents = CommonOptions.Number("--agents", 200, 1, 10_000, "Agents, each of one queue, three conversations at once.");
        var window = CommonOptions.Number("--window", 128, 1, 10_000, "Conversations under way at once.");
        var rounds = CommonOptions.Number("--rounds", 5, 1, 100, "Runs, each followed by its floor.");
        var command = new Command("cycle", "Whole cycles a second of a conversation through a queue and an agent, each step durable; and the floor that SQLite alone sets.")
        {
            cycles, queues, agents, window, rounds,
        };
        command.SetAction(async (parsed, _) =>
        {
            var shape = new CycleShape(parsed.GetValue(cycles), parsed.GetValue(queues), parsed.GetValue(agents), parsed.GetValue(window));
            Machine.Print("cycle: enqueue, offer, accept, resolve, wrap up");
            Print($"{shape.Cycles} conversations, {shape.Queues} queues, {shape.Agents} agents, window {shape.Window}");
            await new CycleRun(shape).RunAsync();

            var (results, ratios, unbatched) = (new List<CycleResult>(), new List<double>(), new List<double>());
            for (var round = 1; round <= parsed.GetValue(rounds); round++)
            {
                var result = await new CycleRun(shape).RunAsync();
                results.Add(result);
                ratios.Add(GroupCommitFloor.Run(result.Written, result.Transactions) / result.Elapsed);
                unbatched.Add(GroupCommitFloor.Run(result.Written, result.Commits) / result.Elapsed);
                Print($"  round {round}: {result.CyclesPerSecond:0} cycles/s, ratio {ratios[^1]:0.000} (load {Machine.LoadAverage()})");
            }

            return Report(results, new Samples(ratios), new Samples(unbatched));
        });
        return command;
    }

    private static int Report(List<CycleResult> results, Samples ratios, Samples unbatched)
    {
        var middle = results.OrderBy(result => result.CyclesPerSecond).ElementAt((results.Count - 1) / 2);
        Print($"  system / floor         {ratios.MedianAndRange("0.000")}, with as many transactions as the system made");
        Print($"  system / unbatched     {unbatched.MedianAndRange("0.000")}, with a transaction for each commit of a grain");
        Print($"  cycles a second        {new Samples(results.Select(result => result.CyclesPerSecond)).MedianAndRange("0")}");
        Print($"  of the median run:");
        Print($"    to assigned          {middle.ToAssigned.Percentiles()}");
        Print($"    to wrapped up        {middle.Whole.Percentiles()}");
        Print($"    commits              {(double)middle.Commits / middle.Cycles:0.0} a cycle, in {(double)middle.Transactions / middle.Cycles:0.00} transactions");
        Print($"    written              {(double)middle.Written.Rows / middle.Cycles:0.0} rows, {(double)middle.Written.Bytes / middle.Cycles:0} bytes a cycle");
        Console.WriteLine(middle.Written.Describe(middle.Cycles, "cycle"));
        foreach (var fault in results.SelectMany(result => result.Faults).Distinct())
            Print($"  VOID: {fault}");
        return results.TrueForAll(result => result.Faults.IsEmpty) ? 0 : SiloCommandLine.Failed;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
