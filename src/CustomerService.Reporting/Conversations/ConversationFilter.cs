using System.Collections.Immutable;
using CustomerService.Grains.Conversations;

namespace CustomerService.Reporting.Conversations;

/// <summary>Which conversations. What is left out asks for nothing; what is given must all hold.</summary>
public sealed record ConversationFilter
{
    /// <summary>All of them.</summary>
    public static ConversationFilter All { get; } = new();

    /// <summary>One of these; none: any.</summary>
    public ImmutableArray<ConversationStatus> Statuses { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>In one of these queues' lines, or held by an agent who got it from there; none: any.</summary>
    public ImmutableArray<string> Queues { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Who holds it now.</summary>
    public string? AgentId { get; init; }

    /// <summary>Who has it, or had it last: an agent's snoozed and settled ones too.</summary>
    public string? LastAgentId { get; init; }

    /// <summary>On offer to this agent.</summary>
    public string? OfferedTo { get; init; }

    /// <summary>Of one of these customers: the history over all channels. None: any.</summary>
    public ImmutableArray<string> Customers { get; init => field = value.IsDefault ? [] : value; } = [];

    public string? Channel { get; init; }

    public string? Language { get; init; }

    public string? Tier { get; init; }

    public string? Intent { get; init; }

    /// <summary>True: the customer wrote and no person has answered. False: everybody else, such as those who wait for the customer.</summary>
    public bool? Unanswered { get; init; }

    /// <summary>A promise is due before this, or was: with a few minutes from now, those at risk.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>The last message is no older.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The last message is older.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// Words of which each is in one message, in a private note, or in what the conversation is known by (customer's name, address, subject, its own id).
    /// Case, accents and marks do not matter; a word's beginning is enough. At most <see cref="MaxText"/> characters.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>More of a search text is left aside.</summary>
    public const int MaxText = 400;
}

/// <summary>How a list is sorted. All are stable: equal ones follow their ids.</summary>
public enum ConversationOrder
{
    /// <summary>The last message, newest first.</summary>
    NewestMessage,

    /// <summary>The last message, oldest first.</summary>
    OldestMessage,

    /// <summary>Only those that wait in a line, the longest wait first.</summary>
    LongestWaiting,

    /// <summary>Only those whose customers wrote and have no answer, the longest wait first.</summary>
    LongestUnanswered,

    /// <summary>Only those with a promise, the soonest first.</summary>
    DueSoonest,

    /// <summary>Only those put away, the soonest to come back first.</summary>
    SnoozedUntil,
}
