using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Agents;

// The desk: offers come, are accepted or declined; conversations are held and released; queues are told what still fits.
public sealed partial class AgentBehaviour
{
    private static Turn<AgentState> Receive(AgentState state, ReceiveOffer offer)
    {
        var number = OfferIds.NumberOf(offer.OfferId);
        if (number <= state.SeenOffers.GetValueOrDefault(offer.Queue))
            return Turn.Unchanged(state, Reply.Done);

        var next = state with { SeenOffers = state.SeenOffers.SetItem(offer.Queue, number) };
        var refusal = state.Presence != Presences.Available ? $"the agent is {state.Presence}"
            : !state.Queues.Contains(offer.Queue) ? "the agent does not serve this queue"
            : state.FreeUnits == 0 ? "no capacity"
            : null;

        // The queue hears what is free before it hears of the refusal, so that it does not offer the same once more.
        if (refusal is not null)
        {
            return Turn.Of(next, Reply.Done, Ready(next, offer.Queue),
                new Tell(Grain.Queue(offer.Queue), new DeclineOffer(offer.OfferId, state.Id, refusal)));
        }

        var received = new AgentOffer(offer.OfferId, offer.Queue, offer.ConversationId, offer.ExpiresAt, Claimed: false);
        return Changed(state, next with { Offers = next.Offers.Add(received) });
    }

    private static Turn<AgentState> Accept(AgentState state, string offerId)
    {
        var offer = Find(state, offerId);
        if (offer is { Claimed: true } || state.Conversations.Any(held => held.OfferId == offerId))
            return Turn.Unchanged(state, Reply.Done);
        if (offer is null)
            return Turn.Unchanged(state, OfferGone(offerId));

        return Turn.Of(
            state with { Offers = state.Offers.Replace(offer, offer with { Claimed = true }) }, Reply.Done,
            new Tell(Grain.Queue(offer.Queue), new ClaimOffer(offerId, state.Id)));
    }

    private static Turn<AgentState> Reject(AgentState state, RejectOffer reject)
    {
        var offer = Find(state, reject.OfferId);
        if (offer is null)
            return Turn.Unchanged(state, OfferGone(reject.OfferId));
        return offer.Claimed
            ? Turn.Unchanged(state, Reply.Refuse("offer_accepted", $"Offer {reject.OfferId} is accepted already; transfer the conversation instead."))
            : Changed(state, state, reject.Reason, [offer]);
    }

    private static Turn<AgentState> Confirm(AgentState state, string offerId, DateTimeOffset now)
    {
        // Gone means that the conversation was released before the queue's word came, or that the word is repeated.
        if (Find(state, offerId) is not { } offer)
            return Turn.Unchanged(state, Reply.Done);

        return Changed(state, state with
        {
            Offers = state.Offers.Remove(offer),
            Conversations = state.Conversations.Add(new HeldConversation(offer.ConversationId, offerId)),
            IdleSince = now,
        });
    }

    private static Turn<AgentState> Rescind(AgentState state, string offerId) => Find(state, offerId) is { } offer
        ? Changed(state, state with { Offers = state.Offers.Remove(offer) })
        : Turn.Unchanged(state, Reply.Done);

    private static Turn<AgentState> Release(AgentState state, ReleaseWork release, DateTimeOffset now)
    {
        bool Ends(string conversationId, string offerId) =>
            conversationId == release.ConversationId && (release.OfferId is null || release.OfferId == offerId);

        // The release may overtake the queue's confirmation; then it is the claimed offer that ends.
        var next = state with
        {
            Conversations = state.Conversations.RemoveAll(held => Ends(held.ConversationId, held.OfferId)),
            Offers = state.Offers.RemoveAll(offer => offer.Claimed && Ends(offer.ConversationId, offer.OfferId)),
            IdleSince = now,
        };
        return next.Conversations.Length == state.Conversations.Length && next.Offers.Length == state.Offers.Length
            ? Turn.Unchanged(state, Reply.Done)
            : Changed(state, next);
    }

    private static Turn<AgentState> Changed(AgentState before, AgentState after) => Changed(before, after, "", []);

    /// <summary>Ends a turn: the given offers go back to their queues, and every queue concerned hears what is free now, first of all.</summary>
    private static Turn<AgentState> Changed(
        AgentState before, AgentState after, string reason, HashSet<AgentOffer> returned, params ReadOnlySpan<Effect> others)
    {
        after = after with { Offers = after.Offers.RemoveAll(returned.Contains) };
        var effects = ImmutableArray.CreateBuilder<Effect>();
        effects.AddRange(others);
        foreach (var queue in after.Queues)
        {
            if (Differs(before, after, queue))
                effects.Add(Ready(after, queue));
        }

        foreach (var queue in before.Queues.Except(after.Queues))
            effects.Add(new Tell(Grain.Queue(queue), new AgentReady(after.Id, 0, after.Skills, after.IdleSince)));
        foreach (var offer in before.Offers.Where(returned.Contains))
            effects.Add(new Tell(Grain.Queue(offer.Queue), new DeclineOffer(offer.OfferId, after.Id, reason)));
        return Turn.Of(after, Reply.Done, effects.DrainToImmutable());
    }

    private static bool Differs(AgentState before, AgentState after, string queue) =>
        before.FreeUnits != after.FreeUnits
        || !before.Queues.Contains(queue)
        || !before.Skills.SequenceEqual(after.Skills)
        || before.IdleSince != after.IdleSince
        || before.SeenOffers.GetValueOrDefault(queue) != after.SeenOffers.GetValueOrDefault(queue);

    private static Tell Ready(AgentState state, string queue)
    {
        var free = state.Queues.Contains(queue) ? state.FreeUnits : 0;
        return new Tell(Grain.Queue(queue), new AgentReady(state.Id, free, state.Skills, state.IdleSince)
        {
            SeenOffer = state.SeenOffers.GetValueOrDefault(queue),
        });
    }

    private static AgentOffer? Find(AgentState state, string offerId) => state.Offers.FirstOrDefault(offer => offer.OfferId == offerId);

    private static Reply OfferGone(string offerId) =>
        Reply.Refuse("offer_gone", $"Offer {offerId} is not on this agent's desk any more: it timed out, was taken back, or is done.");
}
