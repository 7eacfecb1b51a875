using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;

namespace CustomerService.Reporting.Conversations;

/// <summary>A conversation as lists show it. It follows the conversation's own record within moments; whoever acts asks the conversation itself.</summary>
public sealed record ConversationRow
{
    /// <summary>The most characters of <see cref="LastText"/> and <see cref="Subject"/>.</summary>
    public const int MaxText = 160;

    public required string Id { get; init; }

    public required ConversationStatus Status { get; init; }

    public DateTimeOffset StatusSince { get; init; }

    /// <summary>Where it waits, or from which its agent got it; null: people have nothing to do with it.</summary>
    public string? Queue { get; init; }

    /// <summary>Who holds it, or wraps it up.</summary>
    public string? AgentId { get; init; }

    /// <summary>Who has it, or had it last in this matter; null: nobody yet.</summary>
    public string? LastAgentId { get; init; }

    /// <summary>The agents whom it is offered to.</summary>
    public ImmutableArray<string> OfferedTo { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>0…10; higher is served first.</summary>
    public int Priority { get; init; }

    /// <summary>One of <see cref="ChannelNames.All"/>.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Which of our numbers, mailboxes or pages it came to; null: the chat.</summary>
    public string? Account { get; init; }

    /// <summary>Whose it is, as the channel knows them.</summary>
    public string Address { get; init; } = "";

    /// <summary>Whose record it belongs to: the customer whom the address is linked to, else the address's own.</summary>
    public string CustomerId { get; init; } = "";

    /// <summary>The name in the customer's record, or the one they proved, or the one that the channel gave; null: not known.</summary>
    public string? CustomerName { get; init; }

    /// <summary>The name that the channel gave with the last message that had one, such as a mail's; anybody can write any. Null: none came.</summary>
    public string? AddressName { get; init; }

    /// <summary>The customer's tier at the handoff, such as <c>gold</c>; null: it was not given to people, or the tier is not known.</summary>
    public string? Tier { get; init; }

    /// <summary>What the customer writes in, ISO 639-1; null: not known.</summary>
    public string? Language { get; init; }

    /// <summary>What is wanted, by the last message that was understood; null: none yet.</summary>
    public string? Intent { get; init; }

    /// <summary>−1…1, of that message.</summary>
    public double? Sentiment { get; init; }

    /// <summary>A mail's subject line, shortened; null: there is none.</summary>
    public string? Subject { get; init; }

    /// <summary>The beginning of the last message of either side, on one line.</summary>
    public string LastText { get; init; } = "";

    public Author LastBy { get; init; }

    public DateTimeOffset LastMessageAt { get; init; }

    /// <summary>The customer's oldest message to people that no person has answered; null: it is the customer's turn, or the assistant's.</summary>
    public DateTimeOffset? UnansweredSince { get; init; }

    /// <summary>How many messages both sides have written.</summary>
    public long Messages { get; init; }

    /// <summary>Since when it waits in a line for a person.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the promise is due, or was; null: nothing is promised, or the clock stands still.</summary>
    public DateTimeOffset? FirstResponseDue { get; init; }

    /// <inheritdoc cref="FirstResponseDue"/>
    public DateTimeOffset? NextResponseDue { get; init; }

    /// <inheritdoc cref="FirstResponseDue"/>
    public DateTimeOffset? ResolutionDue { get; init; }

    /// <summary>The soonest of the promises that are still owed; one in the past is broken.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue => new[] { FirstResponseDue, NextResponseDue, ResolutionDue }.Min();

    /// <summary>Whether a promise that is still owed was broken.</summary>
    public bool Breached { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Where the customer is to be called back; null: nowhere.</summary>
    public string? CallbackTo { get; init; }

    /// <summary>1 (bad) to 5 (very good); null: not rated.</summary>
    public int? Rating { get; init; }

    /// <summary>How the last message that ran through a pipeline was dealt with, one of <see cref="ResolutionTypes"/>; null: none was yet.</summary>
    public string? ResolutionType { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>Since when it is settled; null: it is not.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The conversation's last journal sequence that the row knows of; it rises with each change.</summary>
    public long Version { get; init; }
}
