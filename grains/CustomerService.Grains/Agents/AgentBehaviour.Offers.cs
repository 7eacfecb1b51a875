using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Agents;

// Offers: they come, are accepted or rejected, and end by the queue's word.
public sealed partial class AgentBehaviour
{
    private static Turn<AgentState> Receive(AgentState state, ReceiveOffer offer, DateTimeOffset now)
    {
        var number = OfferIds.NumberOf(offer.OfferId);
        if (number <= state.SeenOffers.GetValueOrDefault(offer.Queue))
            return Turn.Unchanged(state, Reply.Done);

        var next = state with { SeenOffers = state.SeenOffers.SetItem(offer.Queue, number) };
        var refusal = Readiness.WhyNot(state)
            ?? (!state.Queues.Contains(offer.Queue) ? "the agent does not serve this queue"
                : !Workload.Of(state).Fits(offer.Queue, offer.Channel, offer.Units) ? "no capacity"
                : null);

        // The queue hears what is free before it hears of the refusal, so that it does not offer the same once more.
        if (refusal is not null)
        {
            return Turn.Of(next, Reply.Done, Ready(next, Workload.Of(next), offer.Queue),
                new Tell(Grain.Queue(offer.Queue), new DeclineOffer(offer.OfferId, state.Id, refusal)));
        }

        var received = new AgentOffer(offer.OfferId, offer.Queue, offer.ConversationId, offer.ExpiresAt, Claimed: false)
        {
            Channel = offer.Channel,
            Units = offer.Units,
            Since = offer.Since,
            Why = offer.Why,
            WrapUp = offer.WrapUp,
            CallbackTo = offer.CallbackTo,
        };
        return Settled(
            state, next with { Offers = next.Offers.Add(received) }, Causes.Work, now, new Record(new OfferReceived(offer.OfferId, offer.ConversationId)));
    }

    private static Turn<AgentState> Accept(AgentState state, string offerId, DateTimeOffset now)
    {
        var offer = Find(state, offerId);
        if (offer is { Claimed: true } || state.Conversations.Any(held => held.OfferId == offerId))
            return Turn.Unchanged(state, Reply.Done);
        if (offer is null)
            return Turn.Unchanged(state, OfferGone(offerId));

        var next = Alive(state, now);
        return Settled(
            state, next with { Offers = next.Offers.Replace(offer, offer with { Claimed = true }) }, Causes.Agent, now,
            new Tell(Grain.Queue(offer.Queue), new ClaimOffer(offerId, state.Id)));
    }

    private static Turn<AgentState> Reject(AgentState state, RejectOffer reject, DateTimeOffset now)
    {
        var offer = Find(state, reject.OfferId);
        if (offer is null)
            return Turn.Unchanged(state, OfferGone(reject.OfferId));
        if (offer.Claimed)
            return Turn.Unchanged(state, Reply.Refuse("offer_accepted", $"Offer {reject.OfferId} is accepted already; transfer the conversation instead."));

        var next = Alive(state, now);
        return Settled(
            state, next with { Offers = next.Offers.Remove(offer) }, Causes.Agent, now, [], [(offer, reject.Reason)]);
    }

    private static Turn<AgentState> Confirm(AgentState state, string offerId, DateTimeOffset now)
    {
        // Gone means that the conversation was released before the queue's word came, or that the word is repeated.
        if (Find(state, offerId) is not { } offer)
            return Turn.Unchanged(state, Reply.Done);

        var next = state with
        {
            Offers = state.Offers.Remove(offer),
            Conversations = state.Conversations.Add(HeldBy(offer, now)),
            TakenAway = null,
            IdleSince = now,
        };
        return Settled(state, next, Causes.Work, now, Started(offer));
    }

    private static Turn<AgentState> Rescind(AgentState state, RescindOffer rescind, DateTimeOffset now)
    {
        if (Find(state, rescind.OfferId) is not { } offer)
            return Turn.Unchanged(state, Reply.Done);

        var missed = rescind.Outcome == OfferStates.TimedOut && !offer.Claimed;
        var next = state with { Offers = state.Offers.Remove(offer), MissedOffers = state.MissedOffers + (missed ? 1 : 0) };
        return Settled(
            state, next, missed ? Causes.MissedOffers : Causes.Work, now,
            new Record(new OfferLeft(offer.OfferId, offer.ConversationId, rescind.Outcome ?? OfferStates.Rescinded, rescind.Reason)));
    }

    private static HeldConversation HeldBy(AgentOffer offer, DateTimeOffset now) => new(offer.ConversationId, offer.OfferId)
    {
        Queue = offer.Queue,
        Channel = offer.Channel,
        Units = offer.Units,
        Since = now,
        WrapUp = offer.WrapUp,
        CallbackTo = offer.CallbackTo,
    };

    private static Record Started(AgentOffer offer) =>
        new(new WorkStarted(offer.ConversationId, offer.OfferId, offer.Channel, Math.Max(1, offer.Units)));

    private static AgentOffer? Find(AgentState state, string offerId) => state.Offers.FirstOrDefault(offer => offer.OfferId == offerId);

    private static Reply OfferGone(string offerId) =>
        Reply.Refuse("offer_gone", $"Offer {offerId} is not on this agent's desk any more: it timed out, was taken back, or is done.");
}
