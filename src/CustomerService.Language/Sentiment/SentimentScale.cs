namespace CustomerService.Language;

/// <summary>The five steps by which the sentiment model learns a score, and what they stand for.</summary>
internal static class SentimentScale
{
    private static readonly (string Label, double From, double Value)[] Steps =
    [
        ("outraged", -1, -0.85), ("displeased", -0.65, -0.45), ("neutral", -0.15, 0), ("pleased", 0.15, 0.5), ("delighted", 0.65, 0.8),
    ];

    public static string LabelOf(double score) => Steps.Last(step => score >= step.From).Label;

    /// <summary>What each of the head's labels stands for, in their order.</summary>
    public static double[] ValuesOf(LinearHead head) => [.. head.Labels.Select(label => Array.Find(Steps, step => step.Label == label).Value)];
}
