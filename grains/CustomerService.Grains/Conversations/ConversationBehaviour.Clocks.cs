using System.Collections.Immutable;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// The service-level clocks of a conversation: which run, which stand still, what happens when one is due.
public sealed partial class ConversationBehaviour
{
    private static readonly ImmutableArray<string> ClockKinds = [ServiceClocks.FirstResponse, ServiceClocks.NextResponse, ServiceClocks.Resolution];

    /// <summary>Since when a promise of this kind is open; null: none is.</summary>
    private static DateTimeOffset? OpenSince(ConversationState state, string kind) => !state.Status.IsWithPeople() ? null : kind switch
    {
        ServiceClocks.FirstResponse => state.Answered ? null : state.WaitingSince,
        ServiceClocks.NextResponse => state.Answered ? state.UnansweredSince : null,
        _ => state.WaitingSince,
    };

    /// <summary>A customer who waits on purpose is owed nothing meanwhile; but nobody puts off the very first answer by putting the customer off.</summary>
    private static bool StandsStill(ConversationState state, string kind, DateTimeOffset now) =>
        IsCallbackLater(state, now)
        || (kind != ServiceClocks.FirstResponse && state.Status is ConversationStatus.OnHold or ConversationStatus.Snoozed);

    private static bool IsCallbackLater(ConversationState state, DateTimeOffset now) => state is { Callback: not null, Stay.NotBefore: { } from } && from > now;

    /// <summary>The clocks as the record wants them now, with an event for each change.</summary>
    private static ConversationState Clocked(ConversationState before, ConversationState state, Consequences then)
    {
        var newTerms = before.Terms?.Version != state.Terms?.Version;
        ImmutableArray<ServiceClock> clocks = [];
        foreach (var kind in ClockKinds)
        {
            var known = state.Clocks.FirstOrDefault(each => each.Kind == kind);
            var clock = newTerms ? known?.Under(state.Terms, before.Terms, then.Now) : known;
            if (Clock(kind, clock, before, state, then) is not { } kept)
                continue;
            if (known is not null && kept == clock && kept.DueAt != known.DueAt)
                then.Record(new ServiceClockMoved(kind, kept.DueAt));
            clocks = clocks.Add(kept);
        }

        return clocks.SequenceEqual(state.Clocks) ? state : state with { Clocks = clocks };
    }

    private static ServiceClock? Clock(string kind, ServiceClock? clock, ConversationState before, ConversationState state, Consequences then)
    {
        if (OpenSince(state, kind) is not { } since)
        {
            if (clock?.Stop(state.Terms, then.Now) is { } end)
                then.Record(new ServiceClockStopped(kind, end.SpentSeconds, end.Met) { Queue = before.Queue, Unanswered = IsUnanswered(kind, before, state) });
            return null;
        }

        if (clock is null)
        {
            // What is promised is known once the queue has told its terms; the time until then counts.
            if (TargetOf(state, kind) is not (> 0 and var target))
                return null;
            clock = ServiceClock.Start(kind, target, state.Terms, since);
            then.Record(new ServiceClockStarted(kind, target, clock.DueAt ?? DateTimeOffset.MaxValue));
        }

        var still = StandsStill(state, kind, then.Now);
        if (still == clock.RunningSince is null)
            return clock;

        clock = still ? clock.Pause(state.Terms, then.Now) : clock.Resume(state.Terms, then.Now);
        then.Record(new ServiceClockPaused(kind, Running: !still, clock.Spent));
        return clock;
    }

    /// <summary>Whether a response was still owed when people were done with it.</summary>
    private static bool IsUnanswered(string kind, ConversationState before, ConversationState state) =>
        kind != ServiceClocks.Resolution && !state.Status.IsWithPeople() && OpenSince(before, kind) is not null;

    private static double TargetOf(ConversationState state, string kind) =>
        state.Terms?.TargetsFor(state.Handoff?.Tier) is not { } targets ? 0 : kind switch
        {
            ServiceClocks.FirstResponse => targets.FirstResponse,
            ServiceClocks.NextResponse => targets.NextResponse,
            _ => targets.Resolution,
        };

    /// <summary>When the clocks are to be looked at next.</summary>
    private static DateTimeOffset? ServiceDueAt(ConversationState state)
    {
        var due = ServiceClock.NextAlarm(state.Clocks);
        return state is { Callback: not null, Stay.NotBefore: { } from } && state.Clocks.Any(clock => clock.RunningSince is null) && !(due < from) ? from : due;
    }

    private static Turn<ConversationState> Review(ConversationState state, Consequences then)
    {
        var clocks = state.Clocks.ToBuilder();
        var breached = new List<string>();
        for (var i = 0; i < clocks.Count; i++)
        {
            var (clock, warned, late) = clocks[i].Review(then.Now);
            clocks[i] = clock;
            if (warned)
                then.Record(new ServiceWarned(clock.Kind, clock.DueAt ?? then.Now));
            if (!late)
                continue;
            then.Record(new ServiceBreached(clock.Kind, clock.DueAt ?? then.Now));
            breached.Add(clock.Kind);
        }

        if (clocks.SequenceEqual(state.Clocks))
            return Done(state);
        state = state with { Clocks = clocks.ToImmutable() };
        return then.Turn(breached.Count > 0 && state.Terms is { EscalateOnBreach: true } ? Breached(state, string.Join(", ", breached), then) : state);
    }

    /// <summary>A tier up. Who has an agent keeps them until the next tier has accepted; what was put away on purpose stays so.</summary>
    private static ConversationState Breached(ConversationState state, string kinds, Consequences then)
    {
        const string by = "service level";
        var reason = $"{kinds} breached";
        if (state.Status == ConversationStatus.Snoozed || state.Transfer is not null)
            return state;
        if (state.Terms?.EscalateTo is not { } tier)
        {
            then.Record(new Escalated(state.Queue ?? "", state.Queue ?? "", by, $"{reason}; there is no tier above"));
            return state;
        }

        if (!state.Status.IsHeld())
            return EscalateTo(tier, state, by, reason, then);

        then.Record(new Escalated(state.Queue ?? "", tier, by, reason));
        var package = Onward(state, tier, $"{reason} (escalated by {by})");
        return BeginWarm(state, package, by, package.NewestReason(), then);
    }
}
