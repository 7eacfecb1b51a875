using System.Collections.Immutable;

namespace CustomerService.AgentConsole.Queues;

/// <summary>How a queue went in the last two hours, minute by minute, the oldest first.</summary>
/// <param name="Waiting">How many waited at the end of each minute; the last is now.</param>
public sealed record QueueTrend(ImmutableArray<int> Waiting, ImmutableArray<int> Arrivals, ImmutableArray<int> Answered, ImmutableArray<PromisesKept> Promises)
{
    public const int Minutes = 120;

    /// <summary>The promises of the last so many minutes.</summary>
    public PromisesKept PromisesOf(int minutes) => Promises.TakeLast(minutes).Aggregate(default(PromisesKept), (sum, each) => new PromisesKept(sum.Kept + each.Kept, sum.Broken + each.Broken));
}

/// <summary>First and next responses that were owed and came: in the time that the owner promises, or later.</summary>
public readonly record struct PromisesKept(int Kept, int Broken)
{
    public int Count => Kept + Broken;

    /// <summary>0…1; null: none was owed.</summary>
    /// <param name="overdue">Those still owed and late already, which can't be kept any more.</param>
    public double? Share(int overdue = 0) => Count + overdue > 0 ? Kept / (double)(Count + overdue) : null;
}
