using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;

namespace CustomerService.Cluster.Tests.Checking;

/// <summary>A conversation has one agent at a time, by an offer that was made once and accepted once.</summary>
internal static class AssignmentRules
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var offers = evidence.Journal.Where(entry => entry.Event is OfferMade).ToLookup(entry => ((OfferMade)entry.Event).OfferId);
        foreach (var twice in offers.Where(same => same.Count() > 1))
            yield return $"offered twice under one number: {twice.Key}";
        var ends = evidence.Journal.Select(entry => entry.Event).OfType<OfferEnded>().ToLookup(end => end.OfferId);
        foreach (var twice in ends.Where(same => same.Count() > 1))
            yield return $"ended twice: offer {twice.Key} as {string.Join(" and ", twice.Select(end => end.Outcome))}";

        var assignments = evidence.Journal.Where(entry => entry.Event is AgentAssigned).ToLookup(entry => ((AgentAssigned)entry.Event).OfferId);
        foreach (var offer in assignments)
        {
            if (offer.Count() > 1)
                yield return $"assigned twice by one offer: {offer.Key}";
            if (!ends[offer.Key].Any(end => end.Outcome == OfferStates.Accepted))
                yield return $"assigned by an offer that was not accepted: {offer.Key}";
        }

        foreach (var conversation in evidence.OfGrain.Where(grain => grain.Key.Kind == GrainKinds.Conversation))
        {
            string? holder = null;
            foreach (var entry in conversation)
            {
                if (entry.Event is AgentAssigned assigned)
                {
                    if (holder is not null)
                        yield return $"two agents at once: {conversation.Key} goes to {assigned.AgentId} while {holder} has it";
                    holder = assigned.AgentId;
                }
                else if (entry.Event is StatusChanged { To: not (ConversationStatus.Assigned or ConversationStatus.OnHold or ConversationStatus.WrapUp) })
                {
                    holder = null;
                }
            }
        }
    }

    /// <summary>Who has each conversation at the end, and by which offer.</summary>
    public static Dictionary<string, AgentAssigned> Holders(Evidence evidence)
    {
        var holders = new Dictionary<string, AgentAssigned>();
        foreach (var conversation in evidence.OfGrain.Where(grain => grain.Key.Kind == GrainKinds.Conversation))
        {
            foreach (var entry in conversation)
            {
                if (entry.Event is AgentAssigned assigned)
                    holders[conversation.Key.Key] = assigned;
                else if (entry.Event is StatusChanged { To: not (ConversationStatus.Assigned or ConversationStatus.OnHold) })
                    holders.Remove(conversation.Key.Key);
            }
        }

        return holders;
    }
}
