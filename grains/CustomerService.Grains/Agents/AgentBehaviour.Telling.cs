using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Agents;

// The end of every turn that changes something: who hears of it.
public sealed partial class AgentBehaviour
{
    private static Turn<AgentState> Settled(
        AgentState before, AgentState after, string cause, DateTimeOffset now, params ReadOnlySpan<Effect> effects) =>
        Settled(before, after, cause, now, effects, []);

    /// <summary>
    /// Ends a turn: a planned presence begins when the desk is empty, offers that can't stay go back, every queue concerned hears what
    /// is free now before it gets an offer back, the journal hears of the agent's day, and the alarm is set.
    /// </summary>
    /// <param name="rejected">Offers that the agent took off the desk, each with why.</param>
    private static Turn<AgentState> Settled(
        AgentState before, AgentState after, string cause, DateTimeOffset now, ReadOnlySpan<Effect> effects, List<(AgentOffer Offer, string Why)> rejected)
    {
        if (after.Next is { } planned && !after.IsBusy)
        {
            after = Chosen(after, planned.Presence, planned.Activity, byAgent: false, now) with { PresenceBy = ByOther(planned.By, planned.Reason) };
            cause = planned.By ?? Causes.Agent;
        }

        rejected.AddRange(Misplaced(after));
        after = after with { Offers = after.Offers.RemoveAll(offer => rejected.Exists(each => each.Offer == offer)) };

        var all = ImmutableArray.CreateBuilder<Effect>();
        RecordPresence(before, after, cause, all);
        all.AddRange(effects);
        TellQueues(before, after, all);
        foreach (var (offer, why) in rejected)
        {
            all.Add(new Record(new OfferLeft(offer.OfferId, offer.ConversationId, OfferStates.Rejected, why)));
            all.Add(new Tell(Grain.Queue(offer.Queue), new DeclineOffer(offer.OfferId, after.Id, why)));
        }

        if (Readiness.NextReview(after) is { } at && !(after.ReviewAt <= at))
        {
            after = after with { ReviewAt = at };
            all.Add(new Wake(PresenceAlarm, at, new ReviewPresence()));
        }

        return Turn.Of(after, Reply.Done, all.DrainToImmutable());
    }

    /// <summary>Offers that nobody accepted yet and that can't stay: no work comes now, or it does not fit any more. The latest go first.</summary>
    private static IEnumerable<(AgentOffer Offer, string Why)> Misplaced(AgentState state)
    {
        if (!state.Offers.Any(offer => !offer.Claimed))
            yield break;

        var whyNot = Readiness.WhyNot(state);
        var load = Workload.Accepted(state);
        foreach (var offer in state.Offers.Where(offer => !offer.Claimed))
        {
            if (whyNot is null && state.Queues.Contains(offer.Queue) && load.Fits(offer.Queue, offer.Channel, offer.Units))
                load.Add(offer.Queue, offer.Channel, offer.Units);
            else
                yield return (offer, whyNot ?? "no longer fits");
        }
    }

    /// <summary>A chosen presence says whether work comes; where it comes or stays away in spite of it, that is told apart.</summary>
    private static void RecordPresence(AgentState before, AgentState after, string cause, ImmutableArray<Effect>.Builder effects)
    {
        var expected = before.TakesWork;
        if ((before.Presence, before.Activity) != (after.Presence, after.Activity))
        {
            expected = after.Presence == Presences.Available;
            effects.Add(new Record(new PresenceChanged(after.Presence) { Activity = after.Activity, Cause = cause, Reason = after.PresenceBy?.Reason }));
        }

        if (after.TakesWork != expected)
            effects.Add(new Record(new ReadinessChanged(after.TakesWork, cause)));
    }

    private static void TellQueues(AgentState before, AgentState after, ImmutableArray<Effect>.Builder effects)
    {
        var (loadBefore, loadAfter) = (Workload.Of(before), Workload.Of(after));
        foreach (var queue in after.Queues)
        {
            var ready = Ready(after, loadAfter, queue);
            if (!before.Queues.Contains(queue) || !IsSameNews(Ready(before, loadBefore, queue), ready))
                effects.Add(ready);
        }

        foreach (var queue in before.Queues.Except(after.Queues))
            effects.Add(Ready(after, loadAfter, queue));
    }

    private static Tell Ready(AgentState state, Workload load, string queue)
    {
        var free = state.TakesWork && state.Queues.Contains(queue);
        return new Tell(Grain.Queue(queue), new AgentReady(state.Id, free ? load.FreeUnitsFor(queue) : 0, state.Skills, state.IdleSince)
        {
            SeenOffer = state.SeenOffers.GetValueOrDefault(queue),
            Present = free,
            Channels = state.Desk.Channels.IsEmpty ? null : state.Desk.Channels.ToImmutableDictionary(limit => limit.Key, limit => free ? load.RoomFor(limit.Key) : 0),
            Levels = state.Levels.IsEmpty ? null : state.Levels,
            DelaySeconds = state.Desk.QueueDelays.GetValueOrDefault(queue),
            QueueUnits = state.Desk.QueueUnits.GetValueOrDefault(queue),
        });
    }

    private static bool IsSameNews(Tell one, Tell other)
    {
        var (then, now) = ((AgentReady)one.Command, (AgentReady)other.Command);
        return DeskPolicy.Same(then.Channels, now.Channels) && DeskPolicy.Same(then.Levels, now.Levels) && then.Skills.SequenceEqual(now.Skills)
            && then == now with { Channels = then.Channels, Levels = then.Levels, Skills = then.Skills };
    }
}
