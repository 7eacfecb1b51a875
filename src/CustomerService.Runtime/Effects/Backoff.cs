namespace CustomerService.Runtime.Effects;

/// <summary>How long to wait before the next attempt: twice as long each time, up to a limit, and never two at the same instant.</summary>
public sealed class Backoff(TimeSpan first, TimeSpan limit, Random random)
{
    /// <param name="failures">How many attempts have failed so far, from 1.</param>
    public TimeSpan After(int failures)
    {
        var full = first * Math.Pow(2, Math.Min(failures - 1, 20));
        var bounded = full < limit ? full : limit;
        double jitter;
        lock (random)
            jitter = random.NextDouble();
        return bounded * (0.5 + (jitter / 2));
    }
}
