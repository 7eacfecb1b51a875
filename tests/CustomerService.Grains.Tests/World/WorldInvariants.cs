using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.World;

/// <summary>What must hold whatever happened.</summary>
internal static class WorldInvariants
{
    /// <summary>At every turn: nothing is put on a full desk. (A capacity made smaller leaves there what was accepted.)</summary>
    public static void CapacityHolds(AgentState before, AgentState after) => Assert.True(
        LoadOf(after) <= Math.Max(after.Capacity, LoadOf(before)),
        $"{after.Id} has {LoadOf(after)} of {after.Capacity}, before it was {LoadOf(before)}.");

    /// <summary>Once the grains are at rest.</summary>
    public static void Hold(World world, WorldSchedule schedule)
    {
        foreach (var (conversation, acknowledged) in schedule.Acknowledged)
            TranscriptIsWhole(world, conversation, acknowledged);
        foreach (var conversation in world.All<ConversationState>())
            IsWhereItSays(world, conversation);
        foreach (var agent in world.All<AgentState>())
            DeskIsTrue(world, agent);
        foreach (var queue in world.All<QueueState>())
            NobodyIsStranded(world, queue);
    }

    /// <summary>I1, I2, I3: each acknowledged message is there once, in order, and was answered once or went to a person.</summary>
    private static void TranscriptIsWhole(World world, string conversation, Dictionary<string, long> acknowledged)
    {
        var events = world.Journal.Where(entry => entry.Grain == Grain.Conversation(conversation)).Select(entry => entry.Event).ToList();
        Assert.Equal(
            acknowledged.OrderBy(each => each.Value).Select(each => (each.Key, each.Value)),
            events.OfType<MessageReceived>().Select(received => (received.Interaction.Id, received.MessageSequence)));
        var sequences = events.Select(each => each switch
        {
            MessageReceived received => received.MessageSequence,
            MessageSent sent => sent.MessageSequence,
            _ => 0,
        }).Where(sequence => sequence > 0).ToList();
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(number => (long)number), sequences);

        var replied = events.OfType<MessageSent>().Where(sent => sent.InReplyTo is not null).Select(sent => sent.InReplyTo!).ToList();
        Assert.Equal(replied.Distinct(), replied);
        Assert.Equal(replied.OrderBy(id => acknowledged[id]), replied);

        var open = new HashSet<string>();
        var withPerson = false;
        foreach (var each in events)
        {
            switch (each)
            {
                case MessageReceived received when !withPerson: open.Add(received.Interaction.Id); break;
                case MessageSent { InReplyTo: { } id }: open.Remove(id); break;
                case StatusChanged { To: var status }:
                    withPerson = status.IsWithPeople();
                    if (withPerson)
                        open.Clear();
                    break;
            }
        }

        Assert.True(open.Count == 0, $"{string.Join(", ", open)} got no answer and no person.");
    }

    /// <summary>I4: a conversation is with exactly the queue or the agent that its own record names.</summary>
    private static void IsWhereItSays(World world, ConversationState conversation)
    {
        var lines = world.All<QueueState>().Where(queue => queue.Floor.Find(conversation.Id) is not null).Select(queue => queue.Name);
        Assert.Equal(conversation.Stay is { } stay ? [stay.Queue] : [], lines);
        var offers = world.All<QueueState>().SelectMany(queue => queue.Floor.Find(conversation.Id)?.Pending ?? []).Select(offer => offer.OfferId);
        Assert.Equal(offers.Order(), (conversation.Stay?.Offers ?? []).Select(offer => offer.OfferId).Order());
        if (conversation.Transfer is null)
            Assert.Equal(offers.Any(), conversation.Status == ConversationStatus.Offered);

        var desks = world.All<AgentState>().SelectMany(agent => agent.Conversations
            .Where(held => held.ConversationId == conversation.Id).Select(held => (Held: (agent.Id, held.OfferId), Wraps: held.WrappingSince is not null))).ToList();
        var own = (conversation.AgentId!, conversation.OfferId!);
        Assert.Equal(conversation.Status.IsHeld() ? [own] : [], desks.Where(each => !each.Wraps).Select(each => each.Held));
        if (conversation.Status == ConversationStatus.WrapUp)
            Assert.Contains((own, true), desks);
        Assert.Equal(conversation.Status.IsWithPeople(), conversation.WaitingSince is not null);
        Assert.Equal(conversation.SnoozedUntil is not null, world.Alarms.ContainsKey((Grain.Conversation(conversation.Id), "snooze")));
        if (ServiceClock.NextAlarm(conversation.Clocks) is { } due)
            Assert.True(world.Alarms[(Grain.Conversation(conversation.Id), "service")].At <= due);
        Assert.Empty(conversation.Waiting);
    }

    private static void DeskIsTrue(World world, AgentState agent)
    {
        Assert.DoesNotContain(agent.Offers, offer => offer.Claimed);
        var pending = world.All<QueueState>()
            .SelectMany(OffersOf).Where(offer => offer.AgentId == agent.Id).Select(offer => offer.OfferId);
        Assert.Equal(pending.Order(), agent.Offers.Select(offer => offer.OfferId).Order());
    }

    private static void NobodyIsStranded(World world, QueueState queue)
    {
        foreach (var waiting in queue.Floor.Head(int.MaxValue).Where(waiting => waiting.Pending.IsEmpty && !(waiting.NotBefore > world.Now) && !(waiting.PreferredUntil > world.Now)))
        {
            var idle = world.All<AgentState>().Where(agent => agent.FreeUnits > 0 && agent.Queues.Contains(queue.Name));
            Assert.True(!idle.Any(), $"{waiting.ConversationId} waits in {queue.Name} while {string.Join(", ", idle.Select(agent => agent.Id))} could take it.");
        }

        // Every lease ends by an alarm, which may come early but never late.
        foreach (var offer in OffersOf(queue))
            Assert.True(world.Alarms[(Grain.Queue(queue.Name), "review")].At <= offer.ExpiresAt);
    }

    private static IEnumerable<OpenOffer> OffersOf(QueueState queue) => queue.Floor.Head(int.MaxValue).SelectMany(waiting => waiting.Pending);

    private static int LoadOf(AgentState agent) => agent.Offers.Length + agent.Conversations.Length;
}
