namespace CustomerService.Language;

/// <summary>The four levels of urgency.</summary>
internal static class UrgencyLevel
{
    public const string Critical = "critical";

    private const double CriticalFrom = 0.85;
    private const double EnoughAlone = 0.6;
    private const double EnoughBesideAWord = 0.15;

    private static readonly (string Label, double From, double Value)[] Levels = [("low", 0, 0.1), ("normal", 0.22, 0.35), ("high", 0.55, 0.7), (Critical, CriticalFrom, 0.97)];

    /// <summary>A listed phrase of this weight or more speaks of danger or outage, not only of haste.</summary>
    public const float DangerWeight = 0.6f;

    /// <summary>From here on the model has learnt of danger or outage.</summary>
    public const double DangerScore = 0.8;

    /// <summary>However pressing, a message without danger or outage is not critical.</summary>
    public const double WithoutDanger = 0.84;

    public static IEnumerable<string> Names => Levels.Select(level => level.Label);

    /// <summary>
    /// The least score of a message that the model finds critical with this probability: "the socket hums and is hot" is, however calm its words. Where a phrase of
    /// danger is listed too, two witnesses agree and the model need not be sure. Asking for less finds more dangers, and calls more of what is merely dramatic one.
    /// </summary>
    public static double Least(double critical, bool isListed)
    {
        var enough = isListed ? EnoughBesideAWord : EnoughAlone;
        return critical < enough ? 0 : CriticalFrom + (1 - CriticalFrom) * (critical - enough) / (1 - enough);
    }

    /// <summary>The level of a score, 0…1.</summary>
    public static string Of(double score) => Levels.Last(level => score >= level.From).Label;

    /// <summary>What each of the head's labels stands for, in their order.</summary>
    public static double[] ValuesOf(LinearHead head) => [.. head.Labels.Select(label => Array.Find(Levels, level => level.Label == label).Value)];
}
