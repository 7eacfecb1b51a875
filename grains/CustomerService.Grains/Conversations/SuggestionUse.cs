using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

/// <summary>What an agent did with a suggested reply.</summary>
/// <param name="Id">The suggestion's own.</param>
/// <param name="Outcome">One of <see cref="SuggestionOutcomes"/>.</param>
/// <param name="Change">How much of it was changed: <c>none</c>, <c>light</c> or <c>heavy</c>; of one that was left, <c>none</c>.</param>
public sealed record SuggestionUse(string Id, string Outcome, string Change)
{
    /// <summary>The quality check's mean, 0…1; null: it said nothing.</summary>
    public double? Confidence { get; init; }

    /// <summary>What it rested on.</summary>
    public ImmutableArray<string> Sources { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>What becomes of suggestions.</summary>
public static class SuggestionOutcomes
{
    /// <summary>Sent as it was.</summary>
    public const string Accepted = "accepted";

    /// <summary>Sent after a change.</summary>
    public const string Edited = "edited";

    /// <summary>Looked at and left.</summary>
    public const string Rejected = "rejected";
}
