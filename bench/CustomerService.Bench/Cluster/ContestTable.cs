using System.Globalization;
using CustomerService.Bench.Database;
using CustomerService.Bench.Figures;

namespace CustomerService.Bench.Cluster;

/// <summary>What everybody came to; ratios are taken within a round, since the machine is not the same in the next.</summary>
internal sealed class ContestTable(IReadOnlyList<Contestant> contestants)
{
    private readonly List<(int Round, Contestant Contestant, KeepingResult Result)> _results = [];
    private readonly Dictionary<Contestant, DatabaseCounters?> _counted = [];
    private readonly Dictionary<Contestant, KeepingResult> _alone = [];

    public void Add(int round, Contestant contestant, KeepingResult result) => _results.Add((round, contestant, result));

    public void Counted(Contestant contestant, DatabaseCounters? counters) => _counted[contestant] = counters;

    public void Alone(Contestant contestant, KeepingResult result) => _alone[contestant] = result;

    public string Round(int round) => string.Join(", ", contestants.Select(contestant => string.Create(CultureInfo.InvariantCulture, $"{Speed(round, contestant):0}")));

    /// <returns>False when a result is void.</returns>
    public bool Report()
    {
        foreach (var contestant in contestants)
        {
            var results = Of(contestant);
            var middle = results.OrderBy(result => result.MessagesPerSecond).ElementAt((results.Count - 1) / 2);
            Print($"  {contestant.Name}");
            Print($"    messages a second  {new Samples(results.Select(result => result.MessagesPerSecond)).MedianAndRange("0")}");
            foreach (var other in contestants.Where(other => other != contestant))
                Print($"    ÷ {other.Name,-34} {Ratio(contestant, other).MedianAndRange()}");
            Print($"    to durable         {middle.ToDurable.Percentiles()}; one message at a time {_alone[contestant].ToDurable.Percentiles()}");
            Print($"    processor          {Each(results, result => result.Processor)} us a message; the database's {Each(results, result => result.ServerProcessor)} us");
            if (_counted[contestant] is { } counters)
                Console.WriteLine($"    a message          {counters.Describe(results[0].Messages)}");
        }

        var faults = _results.Select(result => (result.Contestant, result.Result)).Concat(_alone.Select(alone => (alone.Key, alone.Value)))
            .Where(result => result.Item2.Fault is not null).Select(result => $"{result.Item1.Name}: {result.Item2.Fault}").Distinct().ToList();
        foreach (var fault in faults)
            Console.WriteLine($"  VOID: {fault}");
        return faults.Count == 0;
    }

    private List<KeepingResult> Of(Contestant contestant) => [.. _results.Where(result => result.Contestant == contestant).Select(result => result.Result)];

    private Samples Ratio(Contestant one, Contestant other) =>
        new(_results.Select(result => result.Round).Distinct().Select(round => Speed(round, one) / Speed(round, other)));

    private static string Each(List<KeepingResult> results, Func<KeepingResult, TimeSpan?> time) =>
        results.TrueForAll(result => time(result) is not null) ? new Samples(results.Select(result => time(result)!.Value.TotalMicroseconds / result.Messages)).MedianAndRange("0") : "unknown";

    /// <summary>Of both runs of a round together.</summary>
    private double Speed(int round, Contestant contestant)
    {
        var both = _results.Where(result => result.Round == round && result.Contestant == contestant).Select(result => result.Result).ToList();
        return both.Sum(result => result.Messages) / both.Sum(result => result.Elapsed.TotalSeconds);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
