using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

/// <summary>A conversation's own record. Bounded: the transcript is in the journal, only its tail is here.</summary>
public sealed record ConversationState
{
    /// <summary>How many of the last messages of both sides are kept here.</summary>
    public const int TailLength = 10;

    /// <summary>How many message ids are remembered, to know a repeated message.</summary>
    public const int RememberedIds = 256;

    /// <summary>How many outcomes of changes are kept here.</summary>
    public const int RememberedOutcomes = 16;

    /// <summary>How many customers' records are remembered, to have them forget this conversation with it.</summary>
    public const int RememberedRecords = 32;

    /// <summary>How many messages may wait for their runs; more are refused, so that the record stays bounded.</summary>
    public const int MaxWaiting = 256;

    /// <summary>How many characters the waiting messages may have together.</summary>
    public const int MaxWaitingText = 1_000_000;

    public required string Id { get; init; }

    public ConversationStatus Status { get; init; }

    public DateTimeOffset? StatusSince { get; init; }

    public string Channel { get; init; } = "";

    /// <summary>Whose conversation it is; the first message decides.</summary>
    public string Address { get; init; } = "";

    /// <summary>Through which of our numbers, mailboxes or pages answers are sent, and so by the delivery grain; null: the customer's side follows the conversation.</summary>
    public string? Account { get; init; }

    public string CustomerId { get; init; } = "";

    /// <summary>Whose record is told what happens here: the customer to whom the address was linked. Null: <see cref="CustomerId"/>.</summary>
    public string? LinkedCustomerId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The last message's place in the transcript; 0 before the first.</summary>
    public long LastSequence { get; init; }

    /// <summary>Messages not yet dealt with, oldest first. The first one's run is in progress.</summary>
    public ImmutableList<WaitingMessage> Waiting { get; init; } = [];

    public ImmutableList<TranscriptLine> Tail { get; init; } = [];

    public ImmutableList<RememberedMessage> Remembered { get; init; } = [];

    public ProvenIdentity? Identity { get; init; }

    public int FailedProofs { get; init; }

    public PendingRequest? Pending { get; init; }

    /// <summary>The procedure that the assistant is in the middle of; null: none.</summary>
    public ActiveProcedure? Procedure { get; init; }

    /// <summary>What became of changes that the customer said yes to, newest last; the last <see cref="RememberedOutcomes"/>.</summary>
    public ImmutableArray<CallOutcome> Outcomes { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What chat models took for this conversation; null: nothing yet.</summary>
    public ModelSpend? Spent { get; init; }

    /// <summary>What is translated between the customer and people; null: nothing yet.</summary>
    public ConversationTranslation? Translation { get; init; }

    /// <summary>How often the assistant gave it to people.</summary>
    public int Handoffs { get; init; }

    /// <summary>The queue where it waits, or from which its agent got it.</summary>
    public string? Queue { get; init; }

    /// <summary>Who holds it, or wraps it up.</summary>
    public string? AgentId { get; init; }

    /// <summary>The offer by which the agent got the conversation.</summary>
    public string? OfferId { get; init; }

    public string? TicketId { get; init; }

    public MessageSignals? LastSignals { get; init; }

    /// <summary>The last handoff to people; kept when it is resolved, for the way back.</summary>
    public HandoffPackage? Handoff { get; init; }

    /// <summary>The number of its last stay in a queue.</summary>
    public long Hop { get; init; }

    /// <summary>Its stay in a line; null: it stands in none.</summary>
    public QueueStay? Stay { get; init; }

    /// <summary>Its place in time: since when it waits for people. Kept from the handoff until it is settled, whoever has it meanwhile.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>The target of the handoff's route that it is at; beyond the last: it left the route.</summary>
    public int RouteStep { get; init; }

    /// <summary>The queues where it stood since its handoff, so that it is never sent in a circle.</summary>
    public ImmutableArray<string> Visited { get; init => field = value.OrEmpty(); } = [];

    public WarmTransfer? Transfer { get; init; }

    /// <summary>What the present queue promises, or the last one did; its calendar's exceptions only as far as they can matter.</summary>
    public QueueTerms? Terms { get; init; }

    public ImmutableArray<ServiceClock> Clocks { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Whether a person has answered in this matter.</summary>
    public bool Answered { get; init; }

    /// <summary>The customer's oldest message to people that no person has answered.</summary>
    public DateTimeOffset? UnansweredSince { get; init; }

    /// <summary>The last agent who held it in this matter.</summary>
    public string? LastAgentId { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    public Callback? Callback { get; init; }

    /// <summary>Questions to colleagues that nobody has answered yet, oldest first; at most <see cref="Consult.MaxOpen"/>.</summary>
    public ImmutableArray<OpenConsult> Consults { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The number of the last question.</summary>
    public long LastConsult { get; init; }

    public long DeliveredUpTo { get; init; }

    public long ReadUpTo { get; init; }

    /// <summary>How often its transcript was mailed.</summary>
    public int Transcripts { get; init; }

    /// <summary>How the settled matter went, by its customer's word; null: not said.</summary>
    public ConversationRating? Rating { get; init; }

    /// <summary>Customers whose records were told what was said here, besides <see cref="CustomerId"/>; the last <see cref="RememberedRecords"/>.</summary>
    public ImmutableArray<string> Records { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Who has it kept from being erased, and why; null: nobody.</summary>
    public LegalHold? LegalHold { get; init; }
}

/// <summary>A message that waits for its run.</summary>
public sealed record WaitingMessage(long Sequence, Interaction Interaction, DateTimeOffset AcceptedAt);

/// <summary>An id that was dealt with, and the last sequence then: a message of that author, or (by the system) a command or an offer.</summary>
public readonly record struct RememberedMessage(
    string Id, long Sequence, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Author By = Author.Customer);
