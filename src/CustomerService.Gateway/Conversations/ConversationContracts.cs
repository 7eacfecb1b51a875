using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Gateway.Waiting;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Gateway.Conversations;

/// <summary>Where a conversation stands, as its customer is told.</summary>
/// <param name="Status"><c>new</c>, <c>assistant</c>, <c>queued</c>, <c>assigned</c>, <c>on_hold</c>, <c>snoozed</c>, <c>resolved</c> or <c>closed</c>.</param>
/// <param name="Working">The assistant is at work on an answer.</param>
/// <param name="LastSequence">The last message's place in the transcript; 0 before the first.</param>
/// <param name="DeliveredUpTo">The customer's side has received the messages up to here.</param>
/// <param name="ReadUpTo">The customer has read the messages up to here.</param>
/// <param name="Queue">The place in the line, while the conversation waits for a person.</param>
/// <param name="Agent">The name of the person who has it.</param>
public sealed record ConversationStanding(
    string Status, bool Working, long LastSequence, long DeliveredUpTo, long ReadUpTo, PlaceInLine? Queue, string? Agent, string? TicketId)
{
    /// <summary>Where the customer is called back, if they asked for it.</summary>
    public string? CallbackTo { get; init; }

    /// <summary>How the settled matter went by the customer's own word, 1 (bad) to 5; absent: not said.</summary>
    public int? Rating { get; init; }

    /// <summary>Its customer can have it mailed; absent: not, or not any more.</summary>
    public bool? MailsTranscript { get; init; }
}

/// <summary>A conversation: where it stands, and its messages after the asked one.</summary>
/// <param name="HasMore">There are more messages than were asked for: ask again after the last one's sequence.</param>
/// <param name="Internal">For agents only.</param>
public sealed record ConversationPage(
    string Id, ConversationStanding Standing, ImmutableArray<ChatMessage> Messages, bool HasMore, InternalSide? Internal);

/// <summary>What an agent sees besides.</summary>
/// <param name="Notes">Private notes written among the given messages.</param>
/// <param name="CustomerTypingAt">When the customer was last seen typing, if they were.</param>
public sealed record InternalSide(
    string Channel, string Address, string CustomerId, string? Queue, string? AgentId, MessageSignals? LastSignals, HandoffPackage? Handoff,
    ImmutableArray<PrivateNote> Notes, DateTimeOffset? CustomerTypingAt)
{
    /// <summary>The state exactly; customers are not told of offers and of wrap-up.</summary>
    public ConversationStatus State { get; init; }

    public DateTimeOffset? StateSince { get; init; }

    /// <summary>Since when the customer waits for a person.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>The agents whom it is offered to.</summary>
    public ImmutableArray<string>? OfferedTo { get; init; }

    /// <summary>The tier of its queue, such as <c>tier1</c>.</summary>
    public string? Tier { get; init; }

    /// <summary>The service-level clocks.</summary>
    public ImmutableArray<ServiceClock>? Clocks { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Who has it kept from being erased, and why.</summary>
    public LegalHold? LegalHold { get; init; }

    public Callback? Callback { get; init; }

    /// <summary>The queue of a warm transfer under way.</summary>
    public string? TransferTo { get; init; }

    /// <summary>What the customer writes in, ISO 639-1, where that is known.</summary>
    public string? CustomerLanguage { get; init; }

    /// <summary>Messages in other languages, and those that could not be translated; the messages themselves are as they were sent.</summary>
    public ImmutableArray<MessageTranslation>? Translations { get; init; }

    /// <summary>Replies that have not gone out yet, in their order.</summary>
    public ImmutableArray<HeldReply>? Replies { get; init; }

    /// <summary>Where answers have to be sent: through which account of <c>channels.yaml</c>.</summary>
    public string? Account { get; init; }

    /// <summary>Where answers have to be sent, or the transcript was mailed: what became of the last ones. A transcript has the sequence 0.</summary>
    public ImmutableArray<MessageDelivery>? Deliveries { get; init; }

    /// <summary>Where answers have to be sent: what the channel would take now.</summary>
    public Staff.SendingOutlook? Sending { get; init; }
}

/// <summary>What was said in a conversation is gone.</summary>
/// <param name="Why">The rule, or who wanted it.</param>
public sealed record ErasedConversation(DateTimeOffset At, string Why);

/// <summary>What became of a message to the customer.</summary>
/// <param name="Status"><c>queued</c>, <c>sent</c>, <c>delivered</c>, <c>read</c>, <c>failed</c>, or <c>unknown</c> where nobody can tell whether it was sent.</param>
/// <param name="Reason">Why it failed, or has not gone out yet.</param>
/// <param name="NextAttemptAt">When it is tried again.</param>
public sealed record MessageDelivery(long Sequence, string MessageId, string Status, DateTimeOffset At, string? Reason, DateTimeOffset? NextAttemptAt)
{
    internal static ImmutableArray<MessageDelivery> Of(DeliveriesView view) =>
    [
        .. view.Sent.Select(sent => new MessageDelivery(sent.Sequence, sent.MessageId, sent.Status.ToString().ToLowerInvariant(), sent.At, sent.Reason, null)),
        .. view.Waiting.Select(waiting => new MessageDelivery(
            waiting.Message.Sequence, waiting.Message.MessageId, "queued", waiting.QueuedAt, waiting.Reason, waiting.NextAt)),
    ];
}

public sealed record PrivateNote(string AgentId, string Text, DateTimeOffset At)
{
    /// <summary>The agent to whom a supervisor whispers it; null: it is for whoever reads the conversation.</summary>
    public string? WhisperTo { get; init; }
}

/// <summary>What the pipeline did in a conversation.</summary>
public sealed record ConversationTrace(string Id, ImmutableArray<TracedRun> Runs)
{
    /// <summary>What agents did with replies that were suggested to them; left out: none was.</summary>
    public ImmutableArray<TracedSuggestion>? Suggestions { get; init; }
}

/// <summary>A reply that was suggested to an agent.</summary>
/// <param name="MessageId">What was sent; left out: nothing of it.</param>
/// <param name="Outcome"><c>accepted</c>, <c>edited</c> or <c>rejected</c>.</param>
/// <param name="Change">How much of it was changed: <c>none</c>, <c>light</c> or <c>heavy</c>.</param>
/// <param name="Confidence">The quality check's mean, 0…1.</param>
/// <param name="Sources">What it rested on.</param>
public sealed record TracedSuggestion(
    string Id, DateTimeOffset At, string AgentId, string? MessageId, string Outcome, string Change, double? Confidence, ImmutableArray<string> Sources);

/// <summary>One run for one message.</summary>
/// <param name="ResolutionType"><c>automated</c>, <c>human</c> or <c>error_fallback</c>.</param>
/// <param name="Seconds">From the message's acceptance to the end of the run.</param>
/// <param name="Reason">Why it failed, if it did.</param>
/// <param name="Trace">Every task with its input, output, time and model.</param>
public sealed record TracedRun(
    string MessageId, DateTimeOffset At, string Channel, string ResolutionType, double Seconds, MessageSignals? Signals, string? Reason, JsonElement? Trace);
