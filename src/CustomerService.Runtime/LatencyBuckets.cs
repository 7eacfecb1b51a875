using System.Numerics;

namespace CustomerService.Runtime;

/// <summary>Fixed buckets for how long something took: four to each doubling of microseconds, up to a minute, so that a percentile is right within a quarter.</summary>
internal static class LatencyBuckets
{
    /// <summary>The last bucket begins at 59 seconds and holds all that took longer.</summary>
    public const int Count = 100;

    private const int Steps = 4;

    public static int IndexOf(TimeSpan took)
    {
        var microseconds = Math.Max(0, took.Ticks / TimeSpan.TicksPerMicrosecond);
        if (microseconds < Steps)
            return (int)microseconds;
        var doubling = BitOperations.Log2((ulong)microseconds);
        return Math.Min(Count - 1, ((doubling - 1) * Steps) + (int)((microseconds >> (doubling - 2)) & (Steps - 1)));
    }

    /// <summary>The time within which a share of what was counted happened, interpolated within its bucket; zero when nothing was counted.</summary>
    public static TimeSpan Percentile(ReadOnlySpan<long> counts, double share)
    {
        var total = 0L;
        foreach (var count in counts)
            total += count;
        var rank = Math.Max(1, (long)Math.Ceiling(total * share));
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            if (counts[bucket] >= rank)
                return TimeSpan.FromMicroseconds(Start(bucket) + ((Start(bucket + 1) - Start(bucket)) * rank / (double)counts[bucket]));
            rank -= counts[bucket];
        }

        return TimeSpan.Zero;
    }

    private static long Start(int bucket) =>
        bucket < Steps ? bucket : (long)(Steps + (bucket % Steps)) << ((bucket / Steps) - 1);
}
