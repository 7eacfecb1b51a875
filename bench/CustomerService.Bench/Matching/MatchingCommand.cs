using System.CommandLine;
using System.Globalization;
using CustomerService.Bench.Figures;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Matching;

/// <summary><c>matching</c>: how fast a queue finds who gets whom, in memory, beside a plain scan, in a long line and in one ten times shorter.</summary>
internal static class MatchingCommand
{
    private const int Shorter = 10;
    private const int Rebuilds = 5;

    public static Command Create()
    {
        var waiting = CommonOptions.Number("--waiting", 100_000, 10_000, 2_000_000, "Conversations in the long line; the short one has a tenth.");
        var agents = CommonOptions.Number("--agents", 10_000, 1_000, 1_000_000, "Agents.");
        var classes = CommonOptions.Number("--classes", 560, 35, 100_000, "Classes of requirements, channels counted.");
        var groups = CommonOptions.Number("--groups", 150, 7, 10_000, "Sets of skills among the agents.");
        var batches = CommonOptions.Number("--batches", 200, 4, 100_000, "Batches of 1,000 matches for each figure.");
        var seed = CommonOptions.Number("--seed", 1, 0, int.MaxValue, "The dice.");
        var command = new Command("matching", "Matches a second in memory, on one core: agent to conversation and conversation to agent, each beside a naive scan; and a line's rebuild.")
        {
            waiting, agents, classes, groups, batches, seed,
        };
        command.SetAction(parsed =>
        {
            var (line, floor, dice) = (parsed.GetValue(waiting), parsed.GetValue(agents), parsed.GetValue(seed));
            MatchingRun RunOf(int length) => new(new MatchingWorld(parsed.GetValue(classes), parsed.GetValue(groups), dice), length, floor, dice);
            Machine.Print($"matching: {line} and {line / Shorter} waiting, {floor} agents in {parsed.GetValue(groups)} groups, {new MatchingWorld(parsed.GetValue(classes), parsed.GetValue(groups), dice).Classes} classes");
            return Measure(RunOf(line / Shorter), RunOf(line), parsed.GetValue(batches)) ? 0 : SiloCommandLine.Failed;
        });
        return command;
    }

    private static bool Measure(MatchingRun shortLine, MatchingRun longLine, int batches)
    {
        Console.WriteLine($"  {"",-24}{"matches/s",14}{"a match",28}{"by the clock",14}{"naive scan/s",14}{"ratio",8}{"growth",9}");
        var freed = Row("agent → conversation", shortLine.AgentFree(batches), longLine.AgentFree(batches));
        var joined = Row("conversation → agent", shortLine.ConversationJoined(batches), longLine.ConversationJoined(batches));
        var anybody = Row("free agent → anybody", shortLine.Anybody(batches), longLine.Anybody(batches));
        var rebuilds = new Samples(Enumerable.Range(0, Rebuilds).Select(_ => longLine.Rebuild()));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  rebuild of the long line, seconds: {rebuilds.MedianAndRange()}"));
        Console.WriteLine("  a match: find the best and mark it. Processor time, garbage collection included, median of batches (fastest to p95), long line; growth: by the short line.");
        if (!freed || !joined || !anybody)
            Console.WriteLine("  VOID: the scan found other matches.");
        return freed && joined && anybody;
    }

    private static bool Row(string name, MatchRates few, MatchRates many)
    {
        var (shortTimes, longTimes, wall) = (new Samples(few.CpuSeconds), new Samples(many.CpuSeconds), new Samples(many.Seconds));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-24}{1 / longTimes.Median,14:N0}{$"{longTimes.Median * 1e9:N0} ns ({longTimes.Least * 1e9:N0} to {longTimes.At(0.95) * 1e9:N0})",28}{$"{wall.Median * 1e9:N0} ns",14}{1 / many.ScanSeconds,14:N0}{many.ScanSeconds / longTimes.Median,8:N0}{longTimes.Median / shortTimes.Median,9:0.00}"));
        return few.Differing + many.Differing == 0;
    }
}
