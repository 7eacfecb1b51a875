using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues.Matching;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

// Offers: made, claimed, rejected, timed out. An offer is a lease by the clock; the queue has the last word on a claim.
public sealed partial class QueueBehaviour
{
    /// <summary>So many offers at most are made in one turn; a turn that has more to make goes on in the next.</summary>
    internal const int MaxOffersPerTurn = 500;

    private static void Note(QueueTurn turn, AgentReady ready)
    {
        var (told, known) = (FloorAgent.Of(ready), turn.Floor.FindAgent(ready.AgentId));
        if (known is null ? told.IsThere : !SameAs(known, told))
            turn.Put(told);
        Relax(turn);
        Fill(turn, ready.AgentId);

        // What was held for this agent is open to everybody once the agent is gone or no longer fits.
        if (known is not null && turn.State.Unoffered > 0 && !(told.IsThere && SameSkills(known, told)))
            FillAll(turn);
    }

    private static bool SameSkills(FloorAgent known, FloorAgent told) =>
        known.Skills.OrEmpty().SequenceEqual(told.Skills) && Same(known.Levels, told.Levels);

    private static bool SameAs(FloorAgent known, FloorAgent told) =>
        SameSkills(known, told)
        && Same(known.Channels, told.Channels)
        && known == told with { Skills = known.Skills, Channels = known.Channels, Levels = known.Levels };

    private static bool Same(ImmutableDictionary<string, int>? one, ImmutableDictionary<string, int>? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);

    /// <summary>Offers this agent, who may be free, whoever waits longest of those that fit, as long as there is room.</summary>
    private static void Fill(QueueTurn turn, string agentId)
    {
        while (turn.CanOffer && turn.Floor.BestFor(agentId, turn.Now) is { } conversationId)
            Offer(turn, turn.Floor.Find(conversationId)!, agentId);
    }

    /// <summary>Offers this conversation to those who fit, as many at once as the policy says.</summary>
    private static void OfferOut(QueueTurn turn, string conversationId)
    {
        // The alarm is late, of an opening say: those who wait for what it brings go first.
        if (turn.State.ReviewAt <= turn.Now)
            FillAll(turn);
        while (turn.CanOffer
            && turn.Floor.Find(conversationId) is { } waiting && waiting.Pending.Length < turn.Policy.OfferTo
            && turn.Floor.BestAgent(conversationId, turn.Now) is { } agentId)
        {
            Offer(turn, waiting, agentId);
        }
    }

    /// <summary>Offers everybody who waits to everybody who is free, first in line first.</summary>
    private static void FillAll(QueueTurn turn)
    {
        for (var made = 0; turn.CanOffer && turn.Floor.Next(turn.Now) is { } next; made++)
        {
            if (made == MaxOffersPerTurn)
            {
                turn.GoesOn = true;
                return;
            }

            Offer(turn, turn.Floor.Find(next.ConversationId)!, next.AgentId);
        }
    }

    private static void Offer(QueueTurn turn, WaitingConversation waiting, string agentId)
    {
        var (state, policy) = (turn.State, turn.Policy);
        var offer = new OpenOffer(OfferIds.Of(state.Name, state.LastOffer + 1), agentId, turn.Now.AddSeconds(policy.OfferSeconds));
        var match = turn.Floor.Explain(waiting.ConversationId, agentId, turn.Now);
        turn.Record(new OfferMade(offer.OfferId, waiting.ConversationId, agentId, match.Why));
        turn.TellAgent(agentId, new ReceiveOffer(offer.OfferId, state.Name, waiting.ConversationId, offer.ExpiresAt)
        {
            Channel = waiting.Channel,
            Units = policy.UnitsOf(waiting.Channel),
            Since = waiting.Since,
            Why = match.Why,
            WrapUp = policy.WrapUp,
            CallbackTo = waiting.CallbackTo,
        });
        turn.TellConversation(waiting.ConversationId, new NoteOffer(offer.OfferId, agentId, match) { Hop = waiting.Hop });
        turn.State = state with { LastOffer = state.LastOffer + 1 };
        turn.Put(waiting with { Pending = waiting.Pending.Add(offer) });
    }

    private static void Claim(QueueTurn turn, ClaimOffer claim)
    {
        if (Find(turn, claim.OfferId, claim.AgentId) is not var (waiting, offer))
        {
            // An agent who holds the conversation by this very offer ignores it: a repeated claim changes nothing.
            turn.TellAgent(claim.AgentId, new RescindOffer(claim.OfferId, "too late") { Outcome = OfferStates.Rescinded });
            return;
        }

        // The clock decides and not the alarm, which may be late: the outcome is the same however busy the machine is.
        if (offer.ExpiresAt <= turn.Now)
        {
            Expire(turn, claim.OfferId);
            return;
        }

        foreach (var other in waiting.Pending.Remove(offer))
            EndOffer(turn, waiting, other, OfferStates.Rescinded, "another agent took it");
        turn.Record(new OfferEnded(offer.OfferId, waiting.ConversationId, offer.AgentId, OfferStates.Accepted, Reason: null)
        {
            WaitedSeconds = Math.Max(0, (turn.Now - (waiting.JoinedAt ?? waiting.Since)).TotalSeconds),
        });
        turn.TellConversation(waiting.ConversationId, new AssignAgent(offer.AgentId, offer.OfferId));
        turn.TellAgent(offer.AgentId, new ConfirmOffer(offer.OfferId));
        NoteTaken(turn, waiting);
        turn.Remove(waiting.ConversationId);
        FillFreed(turn, waiting.Pending);
    }

    private static void Decline(QueueTurn turn, DeclineOffer decline)
    {
        if (Find(turn, decline.OfferId, decline.AgentId) is not var (waiting, offer))
            return;
        LetGo(turn, waiting, offer, OfferStates.Rejected, decline.Reason);
        Rematch(turn, waiting.ConversationId, [offer]);
    }

    private static void Expire(QueueTurn turn, string offerId)
    {
        if (Find(turn, offerId, agentId: null) is not var (waiting, offer))
            return;
        TimeOut(turn, waiting, offer);
        Rematch(turn, waiting.ConversationId, [offer]);
    }

    /// <summary>All leases that ran out end before anybody is offered anew, so that among those that were let go the first in line is first again.</summary>
    private static void ExpireAll(QueueTurn turn)
    {
        while (!turn.State.Leases.IsEmpty && turn.State.Leases[0] is var lease && lease.ExpiresAt <= turn.Now
            && Find(turn, lease.OfferId, agentId: null) is var (waiting, offer))
        {
            TimeOut(turn, waiting, offer);
        }
    }

    private static void TimeOut(QueueTurn turn, WaitingConversation waiting, OpenOffer offer) =>
        LetGo(turn, waiting, offer, OfferStates.TimedOut, "no answer in time");

    /// <summary>The agent did not take it: the conversation keeps its place, and remembers who let it go.</summary>
    private static void LetGo(QueueTurn turn, WaitingConversation waiting, OpenOffer offer, string outcome, string reason)
    {
        EndOffer(turn, waiting, offer, outcome, reason);
        waiting = waiting with { Pending = waiting.Pending.Remove(offer), Offers = waiting.Offers + 1, LetGoBy = offer.AgentId };
        turn.Put(waiting);

        var policy = turn.Policy;
        if (policy is { MaxOffers: > 0, EscalateTo: { } above } && waiting is { Keep: false, Pending.IsEmpty: true } && waiting.Offers >= policy.MaxOffers)
        {
            turn.Remove(waiting.ConversationId);
            PassOn(turn, waiting.ConversationId, waiting.Hop, $"offered {waiting.Offers} times and taken by nobody", above, escalate: true);
        }
        else if (turn.IsClosed && waiting is { ToldClosed: false, Pending.IsEmpty: true })
        {
            // Offered before the closing, and now it waits until the opening like everybody else.
            TellClosed(turn, waiting);
        }
    }

    private static void EndOffer(QueueTurn turn, WaitingConversation waiting, OpenOffer offer, string outcome, string reason)
    {
        turn.Record(new OfferEnded(offer.OfferId, waiting.ConversationId, offer.AgentId, outcome, reason));

        // Who rejected it has taken it from their desk already. A conversation that left the line knows that its offers are void, but one whose
        // withdrawal was only repeated stands there again and has to hear it.
        if (outcome != OfferStates.Rejected)
            turn.TellAgent(offer.AgentId, new RescindOffer(offer.OfferId, reason) { Outcome = outcome });
        turn.TellConversation(waiting.ConversationId, new NoteOfferEnd(offer.OfferId, offer.AgentId, outcome, reason));
    }

    private static void Rematch(QueueTurn turn, string conversationId, ImmutableArray<OpenOffer> ended)
    {
        // The freed agent first: offering the same conversation to the same agent again is only for when nobody else waits for them.
        Relax(turn);
        FillFreed(turn, ended);
        OfferOut(turn, conversationId);
    }

    /// <summary>Agents whose offers ended may have room for somebody else.</summary>
    private static void FillFreed(QueueTurn turn, ImmutableArray<OpenOffer> ended)
    {
        foreach (var offer in ended)
            Fill(turn, offer.AgentId);
    }

    private static (WaitingConversation Waiting, OpenOffer Offer)? Find(QueueTurn turn, string offerId, string? agentId) =>
        turn.Floor.FindOffer(offerId) is { } waiting
        && waiting.Pending.First(each => each.OfferId == offerId) is var offer && (agentId is null || offer.AgentId == agentId)
            ? (waiting, offer)
            : null;
}
