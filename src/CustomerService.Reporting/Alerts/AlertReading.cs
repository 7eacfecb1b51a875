namespace CustomerService.Reporting.Alerts;

/// <summary>A rule's figure as it is now.</summary>
/// <param name="Subject">Of which queue, channel, …; empty: of all.</param>
/// <param name="Value">Null: nobody can tell, as of too few cases.</param>
/// <param name="Usual">What it is held against; null: against no past, or too little of it is known.</param>
public sealed record AlertReading(string Subject, double? Value, Usual? Usual = null);

/// <summary>What is usual of a count.</summary>
/// <param name="AtMost">More than this is unusual.</param>
public sealed record Usual(double Mean, double AtMost)
{
    /// <summary>Of fewer periods nothing is known to be usual.</summary>
    public const int LeastPeriods = 3;

    /// <summary>From counts of periods of the same length. People come at random, so a count spreads by the root of its mean at least.</summary>
    /// <returns>Null: there are too few.</returns>
    public static Usual? Of(IReadOnlyCollection<int> past, SpikeTerms terms)
    {
        if (past.Count < Math.Min(LeastPeriods, terms.Periods))
            return null;
        var mean = past.Average();
        var variance = past.Count > 1 ? past.Sum(count => (count - mean) * (count - mean)) / (past.Count - 1) : 0;
        return new Usual(mean, mean + terms.Deviations * Math.Sqrt(Math.Max(variance, Math.Max(1, mean))));
    }
}
