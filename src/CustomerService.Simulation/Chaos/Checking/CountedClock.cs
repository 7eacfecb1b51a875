using CustomerService.Grains.Conversations;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>A service-level clock counted by hand, from the journal and the calendars alone.</summary>
/// <param name="since">From when on it counts.</param>
/// <param name="hours">Those of the queue whose promise it is.</param>
internal sealed class CountedClock(string conversation, ServiceClockStarted started, DateTimeOffset since, CountedHours hours)
{
    /// <summary>Between the time that a turn saw and the same time as it is stored.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(2);

    private DateTimeOffset? _runningSince = since;
    private CountedHours _hours = hours;
    private TimeSpan _spent;
    private bool _warned;
    private bool _breached;
    private bool _answered;

    /// <summary>From now on another queue's hours count.</summary>
    public void Under(CountedHours others, DateTimeOffset now) =>
        (_spent, _runningSince, _hours) = (SpentAt(now), _runningSince is null ? null : now, others);

    public void Pause(ServiceClockPaused paused, DateTimeOffset now)
    {
        if (paused.Running == _runningSince is not null)
            throw Wrong(paused.Running ? "runs on, though it ran" : "is paused twice");
        if (!Near(SpentAt(now), paused.SpentSeconds))
            throw Wrong($"is said to have spent {paused.SpentSeconds:0.000} s when it was {(paused.Running ? "resumed" : "paused")}; it was {SpentAt(now).TotalSeconds:0.000} s");
        (_spent, _runningSince) = (SpentAt(now), paused.Running ? now : null);
    }

    public void Warn(DateTimeOffset now, double warnAt)
    {
        if (_warned || _breached)
            throw Wrong("warns twice, or after its breach");
        if (SpentAt(now).TotalSeconds < (started.TargetSeconds * warnAt) - Tolerance.TotalSeconds)
            throw Wrong($"warns after {SpentAt(now).TotalSeconds:0.000} of {started.TargetSeconds} s");
        _warned = true;
    }

    public void Breach(DateTimeOffset now)
    {
        if (_breached)
            throw Wrong("breaches twice");
        if (SpentAt(now).TotalSeconds < started.TargetSeconds - Tolerance.TotalSeconds)
            throw Wrong($"breaches after {SpentAt(now).TotalSeconds:0.000} of {started.TargetSeconds} s");
        _breached = true;
    }

    public void Stop(ServiceClockStopped stopped, DateTimeOffset now)
    {
        if (!Near(SpentAt(now), stopped.SpentSeconds))
            throw Wrong($"is said to have spent {stopped.SpentSeconds:0.000} s; it was {SpentAt(now).TotalSeconds:0.000} s");
        if (stopped.Met && (_breached || stopped.SpentSeconds > started.TargetSeconds + Tolerance.TotalSeconds))
            throw Wrong("is said to be met");
        if (!stopped.Met && !_breached && stopped.SpentSeconds < started.TargetSeconds - Tolerance.TotalSeconds)
            throw Wrong("is said to be missed");
    }

    /// <summary>A person answered: what is not stopped in the same turn goes on wrongly.</summary>
    public void Answered() => _answered = true;

    /// <summary>The grain's own clock at rest.</summary>
    public void IsAs(ServiceClock kept, DateTimeOffset now, TimeSpan slack)
    {
        if (_answered)
            throw Wrong("goes on after a person has answered");
        if (kept.Target != started.TargetSeconds || kept.Breached != _breached || kept.RunningSince is null != _runningSince is null)
            throw Wrong($"is kept as {kept}");
        if (_runningSince is not null && !_breached && SpentAt(now).TotalSeconds > started.TargetSeconds + slack.TotalSeconds)
            throw Wrong($"has run for {SpentAt(now).TotalSeconds:0} s, and nobody was told of the breach");
    }

    private TimeSpan SpentAt(DateTimeOffset now) => _spent + (_runningSince is { } running ? _hours.Between(running, now) : TimeSpan.Zero);

    private static bool Near(TimeSpan time, double seconds) => Math.Abs(time.TotalSeconds - seconds) <= Tolerance.TotalSeconds;

    private InvariantViolationException Wrong(string what) =>
        new("I6 service-level clocks agree with the journal", $"{started.Kind} of {conversation} {what}.");
}
