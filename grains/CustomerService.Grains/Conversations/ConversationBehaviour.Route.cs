using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// The way through the queues: the route's targets and their time, queues that do not keep it, the tiers.
public sealed partial class ConversationBehaviour
{
    /// <summary>How much of what was said before goes along when it is given on.</summary>
    private const int MaxReason = 500;

    private static ImmutableArray<RouteTarget> TargetsOf(ConversationState state) => state.Handoff?.Route?.Targets.OrEmpty() ?? [];

    /// <summary>
    /// When its time at the present target is over; null: it stays, or it is on offer now, which comes to its end first. A route counts from
    /// the handoff on, over all its targets; the last has no end.
    /// </summary>
    private static DateTimeOffset? RouteDueAt(ConversationState state)
    {
        var targets = TargetsOf(state);
        return state is { Status: ConversationStatus.Queued, WaitingSince: { } since } && state.RouteStep < targets.Length - 1
            && targets[state.RouteStep].TimeoutSeconds is { } seconds
            ? Consequences.After(since, seconds)
            : null;
    }

    private static Turn<ConversationState> LeaveTarget(ConversationState state, NextTarget next, Consequences then)
    {
        if (state.Stay?.Hop != next.Hop || RouteDueAt(state) is not { } due || due > then.Now)
            return Done(state);

        var reason = $"nobody took it within {TargetsOf(state)[state.RouteStep].TimeoutSeconds:0} s";
        return then.Turn(ToTarget(Leave(state, reason, then), state.RouteStep + 1, $"{reason} in {state.Queue}", then));
    }

    private static ConversationState ToTarget(ConversationState state, int step, string why, Consequences then)
    {
        var target = TargetsOf(state)[step];
        return Join(
            state with { RouteStep = step },
            new QueueStay { Queue = target.Queue, Priority = Priority(target, state.Handoff!), SkipIf = target.SkipIf }, why, then);
    }

    /// <summary>What is asked of the agent: by the handoff, and by the route's present target, whose word on a skill goes before.</summary>
    private static ImmutableArray<SkillNeed> NeedsAt(ConversationState state, string queue)
    {
        if (state.Transfer is { } transfer)
            return transfer.Package.Needs;
        var needs = state.Handoff?.Needs ?? [];
        if (state.RouteStep >= TargetsOf(state).Length || TargetsOf(state)[state.RouteStep] is not { Needs.IsEmpty: false } target || target.Queue != queue)
            return needs;
        return [.. target.Needs, .. needs.Where(need => target.Needs.All(own => own.Skill != need.Skill))];
    }

    private static Turn<ConversationState> PassOn(ConversationState state, PassOn pass, Consequences then)
    {
        if (!IsAt(state, pass.Queue, pass.Hop) || state.Stay is not { } stay)
            return Done(state);
        if (state.Transfer is not null)
            return then.Turn(PassOnWarm(Leave(state, pass.Reason, then), stay, pass, then));
        if (pass.Escalate && (pass.To ?? state.Terms?.EscalateTo) is { } tier)
            return then.Turn(EscalateTo(tier, state, pass.Queue, pass.Reason, then));

        var why = $"{pass.Queue}: {pass.Reason}";
        if (pass.Escalate)
        {
            then.Record(new Escalated(pass.Queue, pass.Queue, pass.Queue, $"{pass.Reason}; there is no tier above"));
            return then.Turn(Stays(Leave(state, pass.Reason, then), stay, why, then));
        }

        state = Leave(state, pass.Reason, then);
        for (var step = state.RouteStep + 1; step < TargetsOf(state).Length; step++)
        {
            if (!state.Visited.Contains(TargetsOf(state)[step].Queue))
                return then.Turn(ToTarget(state, step, why, then));
        }

        // Off the route: where the queue sends it, else where everything goes that has no better place; never a second time to the same.
        foreach (var queue in (string?[])[pass.To, QueueNames.General])
        {
            if (!string.IsNullOrWhiteSpace(queue) && !state.Visited.Contains(queue))
            {
                return then.Turn(Join(
                    state with { RouteStep = TargetsOf(state).Length },
                    new QueueStay { Queue = queue, Priority = stay.Priority, NotBefore = stay.NotBefore }, why, then));
            }
        }

        return then.Turn(Stays(state, stay, $"{why}; there is nowhere else to go", then));
    }

    /// <summary>Back into the line it comes from, which has to keep it.</summary>
    private static ConversationState Stays(ConversationState state, QueueStay stay, string why, Consequences then) =>
        Join(state, new QueueStay { Queue = stay.Queue, Priority = stay.Priority, NotBefore = stay.NotBefore, Keep = true }, why, then);

    /// <summary>A warm transfer goes on where the queue sends it; else it ends, and the conversation stays with its agent.</summary>
    private static ConversationState PassOnWarm(ConversationState state, QueueStay stay, PassOn pass, Consequences then)
    {
        if (string.IsNullOrWhiteSpace(pass.To) || state.Visited.Contains(pass.To))
            return state with { Transfer = null };

        var package = state.Transfer!.Package with { Queue = pass.To };
        return Join(
            state with { Transfer = state.Transfer with { Package = package } },
            new QueueStay { Queue = pass.To, Priority = stay.Priority }, $"{pass.Queue}: {pass.Reason}", then);
    }

    private static Turn<ConversationState> Escalate(ConversationState state, Escalate escalate, Consequences then)
    {
        if (NotWithPeople(state) is { } refusal)
            return refusal;
        return state.Terms?.EscalateTo is { } tier
            ? EscalateOnce(tier, state, escalate, then)
            : Refuse(state, "nowhere_to_escalate", $"There is no tier above queue {state.Queue}; transfer the conversation to the queue that can help.");
    }

    /// <summary>Where it is there already, the terms are still those of the tier below: the same wish, heard twice.</summary>
    private static Turn<ConversationState> EscalateOnce(string tier, ConversationState state, Escalate escalate, Consequences then) =>
        tier == state.Queue ? Done(state) : then.Turn(EscalateTo(tier, state, escalate.By, escalate.Reason, then));

    private static ConversationState EscalateTo(string queue, ConversationState state, string by, string reason, Consequences then)
    {
        then.Record(new Escalated(state.Queue ?? "", queue, by, reason));
        var why = $"{reason} (escalated by {by})";
        return HandOff(LetGo(state, $"escalated: {reason}", then), Onward(state, queue, why), why, then);
    }

    /// <summary>The present handoff as it goes on to another queue: with all its context, and the way it came.</summary>
    private static HandoffPackage Onward(ConversationState state, string queue, string reason)
    {
        var package = state.Handoff ?? new HandoffPackage(queue, 0, "", "", [], []);
        return package with
        {
            Queue = queue,
            Reason = Excerpt.Of(package.Reason.Length > 0 ? $"{reason}{HandoffPackage.Before}{package.Reason}" : reason, MaxReason),
            Route = null,
            PreferredAgent = null,
            PreferredSeconds = 0,
        };
    }
}
