namespace CustomerService.Simulation.Hosting;

/// <summary>Time that passes only when the simulated host says so. Its wall clock can be set wrong; its timestamps can't.</summary>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>How much time has truly passed.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>By how much the wall clock is wrong.</summary>
    public TimeSpan WallError { get; set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + Elapsed + WallError;

    public override long GetTimestamp() => Elapsed.Ticks;

    /// <exception cref="NotSupportedException">Always: a timer's thread would run beside the one thread that there is.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException($"There are no timers in a simulation; use {nameof(SimulatedHost)}.{nameof(SimulatedHost.After)}.");

    internal void AdvanceTo(long ticks) => Elapsed = TimeSpan.FromTicks(ticks);
}
