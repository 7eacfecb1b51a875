using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Simulation.Centre;

/// <summary>Reads the journal as it is written: what people at their desks see, and what the report counts.</summary>
internal sealed class CentreEvents(Dictionary<string, ContactOutcome> outcomes, Dictionary<string, SimulatedAgent> agents)
{
    public void Read(JournalEntry entry)
    {
        switch (entry.Event)
        {
            case OfferMade offer:
                outcomes[offer.ConversationId].Offers++;
                agents[offer.AgentId].Offered(offer.OfferId);
                break;
            case OfferEnded { Outcome: OfferStates.TimedOut or OfferStates.Rejected or "declined" } offer:
                outcomes[offer.ConversationId].OffersNotTaken++;
                break;
            case WrapUpStarted wrapUp:
                agents[entry.Grain.Key].WrapUpBegan(wrapUp.ConversationId, wrapUp.OfferId);
                break;
            case WorkEnded ended:
                agents[entry.Grain.Key].WorkEnded(ended.OfferId);
                if (ended.Outcome == "returned")
                    outcomes[ended.ConversationId].Returns++;
                break;
            case PresenceChanged presence:
                agents[entry.Grain.Key].PresenceIs(presence.Presence, presence.Activity);
                break;
            default:
                if (outcomes.TryGetValue(entry.Grain.Key, out var outcome))
                    Read(outcome, entry.At, entry.Event);
                break;
        }
    }

    private void Read(ContactOutcome outcome, DateTimeOffset at, JournalEvent happened)
    {
        switch (happened)
        {
            case HandedOff:
                outcome.WaitingSince ??= at;
                break;
            case QueueEntered entered:
                outcome.Visits.Add(new QueueVisit(entered.Queue, at));
                break;
            case AgentAssigned assigned:
                if (outcome.AnsweredAt is null)
                    (outcome.AnsweredAt, outcome.AnsweredBy, outcome.AnsweredIn) = (at, assigned.AgentId, outcome.Queue);
                agents[assigned.AgentId].Assigned(outcome, assigned.OfferId);
                break;
            case CallbackRequested:
                outcome.CallbackAskedAt = at;
                break;
            case Escalated:
                outcome.Escalations++;
                break;
            case ServiceClockStopped { Kind: ServiceClocks.FirstResponse } stopped:
                outcome.FirstResponseMet ??= stopped.Met;
                break;
            case ServiceBreached:
                outcome.Breaches++;
                break;
            case ConversationResolved resolved:
                outcome.ResolvedAt = at;
                if (outcome.AnsweredAt is null && resolved.By == SimulatedCustomer.Name)
                    outcome.GaveUpAt = at;
                break;
        }
    }
}
