using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

/// <summary>
/// A conversation: it accepts the customer's messages, has the pipeline run for them one at a time and in order, and goes to a
/// queue and an agent where a person is needed. Its own record says who has it; queues and agents follow it.
/// </summary>
public sealed partial class ConversationBehaviour : IGrainBehaviour<ConversationState>
{
    private ConversationBehaviour()
    {
    }

    public static string Kind => GrainKinds.Conversation;

    public static int StateVersion => 1;

    public static JsonTypeInfo<ConversationState> StateJson => GrainsJson.Default.ConversationState;

    public static ConversationState Initial(string key) => new() { Id = key };

    public static Turn<ConversationState> Handle(ConversationState state, Command command, DateTimeOffset now) => command switch
    {
        ReceiveMessage c => Receive(state, c.Interaction, now),
        CompleteRun c => Complete(state, c.MessageId, c.Outcome, now),
        WorkFailed { Work: RunPipeline run } c => FailRun(state, run.MessageId, c.Reason, now),
        GetRunContext c => DescribeRun(state, c.MessageId, now),
        AssignAgent c => Assign(state, c),
        NoteOffer c => NoteInLine(state, new OfferExplained(c.OfferId, c.AgentId, c.Match)),
        NoteOfferEnd c => NoteInLine(state, new OfferOver(c.OfferId, c.AgentId, c.Outcome, c.Reason)),
        NoteRelaxed c => NoteInLine(state, new NeedsRelaxed(c.Queue, c.What)),
        SendAgentReply c => Reply(state, c, now),
        AddNote c => Once(state, c, AddNote),
        Transfer c => Once(state, c, (current, transfer) => Transfer(current, transfer, now)),
        Resolve c => Once(state, c, Resolve),
        ReportReceipt c => Report(state, c),
        GetConversation => Turn.Unchanged(state, View(state)),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    /// <summary>What its queue tells of it is in its own journal while it waits.</summary>
    private static Turn<ConversationState> NoteInLine(ConversationState state, Journal.JournalEvent happened) =>
        state.Status == ConversationStatus.Queued ? Turn.Of(state, Turns.Reply.Done, new Record(happened)) : Turn.Unchanged(state, Turns.Reply.Done);

    /// <summary>Carries out a command that has no key of its own but its id, unless a command with that id was carried out before.</summary>
    private static Turn<ConversationState> Once<TCommand>(
        ConversationState state, TCommand command, Func<ConversationState, TCommand, Turn<ConversationState>> decide)
        where TCommand : Command
    {
        if (string.IsNullOrEmpty(command.Id))
            return decide(state, command);
        if (SequenceOf(state, command.Id, Author.System) is not null)
            return Turn.Unchanged(state, Turns.Reply.Done);

        var turn = decide(state, command);
        return turn.Effects.IsEmpty ? turn : turn with { State = Remember(turn.State, command.Id, Author.System) };
    }

    /// <summary>The sequence under which this author's message (or the system's command) of that id is remembered.</summary>
    private static long? SequenceOf(ConversationState state, string id, Author by)
    {
        foreach (var remembered in state.Remembered)
        {
            if (remembered.By == by && remembered.Id == id)
                return remembered.Sequence;
        }

        return null;
    }

    private static ConversationState Remember(ConversationState state, string id, Author by) => state with
    {
        Remembered = state.Remembered.AddWithin(new RememberedMessage(id, state.LastSequence, by), ConversationState.RememberedIds),
    };

    /// <summary>Gives a message the next place in the transcript, and keeps it in the tail.</summary>
    private static ConversationState Append(ConversationState state, Author author, string text, DateTimeOffset now)
    {
        var sequence = state.LastSequence + 1;
        var line = new TranscriptLine(sequence, author, Excerpt.Of(text, TranscriptLine.MaxText), now);
        return state with { LastSequence = sequence, Tail = state.Tail.AddWithin(line, ConversationState.TailLength) };
    }

    private static ConversationView View(ConversationState state) => new(
        state.Id, state.Status, state.Channel, state.Address, state.CustomerId, state.CreatedAt, state.LastSequence, state.Queue,
        state.AgentId, state.TicketId, state.LastSignals, state.Handoff, state.Waiting.Count, state.DeliveredUpTo, state.ReadUpTo);

    private static Turn<ConversationState> Refuse(ConversationState state, string code, string message) =>
        Turn.Unchanged(state, Turns.Reply.Refuse(code, message));

    private static Turn<ConversationState> NoSuchConversation(ConversationState state) =>
        Refuse(state, "no_such_conversation", $"There is no conversation {state.Id}; a conversation begins with its customer's first message.");
}
