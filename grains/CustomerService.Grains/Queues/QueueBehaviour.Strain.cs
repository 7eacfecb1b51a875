using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Grains.Queues;

// Trouble noticed while it builds up: more come than usual, or those who join will wait longer than was promised.
public sealed partial class QueueBehaviour
{
    /// <summary>How often a strained queue looks whether it is still so, if nothing else happens.</summary>
    internal static TimeSpan StrainReview { get; } = TimeSpan.FromMinutes(1);

    /// <summary>A wait must be so much shorter than the promise before it counts as kept again, so that the word does not flutter.</summary>
    private const double Relief = 0.8;

    /// <summary>What the queue is strained by now; null: nothing.</summary>
    internal static string? StrainOf(QueueState state, DateTimeOffset now)
    {
        var arrivals = state.Arrivals.AsOf(now);
        if (arrivals.IsRush || (state.Strain is not null && arrivals.IsStillHigh))
            return Text($"{arrivals.LatelyPerHour:0} an hour join, usually {arrivals.UsuallyPerHour:0}");

        var promised = PromisedWait(state);
        return promised > 0 && state.Unoffered > 0 && !IsQuiet(state, now) && WaitOfNext(state, now) is { } wait
            && wait.P50 > promised * (state.Strain is null ? 1 : Relief)
            ? Text($"who joins now waits about {wait.P50:0} s, and {promised:0} s are promised")
            : null;
    }

    /// <summary>Nothing is offered for a reason of its own, which is known already.</summary>
    private static bool IsQuiet(QueueState state, DateTimeOffset now) => state.Pause is not null || OpensAt(state, now) is not null;

    private static double PromisedWait(QueueState state) =>
        state.Policy.Terms.Targets.GetValueOrDefault(ServiceTargets.EveryTier)?.FirstResponse ?? 0;
}
