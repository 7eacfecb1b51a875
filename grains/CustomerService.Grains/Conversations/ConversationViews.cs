using System.Collections.Immutable;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

/// <summary>Where a conversation stands.</summary>
public enum ConversationStatus
{
    /// <summary>No message yet.</summary>
    New,

    /// <summary>The assistant has it.</summary>
    Assistant,

    /// <summary>It waits in a queue for a person.</summary>
    Queued,

    /// <summary>An agent has it.</summary>
    Assigned,

    /// <summary>The matter is settled; a new message opens it again.</summary>
    Resolved,

    /// <summary>It waits in a queue and is on offer to an agent.</summary>
    Offered,

    /// <summary>An agent has it, and the customer waits on purpose.</summary>
    OnHold,

    /// <summary>Put away until a time, or until the customer writes.</summary>
    Snoozed,

    /// <summary>Settled for the customer; its agent finishes what belongs to it.</summary>
    WrapUp,

    /// <summary>Settled for good: a new message begins a new matter.</summary>
    Closed,
}

/// <summary>A conversation as readers see it. The transcript is in the journal.</summary>
public sealed record ConversationView(
    string Id,
    ConversationStatus Status,
    string Channel,
    string Address,
    string CustomerId,
    DateTimeOffset? CreatedAt,
    long LastSequence,
    string? Queue,
    string? AgentId,
    string? TicketId,
    MessageSignals? LastSignals,
    HandoffPackage? Handoff,
    int WaitingMessages,
    long DeliveredUpTo,
    long ReadUpTo) : Reply
{
    /// <summary>Through which of our numbers, mailboxes or pages answers are sent; null: the customer's side follows the conversation.</summary>
    public string? Account { get; init; }

    /// <summary>Since when it is in this status.</summary>
    public DateTimeOffset? StatusSince { get; init; }

    /// <summary>Since when it waits for a person; null: it does not.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>The agents whom it is offered to.</summary>
    public ImmutableArray<string> OfferedTo { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The tier of its queue, such as <c>tier1</c>; null: none, or nobody waits. The customer's own is in the handoff.</summary>
    public string? Tier { get; init; }

    /// <summary>The running and standing service-level clocks.</summary>
    public ImmutableArray<ServiceClock> Clocks { get; init => field = value.OrEmpty(); } = [];

    public DateTimeOffset? SnoozedUntil { get; init; }

    public Callback? Callback { get; init; }

    /// <summary>Where a warm transfer is under way to; null: there is none.</summary>
    public string? TransferTo { get; init; }

    /// <summary>What the customer writes in, ISO 639-1; null: not known.</summary>
    public string? CustomerLanguage { get; init; }

    /// <summary>Agents' replies that have not gone out yet, in their order: being translated, or not to be translated and waiting for a decision.</summary>
    public ImmutableArray<PendingReply> Replies { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Who the customer has proved to be; it holds until its end.</summary>
    public ProvenIdentity? Identity { get; init; }

    /// <summary>The procedure that the assistant is in the middle of; null: none.</summary>
    public ActiveProcedure? Procedure { get; init; }

    /// <summary>What became of changes that the customer said yes to, newest last.</summary>
    public ImmutableArray<CallOutcome> Outcomes { get; init => field = value.OrEmpty(); } = [];

    /// <summary>How the settled matter went, by its customer's word; null: not said.</summary>
    public ConversationRating? Rating { get; init; }

    /// <summary>Whose record is told what happens here: the customer to whom the address was linked. Null: <see cref="CustomerId"/>.</summary>
    public string? LinkedCustomerId { get; init; }

    /// <summary>The last agent who let it go in this matter; null: nobody yet.</summary>
    public string? LastAgentId { get; init; }

    /// <summary>The customer's oldest message to people that no person has answered.</summary>
    public DateTimeOffset? UnansweredSince { get; init; }

    /// <summary>How often its transcript was mailed.</summary>
    public int Transcripts { get; init; }

    /// <summary>Questions to colleagues that nobody has answered yet, oldest first.</summary>
    public ImmutableArray<OpenConsult> Consults { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Who has it kept from being erased, and why; null: nobody.</summary>
    public LegalHold? LegalHold { get; init; }
}

/// <param name="Score">1 (bad) to 5 (very good).</param>
public sealed record ConversationRating(int Score, string? Comment, DateTimeOffset At)
{
    public const int MaxComment = 2_000;
}

/// <summary>The customer is to be called back.</summary>
/// <param name="To">Where.</param>
/// <param name="Attempts">How often an agent tried.</param>
public sealed record Callback(string To, DateTimeOffset RequestedAt, int Attempts)
{
    public const int MaxAttempts = 3;
}

/// <summary>What one pipeline run knows when it starts.</summary>
/// <param name="Message">The message to answer.</param>
/// <param name="History">The last messages of both sides, oldest first, at most <see cref="ConversationState.TailLength"/>; without <paramref name="Message"/>.</param>
/// <param name="Identity">Who the customer has proved to be, while that still holds.</param>
/// <param name="Pending">What the assistant asked for last and still waits for.</param>
public sealed record RunContext(
    string ConversationId,
    Interaction Message,
    long Sequence,
    string CustomerId,
    ImmutableArray<TranscriptLine> History,
    ProvenIdentity? Identity,
    PendingRequest? Pending,
    string? TicketId,
    int FailedProofs) : Reply
{
    /// <summary>The procedure that the assistant is in the middle of; null: none.</summary>
    public ActiveProcedure? Procedure { get; init; }

    /// <summary>What chat models took for this conversation so far; null: nothing.</summary>
    public ModelSpend? Spent { get; init; }

    /// <summary>How often the assistant gave this conversation to people before.</summary>
    public int Handoffs { get; init; }
}

/// <summary>One message of a transcript, shortened to <see cref="MaxText"/> characters.</summary>
public sealed record TranscriptLine(long Sequence, Author Author, string Text, DateTimeOffset At)
{
    public const int MaxText = 1_000;
}

/// <summary>Who wrote a message. An agent is a person; the assistant is the machine.</summary>
public enum Author
{
    Customer,
    Assistant,
    Agent,
    System,
}
