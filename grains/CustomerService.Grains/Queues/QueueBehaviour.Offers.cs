using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

// Offers: made, claimed, declined, timed out. An offer is a lease; the queue has the last word on a claim.
public sealed partial class QueueBehaviour
{
    /// <summary>How long an agent has to answer an offer.</summary>
    public static TimeSpan OfferLease { get; } = TimeSpan.FromSeconds(30);

    private static string AlarmOf(string offerId) => $"offer:{offerId}";

    /// <summary>Free units by agent: as told, without this queue's offers that the agent had not seen when they told it.</summary>
    private static Dictionary<string, int> FreeUnits(QueueState state)
    {
        var free = new Dictionary<string, int>(state.Agents.Count);
        foreach (var (id, agent) in state.Agents)
            free[id] = agent.FreeUnits;
        foreach (var (offerId, offer) in state.Offers)
        {
            if (state.Agents.TryGetValue(offer.AgentId, out var agent) && OfferIds.NumberOf(offerId) > agent.SeenOffer)
                free[offer.AgentId]--;
        }

        return free;
    }

    /// <summary>Offers whoever waits to whoever is ready, until one of them runs out, and ends the turn.</summary>
    private static Turn<QueueState> Matched(QueueState state, ImmutableArray<Effect>.Builder effects, DateTimeOffset now)
    {
        if (!state.Agents.IsEmpty && state.Line.NextUnoffered is not null)
        {
            var free = FreeUnits(state);
            while (state.Line.NextUnoffered is { } waiting && AgentChoice.For(waiting, state.Agents, free) is { } choice)
            {
                free[choice.AgentId]--;
                state = Offer(state, waiting, choice, effects, now);
            }
        }

        return Turn.Of(state, Reply.Done, effects.DrainToImmutable());
    }

    private static QueueState Offer(
        QueueState state, WaitingConversation waiting, AgentChoice choice, ImmutableArray<Effect>.Builder effects, DateTimeOffset now)
    {
        var number = state.LastOffer + 1;
        var offerId = OfferIds.Of(state.Name, number);
        var offer = new PendingOffer(waiting.ConversationId, choice.AgentId, now + OfferLease);
        effects.Add(new Record(new OfferMade(offerId, offer.ConversationId, offer.AgentId, choice.Why)));
        effects.Add(new Tell(Grain.Agent(offer.AgentId), new ReceiveOffer(offerId, state.Name, offer.ConversationId, offer.ExpiresAt)));
        effects.Add(new Wake(AlarmOf(offerId), offer.ExpiresAt, new ExpireOffer(offerId)));
        return state with
        {
            LastOffer = number,
            Offers = state.Offers.Add(offerId, offer),
            Line = state.Line.Offer(waiting.ConversationId, offerId),
        };
    }

    private static Turn<QueueState> Claim(QueueState state, ClaimOffer claim, DateTimeOffset now)
    {
        if (!state.Offers.TryGetValue(claim.OfferId, out var offer) || offer.AgentId != claim.AgentId)
        {
            // An agent who holds the conversation by this very offer ignores it: a repeated claim changes nothing.
            return Turn.Of(state, Reply.Done, new Tell(Grain.Agent(claim.AgentId), new RescindOffer(claim.OfferId, "too late")));
        }

        var effects = ImmutableArray.CreateBuilder<Effect>();
        effects.Add(new Record(new OfferEnded(claim.OfferId, offer.ConversationId, offer.AgentId, "accepted", Reason: null)));
        effects.Add(new RemoveEntry(offer.ConversationId));
        effects.Add(new CancelWake(AlarmOf(claim.OfferId)));
        effects.Add(new Tell(Grain.Conversation(offer.ConversationId), new AssignAgent(offer.AgentId, claim.OfferId)));
        effects.Add(new Tell(Grain.Agent(offer.AgentId), new ConfirmOffer(claim.OfferId)));

        var waits = state.Line.Find(offer.ConversationId) is { } waiting
            ? WaitEstimate.With(state.EndedWaits, new EndedWait(Math.Max(0, (now - waiting.Since).TotalSeconds), waiting.JoinedAtPlace))
            : state.EndedWaits;
        return Matched(
            state with { Offers = state.Offers.Remove(claim.OfferId), Line = state.Line.Remove(offer.ConversationId), EndedWaits = waits },
            effects, now);
    }

    private static Turn<QueueState> Decline(QueueState state, DeclineOffer decline, DateTimeOffset now)
    {
        if (!state.Offers.TryGetValue(decline.OfferId, out var offer) || offer.AgentId != decline.AgentId)
            return Turn.Unchanged(state, Reply.Done);

        var effects = ImmutableArray.CreateBuilder<Effect>();
        effects.Add(new CancelWake(AlarmOf(decline.OfferId)));
        return Matched(LetGo(state, decline.OfferId, "declined", decline.Reason, effects), effects, now);
    }

    private static Turn<QueueState> Expire(QueueState state, string offerId, DateTimeOffset now)
    {
        if (!state.Offers.ContainsKey(offerId))
            return Turn.Unchanged(state, Reply.Done);

        var effects = ImmutableArray.CreateBuilder<Effect>();
        return Matched(LetGo(state, offerId, "timed_out", "no answer in time", effects), effects, now);
    }

    /// <summary>The agent did not take it: the conversation keeps its place, and remembers who let it go.</summary>
    private static QueueState LetGo(
        QueueState state, string offerId, string outcome, string reason, ImmutableArray<Effect>.Builder effects)
    {
        var offer = state.Offers[offerId];
        state = EndOffer(state, offerId, outcome, reason, effects);
        if (state.Line.Find(offer.ConversationId) is not { } waiting)
            return state;

        waiting = waiting with { Offers = waiting.Offers + 1, LetGoBy = offer.AgentId };
        effects.Add(Entry(waiting));
        return state with { Line = state.Line.Put(waiting) };
    }

    private static QueueState EndOffer(
        QueueState state, string offerId, string outcome, string reason, ImmutableArray<Effect>.Builder effects)
    {
        var offer = state.Offers[offerId];
        effects.Add(new Record(new OfferEnded(offerId, offer.ConversationId, offer.AgentId, outcome, reason)));

        // Who declined has taken it from their desk already.
        if (outcome != "declined")
            effects.Add(new Tell(Grain.Agent(offer.AgentId), new RescindOffer(offerId, reason)));
        return state with { Offers = state.Offers.Remove(offerId), Line = state.Line.EndOffer(offer.ConversationId) };
    }
}
