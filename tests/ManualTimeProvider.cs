namespace CustomerService.Tests;

/// <summary>
/// A clock that stands still until it is moved. Its timers fire, in order, on the thread that moves it; one that is set for no
/// later than now fires at once, on another thread.
/// </summary>
internal sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly object gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are set to fire.</summary>
    public int Armed
    {
        get
        {
            lock (gate)
                return timers.Count;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, firing each timer at its own time on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (TakeDue(target) is { } due)
            due.Fire();
        lock (gate)
            now = target;
    }

    private ManualTimer? TakeDue(DateTimeOffset target)
    {
        lock (gate)
        {
            var first = timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (first is null)
                return null;
            now = first.Due > now ? first.Due : now;
            timers.Remove(first);
            if (first.Period > TimeSpan.Zero)
            {
                first.Due += first.Period;
                timers.Add(first);
            }

            return first;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                if (dueTime < TimeSpan.Zero)
                    return true;
                if (dueTime == TimeSpan.Zero)
                    ThreadPool.QueueUserWorkItem(_ => Fire());
                if (dueTime == TimeSpan.Zero && period <= TimeSpan.Zero)
                    return true;
                Due = clock.now + dueTime;
                Period = period;
                clock.timers.Add(this);
                return true;
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock.gate)
                clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
