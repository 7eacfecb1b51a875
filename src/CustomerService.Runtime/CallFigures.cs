namespace CustomerService.Runtime;

/// <summary>
/// How many calls a host's grains answered in the last minute, and how soon. Counts only rise; once a second the first call leaves a mark of
/// how far they were, and the minute is what came after the mark of a minute ago. Adding a call takes no lock and allocates nothing.
/// </summary>
public sealed class CallFigures(TimeProvider time)
{
    private const int Window = 60;

    /// <summary>More marks than the window has seconds, so that none is overwritten while it counts.</summary>
    private const int Marks = 64;

    private readonly long start = time.GetTimestamp();
    private readonly long[] totals = new long[LatencyBuckets.Count];
    private readonly Mark[] marks = [.. Enumerable.Range(0, Marks).Select(_ => new Mark())];
    private long marked = -1;

    /// <summary>Counts one call, here and in the instrument <c>grain_call_seconds</c>.</summary>
    /// <param name="kind">The kind of grain that was called.</param>
    /// <param name="arrived">When the call reached the host: a timestamp of its time provider.</param>
    public void Answered(string kind, long arrived)
    {
        var now = time.GetTimestamp();
        var took = time.GetElapsedTime(arrived, now);
        MarkSecond(SecondOf(now));
        Interlocked.Increment(ref totals[LatencyBuckets.IndexOf(took)]);
        RuntimeInstruments.GrainCalls.Record(took.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
    }

    /// <summary>The last minute's figures; since the host was made, where that is less.</summary>
    public CallRate LastMinute()
    {
        var now = time.GetTimestamp();
        var from = Math.Max(0, SecondOf(now) - Window + 1);
        var counts = CountsSince(from, SecondOf(now));
        var seconds = time.GetElapsedTime(start, now).TotalSeconds - from;
        return new CallRate(
            counts.Sum() / Math.Max(1, seconds),
            LatencyBuckets.Percentile(counts, 0.50).TotalMilliseconds,
            LatencyBuckets.Percentile(counts, 0.99).TotalMilliseconds);
    }

    private long SecondOf(long timestamp) => (long)time.GetElapsedTime(start, timestamp).TotalSeconds;

    private void MarkSecond(long second)
    {
        var last = Volatile.Read(ref marked);
        if (second <= last || Interlocked.CompareExchange(ref marked, second, last) != last)
            return;
        var mark = marks[second % Marks];
        for (var bucket = 0; bucket < totals.Length; bucket++)
            mark.Counts[bucket] = Volatile.Read(ref totals[bucket]);
        Volatile.Write(ref mark.Second, second);
    }

    /// <summary>What was counted since the first mark of the window. Where there is none, nobody has called.</summary>
    private long[] CountsSince(long from, long until)
    {
        var counts = new long[LatencyBuckets.Count];
        for (var second = from; second <= until; second++)
        {
            var mark = marks[second % Marks];
            if (Volatile.Read(ref mark.Second) != second)
                continue;
            for (var bucket = 0; bucket < counts.Length; bucket++)
                counts[bucket] = Volatile.Read(ref totals[bucket]) - mark.Counts[bucket];
            break;
        }

        return counts;
    }

    private sealed class Mark
    {
        public readonly long[] Counts = new long[LatencyBuckets.Count];
        public long Second = -1;
    }
}

/// <summary>How a host answers calls.</summary>
/// <param name="PerSecond">Calls answered per second.</param>
/// <param name="P50Milliseconds">Half of the calls took no longer, from arrival to answer; 0 when there were none.</param>
/// <param name="P99Milliseconds">99 of 100 calls took no longer.</param>
public readonly record struct CallRate(double PerSecond, double P50Milliseconds, double P99Milliseconds);
