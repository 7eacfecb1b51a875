namespace CustomerService.Language;

/// <summary>The four levels of urgency.</summary>
internal static class UrgencyLevel
{
    private static readonly (string Label, double From, double Value)[] Levels = [("low", 0, 0.1), ("normal", 0.22, 0.35), ("high", 0.55, 0.7), ("critical", 0.85, 0.97)];

    /// <summary>A listed phrase of this weight or more speaks of danger or outage, not only of haste.</summary>
    public const float DangerWeight = 0.6f;

    /// <summary>From here on the model has learnt of danger or outage.</summary>
    public const double DangerScore = 0.8;

    /// <summary>However pressing, a message without danger or outage is not critical.</summary>
    public const double WithoutDanger = 0.84;

    public static IEnumerable<string> Names => Levels.Select(level => level.Label);

    /// <summary>The level of a score, 0…1.</summary>
    public static string Of(double score) => Levels.Last(level => score >= level.From).Label;

    /// <summary>What each of the head's labels stands for, in their order.</summary>
    public static double[] ValuesOf(LinearHead head) => [.. head.Labels.Select(label => Array.Find(Levels, level => level.Label == label).Value)];
}
