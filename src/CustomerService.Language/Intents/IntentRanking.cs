using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>What a customer wants, best guess first.</summary>
/// <param name="Primary">The best intent, or <see cref="Unknown"/> when it is not certain enough or the message is about nothing we know.</param>
/// <param name="Confidence">The best intent's calibrated probability, 0…1, also when it was too low to be named; 0 when there is none.</param>
/// <param name="Ranked">The best intents, at most five, highest confidence first, never <see cref="Unknown"/>; the second and following are the secondary intents.</param>
public sealed record IntentRanking(string Primary, double Confidence, ImmutableArray<IntentScore> Ranked)
{
    /// <summary>The primary intent of a message that fits none; also the label of training examples that belong to none.</summary>
    public const string Unknown = "unknown";

    /// <summary>Nothing could be told.</summary>
    public static IntentRanking None { get; } = new(Unknown, 0, []);
}

/// <summary>An intent and its calibrated probability, 0…1.</summary>
public readonly record struct IntentScore(string Intent, double Confidence);
