namespace CustomerService.Language;

/// <summary>The five steps by which the sentiment model learns a score, and the way back from its probabilities.</summary>
internal static class SentimentScale
{
    private static readonly (string Label, double From, double Value)[] Steps =
    [
        ("outraged", -1, -0.85), ("displeased", -0.65, -0.45), ("neutral", -0.15, 0), ("pleased", 0.15, 0.5), ("delighted", 0.65, 0.8),
    ];

    public static string LabelOf(double score) => Steps.Last(step => score >= step.From).Label;

    /// <summary>The mean of the steps' values, weighted by the model's confidences.</summary>
    public static double Score(LinearModel model, NgramCounts ngrams) => WeightedMean.Of(model, ngrams, static label => Array.Find(Steps, step => step.Label == label).Value);
}
