using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Deliveries
{
    /// <summary>The customer wrote: from now on they are answered the way this message came. Told by their conversation, before anything is sent in answer.</summary>
    public sealed record NoteInbound(Inbound Inbound) : Turns.Command;

    /// <summary>A message is to reach the customer, after those before it. Told by the conversation when the message stands in its transcript.</summary>
    public sealed record Deliver(Outbound Message) : Turns.Command;

    /// <summary>
    /// Whoever is about to send asks first, so that it is durable before the outside world hears anything. Answer: <see cref="AttemptPermit"/>, or
    /// refused with <c>attempt_over</c> when there is nothing to send any more.
    /// </summary>
    /// <param name="Run">Of this one try to do the work: chosen anew each time. Another one says that an earlier try broke off, perhaps after sending.</param>
    public sealed record BeginAttempt(string MessageId, int Attempt, string Run) : Turns.Command;

    /// <summary>What came of an attempt. A late or repeated one changes nothing.</summary>
    public sealed record FinishAttempt(string MessageId, int Attempt, AttemptOutcome Outcome) : Turns.Command;

    /// <summary>The other side says what became of a message. Receipts come in any order and more than once.</summary>
    /// <param name="MessageId">Ours, where the receipt speaks of the whole message (of its last part); null: told by <paramref name="ExternalId"/> or <paramref name="UpTo"/>.</param>
    /// <param name="ExternalId">Theirs.</param>
    /// <param name="UpTo">Everything sent until then.</param>
    /// <param name="Status"><see cref="DeliveryStatus.Sent"/>, <see cref="DeliveryStatus.Delivered"/>, <see cref="DeliveryStatus.Read"/> or <see cref="DeliveryStatus.Failed"/>.</param>
    public sealed record NoteReceipt(string? MessageId, string? ExternalId, DateTimeOffset? UpTo, DeliveryStatus Status, string? Reason) : Turns.Command;

    /// <summary>The customer wants no more messages on this channel, or wants them again.</summary>
    /// <param name="Word">What they said.</param>
    public sealed record SetOptOut(bool OptedOut, string Word) : Turns.Command;

    /// <summary>Send a message again that failed, or of which nobody knows. Refused with <c>no_such_delivery</c> and <c>not_failed</c>.</summary>
    /// <param name="Message">As it stands in the transcript; the delivery's own record keeps no texts of what is over.</param>
    public sealed record ResendMessage(Outbound Message, string By) : Turns.Command;

    /// <summary>The time of the next attempt has come (alarm).</summary>
    public sealed record AttemptDelivery : Turns.Command;

    /// <summary>Answer: <see cref="DeliveriesView"/>.</summary>
    public sealed record GetDeliveries : Turns.Query;

    /// <summary>Send one message through its channel. Result: <see cref="FinishAttempt"/>.</summary>
    public sealed record SendOut(string ConversationId, string MessageId, int Attempt) : Turns.Work;

    /// <summary>How the customer last wrote.</summary>
    /// <param name="Account">Which of our numbers, mailboxes or pages it came to.</param>
    /// <param name="ReceivedAt">Channels with a reply window count from here.</param>
    /// <param name="Metadata">What the channel needs in order to answer, such as a mail's subject and references.</param>
    public sealed record Inbound(
        string MessageId, string Channel, string Account, string Address, DateTimeOffset ReceivedAt, ImmutableDictionary<string, string> Metadata);

    /// <summary>A message for the customer.</summary>
    /// <param name="Sequence">Its place in the transcript; 0: it has none, being a <see cref="Transcript"/>.</param>
    /// <param name="InReplyTo">The customer's message that it answers; null: none in particular.</param>
    public sealed record Outbound(long Sequence, string MessageId, Author Author, string Text, string? InReplyTo)
    {
        public ImmutableArray<Attachment> Attachments { get; init => field = value.OrEmpty(); } = [];

        /// <summary>What the customer writes in, ISO 639-1; null: not known. A channel that wraps the text in words of its own takes these from it.</summary>
        public string? Language { get; init; }

        /// <summary>Where it goes instead; null: the way that the customer last wrote.</summary>
        public Inbound? To { get; init; }

        /// <summary>It has no text of its own but is what was said in the conversation; null: a message like any other.</summary>
        public TranscriptCopy? Transcript { get; init; }
    }

    /// <summary>What was said in a conversation, to be mailed. It is put together when it is sent: the conversation's journal has it.</summary>
    /// <param name="UpTo">The last message that belongs to it.</param>
    /// <param name="Zone">The reader's time zone, as IANA names it; null: not known, so times are in UTC.</param>
    public sealed record TranscriptCopy(long UpTo, string? Zone);

    /// <summary>Go ahead.</summary>
    /// <param name="Uncertain">An earlier try broke off: look first whether the message has reached the other side.</param>
    /// <param name="Accepted">How many parts of a long message the other side has taken already.</param>
    /// <param name="Attempts">How often it was tried before.</param>
    public sealed record AttemptPermit(Inbound Inbound, Outbound Message, bool Uncertain, int Accepted, int Attempts, DateTimeOffset QueuedAt, bool OptedOut) : Turns.Reply;

    /// <summary>What came of one attempt to send.</summary>
    /// <param name="Kind">What it means.</param>
    /// <param name="ExternalIds">Under which ids the other side keeps it, one for each part.</param>
    /// <param name="NextAt">When to try again, for <see cref="AttemptKind.Later"/> and <see cref="AttemptKind.Held"/>.</param>
    /// <param name="Reason">For people; null where all went well.</param>
    public sealed record AttemptOutcome(AttemptKind Kind, ImmutableArray<string> ExternalIds, DateTimeOffset? NextAt, string? Reason);

    public enum AttemptKind
    {
        /// <summary>The other side has taken it whole.</summary>
        Accepted,

        /// <summary>It did not work and may work later.</summary>
        Later,

        /// <summary>It was not tried: it has to wait for a time, such as the end of quiet hours.</summary>
        Held,

        /// <summary>It will never work.</summary>
        Failed,

        /// <summary>Nobody can tell whether the other side has taken it.</summary>
        Unknown,
    }

    public enum DeliveryStatus
    {
        Queued,
        Sent,
        Delivered,
        Read,
        Failed,

        /// <summary>Nobody can tell whether it was sent; a person decides whether to send it again.</summary>
        Unknown,
    }

    /// <param name="Waiting">What has not gone out, oldest first.</param>
    /// <param name="Sent">The last that went out, or failed.</param>
    public sealed record DeliveriesView(Inbound? Inbound, bool OptedOut, ImmutableArray<PendingDelivery> Waiting, ImmutableArray<FinishedDelivery> Sent) : Turns.Reply;

    /// <summary>What goes out of one conversation, and how. Messages go one after another, so that none overtakes another.</summary>
    public sealed record DeliveryState
    {
        /// <summary>How many may wait; more fail at once, so that the record stays bounded.</summary>
        public const int MaxWaiting = 256;

        /// <summary>How many characters the waiting ones may have together.</summary>
        public const int MaxWaitingText = 1_000_000;

        /// <summary>How many that went out are remembered, to know their receipts.</summary>
        public const int RememberedSent = 64;

        public required string ConversationId { get; init; }

        public Inbound? Inbound { get; init; }

        public bool OptedOut { get; init; }

        /// <summary>The first one's attempt is under way, or waits for its time.</summary>
        public ImmutableList<PendingDelivery> Waiting { get; init => field = value ?? []; } = [];

        public ImmutableList<FinishedDelivery> Sent { get; init => field = value ?? []; } = [];
    }

    /// <param name="Attempt">The number of the present attempt, from 1.</param>
    /// <param name="Run">Who makes it; null: nobody has begun.</param>
    /// <param name="NextAt">When it is tried; null: it is under way, or next in line.</param>
    /// <param name="Accepted">The parts that the other side has taken.</param>
    /// <param name="Reason">Why it has not gone out yet.</param>
    public sealed record PendingDelivery(
        Outbound Message, DateTimeOffset QueuedAt, int Attempt, string? Run, DateTimeOffset? NextAt, ImmutableArray<string> Accepted, string? Reason);

    public sealed record FinishedDelivery(
        long Sequence, string MessageId, DeliveryStatus Status, DateTimeOffset At, ImmutableArray<string> ExternalIds, string? Reason);
}

namespace CustomerService.Grains.Conversations
{
    /// <summary>What became of a message to the customer. Told by the delivery grain, which decides what is news.</summary>
    public sealed record NoteDelivery(long Sequence, string MessageId, DeliveryStatus Status, string? Reason) : Turns.Command;

    /// <summary>What became of a message to the customer, each step once.</summary>
    public sealed record DeliveryReported(long MessageSequence, string MessageId, DeliveryStatus Status, string? Reason) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(NoteInbound), "delivery.note_inbound")]
    [JsonDerivedType(typeof(Deliver), "delivery.deliver")]
    [JsonDerivedType(typeof(BeginAttempt), "delivery.begin_attempt")]
    [JsonDerivedType(typeof(FinishAttempt), "delivery.finish_attempt")]
    [JsonDerivedType(typeof(NoteReceipt), "delivery.note_receipt")]
    [JsonDerivedType(typeof(SetOptOut), "delivery.set_opt_out")]
    [JsonDerivedType(typeof(ResendMessage), "delivery.resend")]
    [JsonDerivedType(typeof(AttemptDelivery), "delivery.attempt")]
    [JsonDerivedType(typeof(GetDeliveries), "delivery.get")]
    [JsonDerivedType(typeof(NoteDelivery), "conversation.note_delivery")]
    public partial record Command;

    [JsonDerivedType(typeof(SendOut), "delivery.send_out")]
    public partial record Work;

    [JsonDerivedType(typeof(AttemptPermit), "delivery.attempt_permit")]
    [JsonDerivedType(typeof(DeliveriesView), "delivery.view")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(DeliveryReported), "conversation.delivery_reported")]
    public partial record JournalEvent;
}
