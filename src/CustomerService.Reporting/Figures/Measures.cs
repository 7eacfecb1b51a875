namespace CustomerService.Reporting.Figures;

/// <summary>Half of the values, and nine of ten, are at most this; both are values that occurred.</summary>
/// <param name="Count">Of how many.</param>
public sealed record Quantiles(int Count, double P50, double P90)
{
    /// <returns>Null: there are none.</returns>
    public static Quantiles? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : new Quantiles(sorted.Length, At(sorted, 0.5), At(sorted, 0.9));
    }

    /// <summary>Nearest rank.</summary>
    private static double At(double[] sorted, double part) => sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)];
}

/// <summary>The same figures of whatever cases are put together: all of a time, one channel's, one hour's. Times are in seconds.</summary>
public sealed record Measures
{
    /// <summary>Cases that began.</summary>
    public required int Cases { get; init; }

    /// <summary>Of them: answered by the assistant or a person, or given to people. The others wait for their first answer.</summary>
    public required int TakenUp { get; init; }

    /// <summary>Of those: the assistant answered, and no person was asked for and none wrote. One that goes to a person later no longer counts.</summary>
    public required int Automated { get; init; }

    public required int HandedOff { get; init; }

    /// <summary>Given to people, and over without one of them having spoken.</summary>
    public required int Abandoned { get; init; }

    public required int Settled { get; init; }

    /// <summary>Of the settled ones, or those that were: the customer wrote again.</summary>
    public required int Reopened { get; init; }

    /// <summary>From the first message to the first answer, by the assistant or a person.</summary>
    public Quantiles? FirstResponse { get; init; }

    /// <summary>From the handoff to a person's first word.</summary>
    public Quantiles? PersonResponse { get; init; }

    /// <summary>From the first message until it was settled; what is not settled has none.</summary>
    public Quantiles? Resolution { get; init; }

    public required int PromisesKept { get; init; }

    public required int PromisesBroken { get; init; }

    public required int Ratings { get; init; }

    /// <summary>Mean of the ratings, 1 to 5.</summary>
    public double? Satisfaction { get; init; }

    /// <summary>Mean of the first messages' sentiment, −1…1, and of the last ones'.</summary>
    public double? FirstSentiment { get; init; }

    /// <inheritdoc cref="FirstSentiment"/>
    public double? LastSentiment { get; init; }

    /// <summary><see cref="Automated"/> of <see cref="TakenUp"/>, 0…1; null: nothing was taken up.</summary>
    public double? AutomationRate => Share(Automated, TakenUp);

    /// <summary>Promises of a person's first answer that were kept, 0…1; null: none was due.</summary>
    public double? ServiceLevel => Share(PromisesKept, PromisesKept + PromisesBroken);

    public static Measures Of(IReadOnlyCollection<CaseRow> cases) => new()
    {
        Cases = cases.Count,
        TakenUp = cases.Count(row => row.IsTakenUp),
        Automated = cases.Count(row => row.IsAutomated),
        HandedOff = cases.Count(row => row.HandedOffAt is not null),
        Abandoned = cases.Count(row => row.IsAbandoned),
        Settled = cases.Count(row => row.SettledAt is not null),
        Reopened = cases.Count(row => row.Reopenings > 0),
        FirstResponse = Quantiles.Of(Given(cases, row => row.FirstResponseSeconds)),
        PersonResponse = Quantiles.Of(Given(cases, row => row.PersonSeconds)),
        Resolution = Quantiles.Of(Given(cases, row => row.ResolutionSeconds)),
        PromisesKept = cases.Sum(row => row.PromisesKept),
        PromisesBroken = cases.Sum(row => row.PromisesBroken),
        Ratings = cases.Count(row => row.Rating is not null),
        Satisfaction = Mean(Given(cases, row => row.Rating)),
        FirstSentiment = Mean(Given(cases, row => row.FirstSentiment)),
        LastSentiment = Mean(Given(cases, row => row.LastSentiment)),
    };

    internal static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;

    internal static double? Mean(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Length == 0 ? null : all.Average();
    }

    private static IEnumerable<double> Given(IEnumerable<CaseRow> cases, Func<CaseRow, double?> value) => cases.Select(value).OfType<double>();
}
