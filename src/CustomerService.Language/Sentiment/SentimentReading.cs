using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>A customer's mood.</summary>
/// <param name="Score">From -1 (outraged) over 0 (matter-of-fact) to 1 (delighted).</param>
/// <param name="Emotions">Of anger, frustration, sadness, fear, confusion, joy, gratitude those that show, strongest first; often none.</param>
/// <param name="Urgency">low, normal, high or critical (danger, outage).</param>
/// <param name="UrgencyScore">0…1; from 0.22 on normal, 0.55 high, 0.85 critical.</param>
public sealed record SentimentReading(double Score, ImmutableArray<string> Emotions, string Urgency, double UrgencyScore)
{
    /// <summary>Nothing could be told.</summary>
    public static SentimentReading Neutral { get; } = new(0, [], "normal", 0.3);
}
