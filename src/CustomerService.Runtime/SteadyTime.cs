namespace CustomerService.Runtime;

/// <summary>
/// The wall clock without its jumps. When somebody sets the machine's clock, or a time server corrects it by an hour, alarms must not ring all at
/// once or an hour late: this clock goes on as time truly passes, never back, and nears the wall clock by at most a twentieth of that.
/// </summary>
public sealed class SteadyTime : TimeProvider
{
    private const double MaxSlew = 0.05;

    /// <summary>A greater change of the difference is no drift: the clock was set, or the machine slept.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(1);

    private readonly object gate = new();
    private readonly TimeProvider wall;
    private readonly Func<TimeSpan>? sinceBoot;
    private readonly long startStamp;
    private readonly TimeSpan startBoot;
    private DateTimeOffset now;
    private long stamp;
    private TimeSpan error;
    private TimeSpan slept;

    /// <param name="wall">The clock that may jump. Its timestamps do not.</param>
    /// <param name="sinceBoot">How long the machine has been on, its sleep included, for machines where timestamps stand still meanwhile; null: they do not.</param>
    public SteadyTime(TimeProvider wall, Func<TimeSpan>? sinceBoot = null)
    {
        (this.wall, this.sinceBoot) = (wall, sinceBoot);
        now = wall.GetUtcNow();
        stamp = startStamp = wall.GetTimestamp();
        startBoot = sinceBoot?.Invoke() ?? TimeSpan.Zero;
    }

    public override TimeZoneInfo LocalTimeZone => wall.LocalTimeZone;

    public override long TimestampFrequency => wall.TimestampFrequency;

    public override long GetTimestamp() => wall.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wall.CreateTimer(callback, state, dueTime, period);

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            var passed = wall.GetElapsedTime(stamp, stamp = wall.GetTimestamp());
            if (passed < TimeSpan.Zero)
                passed = TimeSpan.Zero;
            now += passed;
            var difference = wall.GetUtcNow() - now;
            if ((difference - error).Duration() > Jump && Slept() is { Ticks: > 0 } more)
            {
                now += more;
                difference -= more;
            }

            var limit = passed * MaxSlew;
            var correction = difference > limit ? limit : difference < -limit ? -limit : difference;
            error = difference - correction;
            return now += correction;
        }
    }

    /// <summary>How long the machine slept since this was asked last.</summary>
    private TimeSpan Slept()
    {
        if (sinceBoot is null)
            return TimeSpan.Zero;
        var before = slept;
        slept = sinceBoot() - startBoot - wall.GetElapsedTime(startStamp, stamp);
        return slept - before > Jump ? slept - before : TimeSpan.Zero;
    }
}
