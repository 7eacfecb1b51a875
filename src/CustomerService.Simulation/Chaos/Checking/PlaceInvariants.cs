using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Simulation.Chaos.Actors;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>Once everything is at rest: conversation, queue and agent agree about who has what, and nobody waits whom somebody could take.</summary>
internal static class PlaceInvariants
{
    public static void Hold(ChaosWorld world)
    {
        var desks = Cast.Agents.Select(agent => world.View<AgentView>(Grain.Agent(agent), new GetAgent())).OfType<AgentView>().ToList();
        var queues = Cast.Queues.Select(queue => world.View<QueueView>(Grain.Queue(queue), new GetQueue())!).ToList();
        foreach (var id in Cast.Conversations)
        {
            if (world.View<ConversationView>(Grain.Conversation(id), new GetConversation()) is { Status: not ConversationStatus.New } conversation)
                IsWhereItSays(conversation, desks, queues);
        }

        foreach (var desk in desks)
        {
            ConnectionsAgree(world, desk);
            OffersAgree(world, desk, queues);
        }

        foreach (var queue in queues)
        {
            AgesAreRight(world, queue);
            NobodyIsStranded(world, queue, desks);
        }
    }

    private static void IsWhereItSays(ConversationView conversation, List<AgentView> desks, List<QueueView> queues)
    {
        var waits = conversation.Status is ConversationStatus.Queued or ConversationStatus.Offered;
        string? line = waits ? conversation.Queue : conversation.TransferTo;
        var lines = queues.Where(queue => queue.Head.Any(waiting => waiting.ConversationId == conversation.Id)).Select(queue => queue.Name);
        if (!lines.SequenceEqual(line is null ? [] : [line]))
            throw new InvariantViolationException("I4 a conversation waits where its record says", $"{conversation.Id} is {conversation.Status} in {line ?? "no queue"}, and waits in {string.Join(", ", lines)}.");

        var has = conversation.Status is ConversationStatus.Assigned or ConversationStatus.OnHold or ConversationStatus.WrapUp ? conversation.AgentId : null;
        // What an agent still finishes after a conversation is theirs alone, unless the conversation waits for that.
        var holders = desks.Where(desk => desk.OnDesk().Any(held => held.ConversationId == conversation.Id
            && (held.WrappingSince is null || (conversation.Status == ConversationStatus.WrapUp && desk.Id == has)))).Select(desk => desk.Id);
        if (!holders.SequenceEqual(has is null ? [] : [has]))
            throw new InvariantViolationException("I4 a conversation is with the agent whom its record names", $"{conversation.Id} is {conversation.Status} with {has ?? "nobody"}, and on the desk of {string.Join(", ", holders)}.");
        if (conversation.WaitingMessages > 0)
            throw new InvariantViolationException("I2 every run comes to its end", $"{conversation.WaitingMessages} messages of {conversation.Id} wait, and no run is under way.");
    }

    private static void ConnectionsAgree(ChaosWorld world, AgentView desk)
    {
        var open = world.Connections.Count(connection => connection.Agent == desk.Id);
        if (desk.Connections != open)
            throw new InvariantViolationException("an agent's record knows their connections", $"{desk.Id} has {open} open, and the record {desk.Connections}.");
    }

    private static void OffersAgree(ChaosWorld world, AgentView desk, List<QueueView> queues)
    {
        if (desk.Offers.FirstOrDefault(offer => offer.Claimed) is { } claimed)
            throw new InvariantViolationException("a claim is answered", $"{claimed.OfferId} of {desk.Id} is claimed, and nobody says yes or no.");

        var ended = world.History.Events.Select(happened => happened.Event).OfType<OfferEnded>().Select(offer => offer.OfferId).ToHashSet();
        var pending = world.History.Events.Select(happened => happened.Event).OfType<OfferMade>()
            .Where(offer => offer.AgentId == desk.Id && !ended.Contains(offer.OfferId)).Select(offer => offer.OfferId).Order(StringComparer.Ordinal);
        var onDesk = desk.Offers.Select(offer => offer.OfferId).Order(StringComparer.Ordinal);
        if (!pending.SequenceEqual(onDesk))
            throw new InvariantViolationException("queue and agent agree about offers", $"{desk.Id} has {string.Join(", ", onDesk)} on the desk; the queues have {string.Join(", ", pending)} pending.");
        foreach (var offer in desk.Offers)
        {
            if (queues.All(queue => queue.Head.All(waiting => waiting.ConversationId != offer.ConversationId)))
                throw new InvariantViolationException("what is on offer waits", $"{offer.OfferId} offers {offer.ConversationId}, which is in no line.");
            if (offer.ExpiresAt < world.Host.Now - TimeSpan.FromMinutes(1))
                throw new InvariantViolationException("an offer ends when its lease is over", $"{offer.OfferId} should have ended at {offer.ExpiresAt:T}; it is {world.Host.Now:T}.");
        }
    }

    /// <summary>The place in time that the queue has is the one that the conversation was given when it was enqueued.</summary>
    private static void AgesAreRight(ChaosWorld world, QueueView queue)
    {
        foreach (var waiting in queue.Head)
        {
            var since = world.History.Tells
                .Where(told => told.Id.Source.Key == waiting.ConversationId && told.Tell is { To: var to, Command: Enqueue } && to == Grain.Queue(queue.Name))
                .Select(told => ((Enqueue)told.Tell.Command).Since);
            if (!since.Contains(waiting.Since))
                throw new InvariantViolationException("a waiting conversation keeps its place in time", $"{waiting.ConversationId} waits in {queue.Name} since {waiting.Since:T}; it was enqueued with {string.Join(", ", since.Select(time => $"{time:T}"))}.");
        }
    }

    private static void NobodyIsStranded(ChaosWorld world, QueueView queue, List<AgentView> desks)
    {
        if (queue.Paused is not null || queue.OpensAt is not null)
            return;
        var offered = desks.SelectMany(desk => desk.Offers).Select(offer => offer.ConversationId).ToHashSet();
        foreach (var waiting in queue.Head.Where(waiting => !offered.Contains(waiting.ConversationId) && !(waiting.NotBefore > world.Host.Now)))
        {
            var free = desks.FirstOrDefault(desk => desk.FreeUnits > 0 && desk.NotReady is null && desk.Queues.Contains(queue.Name) && HasRoom(desk, waiting.Channel) && IsAbleTo(world, desk, waiting, queue) && !IsKeptForAnother(world, desk, waiting));
            if (free is not null)
                throw new InvariantViolationException("nobody waits while an eligible agent is free", $"{waiting.ConversationId} waits in {queue.Name} since {waiting.Since:T}, and {free.Id} has {free.FreeUnits} free units.");
        }
    }

    /// <summary>Who knows an agent is theirs first, for a while.</summary>
    private static bool IsKeptForAnother(ChaosWorld world, AgentView desk, WaitingConversation waiting) =>
        waiting.PreferredAgent is { } known && known != desk.Id && waiting.PreferredUntil > world.Host.Now;

    private static bool HasRoom(AgentView desk, string? channel)
    {
        bool IsExclusive(string? other) => other is not null && desk.Desk?.Channels.GetValueOrDefault(other) is { Exclusive: true };

        string?[] onDesk = [.. desk.Offers.Select(offer => offer.Channel), .. desk.OnDesk().Select(held => held.Channel)];
        if (onDesk.Any(IsExclusive) || (IsExclusive(channel) && onDesk.Length > 0))
            return false;
        return channel is null || desk.Desk?.Channels.GetValueOrDefault(channel) is not { } limits || onDesk.Count(other => other == channel) < limits.Max;
    }

    /// <summary>Surely able: has all that is asked in full, or nothing is asked any more.</summary>
    private static bool IsAbleTo(ChaosWorld world, AgentView desk, WaitingConversation waiting, QueueView queue)
    {
        var age = (world.Host.Now - waiting.Since).TotalSeconds;
        var nothingIsAsked = queue.Policy?.Relaxation.Any(step => step.DropAll && step.AfterSeconds < age) == true;
        return nothingIsAsked || waiting.Needs.All(need => desk.Skills.Contains(need.Skill));
    }
}
