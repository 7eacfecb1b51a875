using System.Text.Json.Nodes;
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

    public static int StateVersion => 6;

    public static JsonTypeInfo<ConversationState> StateJson => GrainsJson.Default.ConversationState;

    public static ConversationState Initial(string key) => new() { Id = key };

    public static JsonObject Upgrade(JsonObject state, int version) => version switch
    {
        1 => ConversationUpgrades.ToStays(state),
        2 => state, // what version 3 knows besides had not begun: no procedure, no models' spending, no handoff counted
        3 => state, // nothing was sent through a channel
        4 => state, // no colleague was asked
        5 => ConversationUpgrades.ToRecords(state),
        _ => throw new NotSupportedException($"A stored conversation of version {version} has no upgrade step."),
    };

    public static Turn<ConversationState> Handle(ConversationState state, Command command, DateTimeOffset now)
    {
        var turn = Decide(state, command, now);
        var nothing = ReferenceEquals(turn.State, state) && turn.Effects.IsEmpty;
        return command is Query || (nothing && AlarmOf(command) is null) ? turn : Timed(state, turn, command, now);
    }

    private static Turn<ConversationState> Decide(ConversationState state, Command command, DateTimeOffset now) => command switch
    {
        ReceiveMessage c => Receive(state, c.Interaction, now),
        ReportReceipt c => Report(state, c),
        NoteDelivery c => NoteDelivery(state, c),
        CompleteRun c => Complete(state, c.MessageId, c.Outcome, now),
        WorkFailed { Work: RunPipeline run } c => FailRun(state, run.MessageId, c.Reason, now),
        GetTranslation => DescribeTranslation(state),
        GetRunContext c => DescribeRun(state, c.MessageId, now),
        GetConversation => Turn.Unchanged(state, View(state)),
        Query => Refusals.UnknownCommand(state, Kind, command),
        _ => DecideForPeople(state, command, new Consequences(now)),
    };

    private static Turn<ConversationState> DecideForPeople(ConversationState state, Command command, Consequences then) => command switch
    {
        // Its agent and its supervisors.
        SendAgentReply c => Reply(state, c, then),
        CancelReply c => CancelReply(state, c, then),
        AddNote c => Once(state, c, then, AddNote),
        Whisper c => Once(state, c, then, Whisper),
        TakeOver c => Once(state, c, then, TakeOver),
        NoteDraftHeld c => Once(state, c, then, HoldDraft),
        NoteSuggestionLeft c => Once(state, c, then, LeaveSuggestion),
        CorrectMessage c => Once(state, c, then, Correct),
        Transfer c => Once(state, c, then, Transfer),
        CancelTransfer c => Once(state, c, then, CancelTransfer),
        Escalate c => Once(state, c, then, Escalate),
        ChangePriority c => Once(state, c, then, ChangePriority),
        Hold c => Once(state, c, then, Hold),
        Unhold c => Once(state, c, then, Unhold),
        Snooze c => Once(state, c, then, Snooze),
        Unsnooze c => Once(state, c, then, Unsnooze),
        RequestCallback c => Once(state, c, then, RequestCallback),
        ReportCallback c => Once(state, c, then, ReportCallback),
        SpeakWithCustomer c => Once(state, c, then, Speak),
        Consult c => Once(state, c, then, Consult),
        AnswerConsult c => Once(state, c, then, AnswerConsult),
        EndConsult c => Once(state, c, then, EndConsult),
        PutQuestion c => Once(state, c, then, PutQuestion),
        NoteToolCall c => NoteToolCall(state, c, then),
        Resolve c => Once(state, c, then, Resolve),
        Close c => Once(state, c, then, Close),
        RateConversation c => Once(state, c, then, Rate),
        MailTranscript c => Once(state, c, then, MailTranscript),

        // Its end for good, and what stands against that.
        EraseConversation c => Once(state, c, then, Erase),
        PlaceLegalHold c => Once(state, c, then, PlaceHold),
        LiftLegalHold c => Once(state, c, then, LiftHold),
        RetryClearing c => ClearAgain(state, c, then),
        WorkFailed { Work: ClearAway work } => ClearLater(state, work, then),

        // Its queue and its agent's desk.
        NoteTerms c => NoteTerms(state, c, then),
        NoteOffer c => NoteOffer(state, c, then),
        NoteOfferEnd c => NoteOfferEnd(state, c, then),
        NoteRelaxed c => Once(state, c, then, NoteRelaxed),
        NoteClosed c => NoteClosed(state, c, then),
        AssignAgent c => Assign(state, c, then),
        PassOn c => PassOn(state, c, then),
        NoteColleagues c => NoteColleagues(state, c, then),
        ReturnToQueue c => Return(state, c, then),
        NoteWrapUp c => Once(state, c, then, NoteWrapUp),

        // Its translators.
        NoteTranslations c => Once(state, c, then, NoteTranslations),
        FinishReply c => FinishReply(state, c, then),
        WorkFailed { Work: TranslateLines lines } c => NotTranslated(state, lines, c.Reason, then),
        WorkFailed { Work: TranslateReply reply } c => FinishReply(state, new FinishReply(reply.MessageId, reply.Attempt) { Reason = c.Reason }, then),

        // Its alarms.
        NextTarget c => LeaveTarget(state, c, then),
        ReviewClocks => Review(state, then),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    /// <summary>Carries out a command that has no key of its own but its id, unless a command with that id was carried out before.</summary>
    private static Turn<ConversationState> Once<TCommand>(
        ConversationState state, TCommand command, Consequences then,
        Func<ConversationState, TCommand, Consequences, Turn<ConversationState>> decide)
        where TCommand : Command
    {
        if (string.IsNullOrEmpty(command.Id))
            return decide(state, command, then);
        if (SequenceOf(state, command.Id, Author.System) is not null)
            return Done(state);

        var turn = decide(state, command, then);
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

    /// <summary>Gives it another status, if it has not that one already.</summary>
    private static ConversationState Moved(ConversationState state, ConversationStatus to, string reason, Consequences then)
    {
        if (state.Status == to)
            return state;

        then.Record(new StatusChanged(state.Status, to, reason));
        return state with { Status = to, StatusSince = then.Now };
    }

    /// <summary>It was done before, or there is nothing to do.</summary>
    private static Turn<ConversationState> Done(ConversationState state) => Turn.Unchanged(state, Turns.Reply.Done);

    private static Turn<ConversationState> Refuse(ConversationState state, string code, string message) =>
        Turn.Unchanged(state, Turns.Reply.Refuse(code, message));

    private static Turn<ConversationState> NoSuchConversation(ConversationState state) =>
        Refuse(state, "no_such_conversation", $"There is no conversation {state.Id}; a conversation begins with its customer's first message.");

    private static Turn<ConversationState> AlreadySettled(ConversationState state) =>
        Refuse(state, "conversation_resolved", "The conversation is resolved; the customer's next message opens it again.");

    private static ConversationView View(ConversationState state) => new(
        state.Id, state.Status, state.Channel, state.Address, state.CustomerId, state.CreatedAt, state.LastSequence, state.Queue,
        state.AgentId, state.TicketId, state.LastSignals, state.Status.IsOpen() ? state.Handoff : null, state.Waiting.Count,
        state.DeliveredUpTo, state.ReadUpTo)
    {
        Account = state.Account,
        StatusSince = state.StatusSince,
        WaitingSince = state.Stay is null ? null : state.WaitingSince,
        OfferedTo = state.Stay is { } stay ? [.. stay.Offers.Select(offer => offer.AgentId)] : [],
        Tier = state.Status.IsWithPeople() && state.Terms is { Tier: { Length: > 0 } tier } ? tier : null,
        Clocks = state.Clocks,
        SnoozedUntil = state.SnoozedUntil,
        Callback = state.Callback,
        TransferTo = state.Transfer?.Package.Queue,
        CustomerLanguage = LanguageOfCustomer(state),
        Replies = RepliesOf(state) is { IsEmpty: false } replies ? [.. replies] : [],
        Identity = state.Identity,
        Procedure = state.Procedure,
        Outcomes = state.Outcomes,
        Rating = state.Rating,
        LinkedCustomerId = state.LinkedCustomerId,
        LastAgentId = state.LastAgentId,
        UnansweredSince = state.UnansweredSince,
        Transcripts = state.Transcripts,
        Consults = state.Consults,
        LegalHold = state.LegalHold,
    };
}
