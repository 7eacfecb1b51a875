using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Simulation.Chaos.Actors;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>All service-level clocks of a conversation, counted again from its journal.</summary>
internal sealed class CountedClocks(ChaosWorld world, string conversation)
{
    private static readonly CountedHours EveryHour = new(calendar: null, DateTimeOffset.MinValue.AddDays(1));

    private readonly Dictionary<string, CountedClock> _clocks = [];

    /// <summary>When a promise may have begun: when the customer wrote, began to wait, or was moved.</summary>
    private readonly List<DateTimeOffset> _beginnings = [];
    private CountedHours _hours = EveryHour;
    private string? _tier;

    /// <summary>Those that have not stopped.</summary>
    public IReadOnlyDictionary<string, CountedClock> Count()
    {
        var history = world.History.Of(Grain.Conversation(conversation));
        var terms = world.History.Terms.Where(taken => taken.Conversation == Grain.Conversation(conversation)).ToList();
        var next = 0;
        for (var index = 0; index <= history.Count; index++)
        {
            for (; next < terms.Count && terms[next].Events <= index; next++)
                Take(terms[next]);
            if (index < history.Count)
                Count(history[index]);
        }

        return _clocks;
    }

    private void Take(TermsTaken taken)
    {
        _hours = taken.Version is { } version ? world.HoursOf(Cast.QueueOf(version)) : EveryHour;
        foreach (var clock in _clocks.Values)
            clock.Under(_hours, taken.Clock);
    }

    private void Count(Happened happened)
    {
        var now = happened.Clock;
        switch (happened.Event)
        {
            case MessageReceived or StatusChanged:
                _beginnings.Add(now);
                break;
            case QueueEntered entered:
                _beginnings.Add(entered.Since);
                break;
            case HandedOff handed:
                _tier = handed.Package.Tier;
                break;
            case ServiceClockStarted started:
                Start(started, now);
                break;
            case ServiceClockPaused paused:
                _clocks[paused.Kind].Pause(paused, now);
                break;
            case ServiceWarned warned:
                _clocks[warned.Kind].Warn(now, Cast.WarnAt);
                break;
            case ServiceBreached breached:
                _clocks[breached.Kind].Breach(now);
                break;
            case ServiceClockStopped stopped:
                _clocks[stopped.Kind].Stop(stopped, now);
                _clocks.Remove(stopped.Kind);
                break;
            case MessageSent { Author: Author.Agent }:
                _clocks.GetValueOrDefault(ServiceClocks.FirstResponse)?.Answered();
                _clocks.GetValueOrDefault(ServiceClocks.NextResponse)?.Answered();
                break;
        }
    }

    private void Start(ServiceClockStarted started, DateTimeOffset now)
    {
        var targets = Cast.Targets(_tier);
        var target = started.Kind switch
        {
            ServiceClocks.FirstResponse => targets.FirstResponse,
            ServiceClocks.NextResponse => targets.NextResponse,
            _ => targets.Resolution,
        };
        if (started.TargetSeconds != target)
            throw Wrong(started, $"promises {started.TargetSeconds} s; a customer of tier {_tier ?? "none"} is promised {target} s");
        if (_beginnings.FindLastIndex(each => each <= now + CountedClock.Tolerance && IsDue(started, each)) is not (>= 0 and var index))
            throw Wrong(started, $"is due at {started.DueAt:O}, which is {started.TargetSeconds} s of business time after nothing that happened");
        if (!_clocks.TryAdd(started.Kind, new CountedClock(conversation, started, _beginnings[index], _hours)))
            throw Wrong(started, "started twice");
    }

    /// <summary>Then, and no later: what ends with the hours is due as they end, and not at the next opening.</summary>
    private bool IsDue(ServiceClockStarted started, DateTimeOffset since) =>
        Math.Abs(_hours.Between(since, started.DueAt).TotalSeconds - started.TargetSeconds) <= CountedClock.Tolerance.TotalSeconds
        && _hours.Between(started.DueAt.AddSeconds(-1), started.DueAt) > TimeSpan.Zero;

    private InvariantViolationException Wrong(ServiceClockStarted started, string what) =>
        new("I6 service-level clocks agree with the journal", $"{started.Kind} of {conversation} {what}.");
}
