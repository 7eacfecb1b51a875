using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>What a customer wants, best guess first.</summary>
/// <param name="Primary">The best intent, or <see cref="Unknown"/> when it is not certain enough or the message is about nothing we know.</param>
/// <param name="Confidence">The best intent's calibrated probability, 0…1, also when it was too low to be named; 0 when there is none.</param>
/// <param name="Ranked">The best intents, at most five, highest confidence first, never <see cref="Unknown"/>. Their confidences and that of the message being about none of the known intents add up to 1 at most.</param>
public sealed record IntentRanking(string Primary, double Confidence, ImmutableArray<IntentScore> Ranked)
{
    /// <summary>The primary intent of a message that fits none; also the label of training examples that belong to none.</summary>
    public const string Unknown = "unknown";

    /// <summary>From this confidence on an intent that is not the best is wanted too, or may be meant instead.</summary>
    public const double SecondaryFrom = 0.1;

    /// <summary>Nothing could be told.</summary>
    public static IntentRanking None { get; } = new(Unknown, 0, []);

    /// <summary>What parts of the message (a sentence, what follows an "and") surely want when read by themselves, other than the primary; courtesies left out.</summary>
    public ImmutableArray<IntentScore> OfParts { get; init; } = [];

    /// <summary>
    /// What the message wants too, or may mean instead: what its parts want, then all of <see cref="SecondaryFrom"/> or more but the primary, each once. Of a message about
    /// two things one is the primary intent and the other is here.
    /// </summary>
    public IEnumerable<IntentScore> Secondary => OfParts.Concat(Ranked.Where(score => score.Confidence >= SecondaryFrom && score.Intent != Primary)).DistinctBy(score => score.Intent);
}

/// <summary>An intent and its calibrated probability, 0…1.</summary>
public readonly record struct IntentScore(string Intent, double Confidence);
