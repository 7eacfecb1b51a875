using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;

namespace CustomerService.Reporting.Figures;

/// <summary>
/// One matter of a customer, as figures count it: from their first message until it is closed. A message to a resolved conversation goes on with the same case, one to a closed
/// conversation begins another.
/// </summary>
public sealed record CaseRow
{
    /// <summary>So many response times of one agent are kept of one case.</summary>
    internal const int MostResponses = 50;

    /// <summary>Empty: the conversation is erased, and nobody can tell any more which one it was.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Which case of the conversation, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The customer's first message.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    public string Channel { get; init; } = "";

    /// <summary>ISO 639-1; null: not known.</summary>
    public string? Language { get; init; }

    /// <summary>What the customer wanted last, courtesies left aside; null: nothing was understood.</summary>
    public string? Intent { get; init; }

    /// <summary>The last queue that it stood in; null: none.</summary>
    public string? Queue { get; init; }

    /// <summary>The customer's tier at the handoff.</summary>
    public string? Tier { get; init; }

    public int CustomerMessages { get; init; }

    public int AssistantMessages { get; init; }

    public int PersonMessages { get; init; }

    /// <summary>The first answer, by the assistant or a person.</summary>
    public DateTimeOffset? FirstResponseAt { get; init; }

    /// <summary>When it was first given to people.</summary>
    public DateTimeOffset? HandedOffAt { get; init; }

    public int Handoffs { get; init; }

    /// <summary>A person's first message or call after that.</summary>
    public DateTimeOffset? FirstPersonAt { get; init; }

    /// <summary>Since when it is settled; null: it is not.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    public bool Closed { get; init; }

    /// <summary>How often the customer wrote again after it was settled.</summary>
    public int Reopenings { get; init; }

    /// <summary>1 (bad) to 5 (very good), the last word counts; null: not rated.</summary>
    public int? Rating { get; init; }

    /// <summary>−1…1, of the first message that was understood, and of the last.</summary>
    public double? FirstSentiment { get; init; }

    /// <inheritdoc cref="FirstSentiment"/>
    public double? LastSentiment { get; init; }

    /// <summary>Promises of a first person's answer that were kept, and that were not; one that nobody was there to keep counts in neither.</summary>
    public int PromisesKept { get; init; }

    /// <inheritdoc cref="PromisesKept"/>
    public int PromisesBroken { get; init; }

    /// <summary>The customer's oldest message that nobody has answered.</summary>
    public DateTimeOffset? UnansweredSince { get; init; }

    /// <summary>What each agent had of it, in order.</summary>
    public ImmutableArray<CasePart> Parts { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The assistant answered and no person was asked for: so far nobody else had to do anything.</summary>
    [JsonIgnore]
    public bool IsAutomated => AssistantMessages > 0 && HandedOffAt is null && PersonMessages == 0;

    /// <summary>Somebody answered, or it went to people.</summary>
    [JsonIgnore]
    public bool IsTakenUp => AssistantMessages > 0 || HandedOffAt is not null || PersonMessages > 0;

    /// <summary>It went to people and was over without one of them having spoken.</summary>
    [JsonIgnore]
    public bool IsAbandoned => HandedOffAt is not null && SettledAt is not null && FirstPersonAt is null;

    /// <summary>Seconds to the first answer.</summary>
    [JsonIgnore]
    public double? FirstResponseSeconds => (FirstResponseAt - OpenedAt)?.TotalSeconds;

    /// <summary>Seconds from the handoff to a person's first word.</summary>
    [JsonIgnore]
    public double? PersonSeconds => (FirstPersonAt - HandedOffAt)?.TotalSeconds;

    /// <summary>Seconds from the first message until it was settled.</summary>
    [JsonIgnore]
    public double? ResolutionSeconds => (SettledAt - OpenedAt)?.TotalSeconds;
}

/// <summary>How an agent's part of a case ended.</summary>
public enum PartEnd
{
    /// <summary>They have it still.</summary>
    None,

    /// <summary>They settled it.</summary>
    Settled,

    /// <summary>It went back to a queue, or on to another.</summary>
    PassedOn,

    /// <summary>Put away until later.</summary>
    PutAway,
}

/// <summary>What one agent had of a case, from the assignment on.</summary>
public sealed record CasePart
{
    public required string AgentId { get; init; }

    public required DateTimeOffset From { get; init; }

    public PartEnd End { get; init; }

    /// <summary>Since when it is in their hands without a break; null: it is not.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>How long it was in their hands before <see cref="HeldSince"/>, on hold or not, wrap-up with it.</summary>
    public double HeldSeconds { get; init; }

    public int Messages { get; init; }

    /// <summary>Of each answer: from the customer's oldest unanswered message, or from the assignment if that was later.</summary>
    public ImmutableArray<int> ResponseSeconds { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Suggested replies that were sent, changed or not, and those that were looked at and left.</summary>
    public int SuggestionsTaken { get; init; }

    /// <inheritdoc cref="SuggestionsTaken"/>
    public int SuggestionsLeft { get; init; }

    /// <summary>1 to 5, where the customer's word was about this agent.</summary>
    public int? Rating { get; init; }
}

/// <summary>How cases are kept.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CaseRow))]
internal sealed partial class CaseRowJson : JsonSerializerContext;
