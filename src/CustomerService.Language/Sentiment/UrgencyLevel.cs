namespace CustomerService.Language;

/// <summary>The four levels of urgency.</summary>
internal static class UrgencyLevel
{
    private static readonly (string Label, double From, double Value)[] Levels = [("low", 0, 0.1), ("normal", 0.22, 0.35), ("high", 0.55, 0.7), ("critical", 0.85, 0.97)];

    public static IEnumerable<string> Names => Levels.Select(level => level.Label);

    /// <summary>The level of a score, 0…1.</summary>
    public static string Of(double score) => Levels.Last(level => score >= level.From).Label;

    /// <summary>The mean of the levels' values, weighted by the model's confidences.</summary>
    public static double Score(LinearModel model, NgramCounts ngrams) => WeightedMean.Of(model, ngrams, static label => Array.Find(Levels, level => level.Label == label).Value);
}
