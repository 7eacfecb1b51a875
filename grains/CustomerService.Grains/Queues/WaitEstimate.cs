using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

/// <summary>
/// How long a place in the line takes, from what happened: the last waits that ended with an agent, divided by the places that they
/// began at. It knows nothing of agents who come or go, and follows a change of pace within a window's length; of conversations
/// that overtake by priority it knows only what they did to the recent waits. Nothing is claimed before the first wait ended.
/// </summary>
internal static class WaitEstimate
{
    public const int Window = 20;

    /// <summary>In seconds; null when nothing is known.</summary>
    public static double? ForPlace(ImmutableArray<EndedWait> waits, int place)
    {
        if (waits.IsDefaultOrEmpty || place < 1)
            return null;

        var (seconds, places) = (0d, 0);
        foreach (var wait in waits)
        {
            seconds += wait.Seconds;
            places += Math.Max(1, wait.Place);
        }

        return Math.Round(place * seconds / places, 1);
    }

    public static ImmutableArray<EndedWait> With(ImmutableArray<EndedWait> waits, EndedWait wait)
    {
        var kept = waits.OrEmpty();
        return (kept.Length < Window ? kept : kept.RemoveAt(0)).Add(wait);
    }
}
