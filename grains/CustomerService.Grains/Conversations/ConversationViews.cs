using System.Collections.Immutable;
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
    long ReadUpTo) : Reply;

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
    int FailedProofs) : Reply;

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
