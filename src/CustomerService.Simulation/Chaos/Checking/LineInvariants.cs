using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Simulation.Chaos.Actors;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>The line's order: nobody is overtaken beyond what the policy says, and a place in time is kept until the matter is another.</summary>
internal static class LineInvariants
{
    /// <summary>At each commit of a queue that offers: nobody whom the same agent could take just as well comes first in the line and is not on offer.</summary>
    public static void NobodyIsOvertaken(ChaosWorld world, QueueView after, OfferMade offer)
    {
        if (after.Head.FirstOrDefault(waiting => waiting.ConversationId == offer.ConversationId) is not { } taken)
            return;
        var pointSeconds = after.Policy?.PriorityPointSeconds ?? 0;
        foreach (var waiting in after.Head)
        {
            var isAsked = !waiting.Needs.IsEmpty || waiting.Skills is { IsDefaultOrEmpty: false } || waiting.PreferredAgent is not null || waiting.NotBefore is not null;
            if (isAsked || !waiting.Pending.IsEmpty || waiting.LetGoBy == offer.AgentId || waiting.Channel != taken.Channel || !ComesBefore(waiting, taken, pointSeconds))
                continue;
            throw new InvariantViolationException("nobody is overtaken beyond the policy's order",
                $"{offer.OfferId} in {after.Name} went to {taken.ConversationId} (priority {taken.Priority}, since {taken.Since:T}), and {waiting.ConversationId} (priority {waiting.Priority}, since {waiting.Since:T}) waits on: {Explained(world, after.Name, waiting)}.");
        }
    }

    /// <summary>Over all queues of one matter a conversation keeps since when it waits.</summary>
    public static void PlacesAreKept(ChaosWorld world)
    {
        foreach (var id in Cast.Conversations)
        {
            DateTimeOffset? since = null;
            foreach (var happened in world.History.Of(Grain.Conversation(id)))
            {
                switch (happened.Event)
                {
                    // The matter ends, or is put away: who comes back after that waits anew.
                    case ConversationResolved or StatusChanged { To: ConversationStatus.Snoozed or ConversationStatus.Assistant or ConversationStatus.Resolved or ConversationStatus.Closed }:
                        since = null;
                        break;
                    case QueueEntered entered when since is { } kept && entered.Since != kept:
                        throw new InvariantViolationException("a waiting conversation keeps its place in time", $"{id} waited since {kept:O}, and entered {entered.Queue} with {entered.Since:O}.");
                    case QueueEntered entered:
                        since = entered.Since;
                        break;
                }
            }
        }
    }

    private static string Explained(ChaosWorld world, string queue, WaitingConversation waiting) =>
        world.View<MatchView>(Grain.Queue(queue), new ExplainMatch(waiting.ConversationId)) is { } match
            ? $"{match.Why}; {string.Join("; ", match.Considered.Select(agent => $"{agent.AgentId} {agent.Verdict}: {agent.Why}"))}"
            : "nobody knows why";

    private static bool ComesBefore(WaitingConversation one, WaitingConversation other, double pointSeconds)
    {
        if (pointSeconds > 0)
            return one.Since.AddSeconds(-one.Priority * pointSeconds) < other.Since.AddSeconds(-other.Priority * pointSeconds);
        return one.Priority != other.Priority ? one.Priority > other.Priority : one.Since < other.Since;
    }
}
