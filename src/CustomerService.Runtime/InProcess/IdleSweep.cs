namespace CustomerService.Runtime.InProcess;

/// <summary>Looks from time to time which grains are idle, and lets them leave memory; sooner when there are too many.</summary>
internal sealed class IdleSweep : IDisposable
{
    private readonly InProcessHost host;
    private readonly InProcessOptions options;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private int isCrowded;

    public IdleSweep(InProcessHost host, InProcessOptions options, TimeProvider time)
    {
        this.host = host;
        this.options = options;
        this.time = time;
        timer = time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Period => options.IdleTime / 4;

    public void Start() => timer.Change(Period, Period);

    public void Stop() => timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Takes note that there is one grain more.</summary>
    public void Added(int activations)
    {
        if (activations > options.MaxActivations && Interlocked.Exchange(ref isCrowded, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static sweep => sweep.ThinOut(), this, preferLocal: false);
    }

    public void Dispose() => timer.Dispose();

    private void Sweep()
    {
        var now = time.GetTimestamp();
        host.Collect(mailbox => time.GetElapsedTime(mailbox.LastAsked, now) >= options.IdleTime);
    }

    /// <summary>Lets a tenth leave, the longest idle first, so that it is not called for every grain that comes.</summary>
    private void ThinOut()
    {
        var times = host.LastAsked();
        times.Sort();
        var leaving = Math.Min(times.Count, times.Count - options.MaxActivations + (options.MaxActivations / 10));
        if (leaving > 0)
        {
            var latest = times[leaving - 1];
            host.Collect(mailbox => mailbox.LastAsked <= latest);
        }

        Volatile.Write(ref isCrowded, 0);
    }
}
