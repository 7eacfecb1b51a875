using System.Collections.Immutable;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// The agent who has it: private notes, corrections, hold.
public sealed partial class ConversationBehaviour
{
    private static Turn<ConversationState> HoldDraft(ConversationState state, NoteDraftHeld held, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        then.Record(new DraftHeld(held.AgentId, held.Kinds));
        return then.Turn(state);
    }

    private static Turn<ConversationState> LeaveSuggestion(ConversationState state, NoteSuggestionLeft left, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        then.Record(new SuggestionUsed(left.AgentId, MessageId: null, left.Suggestion));
        return then.Turn(state);
    }

    /// <summary>A person has answered the customer.</summary>
    private static ConversationState Served(ConversationState state) => state with { Answered = true, UnansweredSince = null };

    private static Turn<ConversationState> Speak(ConversationState state, SpeakWithCustomer speak, Consequences then)
    {
        if (NotHeldBy(state, speak.AgentId, "speak with the customer") is { } refusal)
            return refusal;
        then.Record(new CustomerSpokenWith(speak.AgentId));
        return then.Turn(Served(state));
    }

    private static Turn<ConversationState> AddNote(ConversationState state, AddNote note, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (TextFault(note.Text) is { } fault)
            return Turn.Unchanged(state, fault);

        ImmutableArray<string> told = [.. note.Mentions.Where(id => id.Length > 0 && id != note.AgentId).Distinct(StringComparer.Ordinal).Take(Conversations.AddNote.MostMentions)];
        then.Record(new NoteAdded(note.AgentId, note.Text) { Mentions = told });
        foreach (var id in told)
            then.Tell(Grain.Personal(id), new GiveNotice(NoticeKinds.Mention, state.Id, note.AgentId, note.Text));
        return then.Turn(state);
    }

    private static Turn<ConversationState> Correct(ConversationState state, CorrectMessage correction, Consequences then)
    {
        const int longestName = 60;
        var line = state.Tail.Find(each => each.Sequence == correction.MessageSequence); // an older one is in the journal alone
        if (state.Status == ConversationStatus.New || correction.MessageSequence < 1 || correction.MessageSequence > state.LastSequence || line is { Author: not Author.Customer })
            return Refuse(state, "no_such_message", $"Message {correction.MessageSequence} is none of the customer's; name the sequence of one of theirs.");
        if (correction.Intent.Length is 0 or > longestName || !correction.Intent.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'))
            return Refuse(state, "not_an_intent", "An intent is named by lower-case letters, digits and '_', such as order_status; what belongs to none is 'unknown'.");
        if (correction.Language is { } language && (language.Length != 2 || !language.All(char.IsAsciiLetterLower)))
            return Refuse(state, "not_a_language", "A language is named by its two-letter code, such as en.");

        then.Record(new MessageCorrected(correction.MessageSequence, correction.By, correction.Intent, correction.Language));
        return then.Turn(state);
    }

    private static Turn<ConversationState> Hold(ConversationState state, Hold hold, Consequences then) =>
        NotHeldBy(state, hold.AgentId, "put it on hold") is { } refusal ? refusal
        : state.Status == ConversationStatus.OnHold ? Done(state)
        : then.Turn(Moved(state, ConversationStatus.OnHold, $"put on hold by {hold.AgentId}", then));

    private static Turn<ConversationState> Unhold(ConversationState state, Unhold unhold, Consequences then) =>
        NotHeldBy(state, unhold.AgentId, "take it from hold") is { } refusal ? refusal
        : state.Status == ConversationStatus.Assigned ? Done(state)
        : then.Turn(Moved(state, ConversationStatus.Assigned, $"taken from hold by {unhold.AgentId}", then));

    private static Turn<ConversationState>? NotHeldBy(ConversationState state, string agentId, string act) =>
        state.Status.IsHeld() && state.AgentId == agentId
            ? null
            : Refuse(state, "not_assigned", $"Agent {agentId} does not hold conversation {state.Id}{WhoHasIt(state)}; only the agent who holds it can {act}.");

    private static string WhoHasIt(ConversationState state) => state.Status.IsHeld() ? $" ({state.AgentId} does now)" : "";

    private static Reply? TextFault(string text) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => Turns.Reply.Refuse("empty_message", "There is no text; write some."),
        { Length: > Interaction.MaxContentLength } => Turns.Reply.Refuse(
            "message_too_long", $"The text has {text.Length} characters; at most {Interaction.MaxContentLength} are accepted. Send it in parts."),
        _ => null,
    };
}
