using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Simulation.Chaos.Actors;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>I1, I2, I3: each acknowledged message is in its transcript once and in order, and was answered once or went to a person.</summary>
internal static class TranscriptInvariants
{
    public static void Hold(ChaosWorld world)
    {
        foreach (var conversation in Cast.Conversations)
        {
            var events = world.History.Of(Grain.Conversation(conversation)).Select(happened => happened.Event).ToList();
            var received = events.OfType<MessageReceived>().ToList();
            MessagesAreThereOnce(world, conversation, received);
            SequencesHaveNoGap(conversation, events);
            RepliesAreInOrder(conversation, events, received);
            NobodyIsLeftWithoutAnswer(conversation, events);
        }
    }

    private static void MessagesAreThereOnce(ChaosWorld world, string conversation, List<MessageReceived> received)
    {
        var places = new Dictionary<string, long>();
        foreach (var message in received)
        {
            if (!places.TryAdd(message.Interaction.Id, message.MessageSequence))
                throw new InvariantViolationException("I1 every message is in its transcript once", $"{message.Interaction.Id} is in {conversation} twice.");
        }

        foreach (var answer in world.History.Answers)
        {
            if (answer is not { Command: ReceiveMessage { Interaction: var sent }, Reply: MessageAccepted accepted } || answer.Grain.Key != conversation)
                continue;
            if (places.GetValueOrDefault(sent.Id) != accepted.Sequence)
                throw new InvariantViolationException("I1 every acknowledged message is in its transcript", $"{sent.Id} was acknowledged as {accepted.Sequence} of {conversation}, and is {(places.TryGetValue(sent.Id, out var place) ? $"number {place}" : "not there")}.");
        }
    }

    private static void SequencesHaveNoGap(string conversation, List<Grains.Journal.JournalEvent> events)
    {
        long last = 0;
        foreach (var each in events)
        {
            var sequence = each switch
            {
                MessageReceived received => received.MessageSequence,
                MessageSent sent => sent.MessageSequence,
                _ => last + 1,
            };
            if (sequence != last + 1)
                throw new InvariantViolationException("I3 a transcript has no gap and no two at one place", $"number {sequence} of {conversation} follows {last}.");
            last = each is MessageReceived or MessageSent ? sequence : last;
        }
    }

    private static void RepliesAreInOrder(string conversation, List<Grains.Journal.JournalEvent> events, List<MessageReceived> received)
    {
        var place = received.ToDictionary(message => message.Interaction.Id, message => message.MessageSequence);
        long last = 0;
        foreach (var id in events.OfType<MessageSent>().Select(sent => sent.InReplyTo).OfType<string>())
        {
            if (place[id] == last)
                throw new InvariantViolationException("I2 every message is answered once", $"{id} of {conversation} was answered twice.");
            if (place[id] < last)
                throw new InvariantViolationException("I3 answers come in the order of the messages", $"{id} of {conversation} was answered after a later one.");
            last = place[id];
        }

        if (events.OfType<MessageSent>().GroupBy(sent => sent.MessageId).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvariantViolationException("I5 each outgoing message is sent once", $"{twice.Key} of {conversation} was sent {twice.Count()} times.");
    }

    private static void NobodyIsLeftWithoutAnswer(string conversation, List<Grains.Journal.JournalEvent> events)
    {
        var open = new HashSet<string>();
        var withPerson = false;
        foreach (var each in events)
        {
            switch (each)
            {
                case MessageReceived received when !withPerson: open.Add(received.Interaction.Id); break;
                case MessageSent { InReplyTo: { } id }: open.Remove(id); break;
                case HandedOff: withPerson = true; open.Clear(); break;
                case StatusChanged { To: ConversationStatus.Assistant }: withPerson = false; break;
                case StatusChanged { To: ConversationStatus.Queued or ConversationStatus.Assigned }: withPerson = true; open.Clear(); break;
                case ConversationResolved: withPerson = false; break;
            }
        }

        if (open.Count > 0)
            throw new InvariantViolationException("I2 every message is answered or goes to a person", $"{string.Join(", ", open)} of {conversation} got neither.");
    }
}
