using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CustomerService.Grains.Conversations;

/// <summary>A conversation's own record. Bounded: the transcript is in the journal, only its tail is here.</summary>
public sealed record ConversationState
{
    /// <summary>How many of the last messages of both sides are kept here.</summary>
    public const int TailLength = 10;

    /// <summary>How many message ids are remembered, to know a repeated message.</summary>
    public const int RememberedIds = 256;

    /// <summary>How many messages may wait for their runs; more are refused, so that the record stays bounded.</summary>
    public const int MaxWaiting = 256;

    /// <summary>How many characters the waiting messages may have together.</summary>
    public const int MaxWaitingText = 1_000_000;

    public required string Id { get; init; }

    public ConversationStatus Status { get; init; }

    public string Channel { get; init; } = "";

    /// <summary>Whose conversation it is; the first message decides.</summary>
    public string Address { get; init; } = "";

    public string CustomerId { get; init; } = "";

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

    public string? Queue { get; init; }

    public string? AgentId { get; init; }

    /// <summary>The offer by which the agent got the conversation.</summary>
    public string? OfferId { get; init; }

    public string? TicketId { get; init; }

    public MessageSignals? LastSignals { get; init; }

    public HandoffPackage? Handoff { get; init; }

    public long DeliveredUpTo { get; init; }

    public long ReadUpTo { get; init; }
}

/// <summary>A message that waits for its run.</summary>
public sealed record WaitingMessage(long Sequence, Interaction Interaction, DateTimeOffset AcceptedAt);

/// <summary>An id that was dealt with, and the last sequence then: a message of that author, or (by the system) a command or an offer.</summary>
public readonly record struct RememberedMessage(
    string Id, long Sequence, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Author By = Author.Customer);
