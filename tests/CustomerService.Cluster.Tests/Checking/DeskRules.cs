using CustomerService.Grains;
using CustomerService.Grains.Agents;

namespace CustomerService.Cluster.Tests.Checking;

/// <summary>No desk ever holds more than its agent's capacity, and at rest desks and conversations agree about who has what.</summary>
internal static class DeskRules
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var onDesks = new List<(string Agent, string Conversation, string Offer)>();
        foreach (var agent in evidence.OfGrain.Where(grain => grain.Key.Kind == GrainKinds.Agent))
        {
            var (capacity, offered, held) = (0, new Dictionary<string, string>(), new Dictionary<string, (string Conversation, int Units)>());
            foreach (var entry in agent)
            {
                switch (entry.Event)
                {
                    case AgentConfigured configured:
                        capacity = configured.Capacity;
                        break;
                    case OfferReceived offer:
                        offered[offer.OfferId] = offer.ConversationId;
                        break;
                    case OfferLeft offer:
                        offered.Remove(offer.OfferId);
                        break;
                    case WorkStarted work:
                        offered.Remove(work.OfferId);
                        held[work.OfferId] = (work.ConversationId, Math.Max(1, work.Units));
                        break;
                    case WorkEnded work:
                        held.Remove(work.OfferId);
                        break;
                    default:
                        continue;
                }

                var load = offered.Count + held.Values.Sum(work => work.Units);
                if (load > capacity && entry.Event is OfferReceived or WorkStarted)
                    yield return $"more on a desk than fits: {agent.Key} has {load} of {capacity} at #{entry.Sequence}";
            }

            onDesks.AddRange(held.Select(work => (agent.Key.Key, work.Value.Conversation, work.Key)));
        }

        var holders = AssignmentRules.Holders(evidence);
        foreach (var (conversation, assigned) in holders)
        {
            if (!onDesks.Contains((assigned.AgentId, conversation, assigned.OfferId)))
                yield return $"held by nobody: {conversation} is with {assigned.AgentId}, whose desk does not have it";
        }

        foreach (var (agent, conversation, offer) in onDesks)
        {
            if (holders.GetValueOrDefault(conversation) is not { } assigned || assigned.AgentId != agent || assigned.OfferId != offer)
                yield return $"left on a desk: {agent} has {conversation} by {offer}, and the conversation is elsewhere";
        }
    }
}
