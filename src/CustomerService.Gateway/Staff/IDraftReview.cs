using System.Collections.Immutable;

namespace CustomerService.Gateway.Staff;

/// <summary>Holds what a person wants to send against the owner's rules. The composition's; where there is none, people's messages are sent as they are.</summary>
public interface IDraftReview
{
    ValueTask<DraftReview> ReviewAsync(Draft draft, CancellationToken cancellation);

    /// <summary>A text without personal details, for the journal.</summary>
    string Redacted(string text);
}

/// <summary>A text that a person wants to send, and what it answers.</summary>
/// <param name="Text">As it would be sent.</param>
/// <param name="Channel">Such as <c>chat</c>.</param>
public sealed record Draft(string Text, string Channel)
{
    /// <summary>The customer's, ISO 639-1; null: not known.</summary>
    public string? Language { get; init; }

    /// <summary>The customer's tier; null: not known.</summary>
    public string? Tier { get; init; }

    /// <summary>What the customer wants; null: not known.</summary>
    public string? Intent { get; init; }

    /// <summary>The customer's mood, −1…1.</summary>
    public double Sentiment { get; init; }

    /// <summary>The last things that the customer wrote, oldest first.</summary>
    public ImmutableArray<string> Customer { get; init; } = [];

    /// <summary>The last things that people wrote to the customer, oldest first.</summary>
    public ImmutableArray<string> People { get; init; } = [];

    /// <summary>The last things that the assistant wrote to the customer, oldest first.</summary>
    public ImmutableArray<string> Assistant { get; init; } = [];
}

/// <summary>What the gate says of a draft.</summary>
/// <param name="Score">The mean of compliance, tone and accuracy, 0 to 1.</param>
/// <param name="Passed">Whether an assistant could send it.</param>
/// <param name="Redacted">The text with marks such as <c>[card]</c> where details stand that must not be shown.</param>
public sealed record DraftReview(
    double Score, bool Passed, double Compliance, double Tone, double Accuracy, ImmutableArray<DraftFinding> Findings, string Redacted);

/// <summary>Something that is wrong with a draft.</summary>
/// <param name="Check"><c>compliance</c>, <c>tone</c> or <c>accuracy</c>.</param>
/// <param name="Kind">A stable word for programs, such as <c>card</c> or <c>form_of_address</c>.</param>
/// <param name="Issue">What is wrong, in a sentence.</param>
/// <param name="Suggestion">What to do about it.</param>
/// <param name="Blocks">Whether the message is not sent because of it.</param>
/// <param name="Final">Whether it blocks even where the agent says why it must be sent.</param>
public sealed record DraftFinding(string Check, string Kind, string Issue, string Suggestion, bool Blocks, bool Final);
