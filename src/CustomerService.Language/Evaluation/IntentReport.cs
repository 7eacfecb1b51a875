using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>How well intents are told on examples. All shares are 0…1.</summary>
/// <param name="Examples">How many were classified.</param>
/// <param name="Accuracy">The share whose best intent is right; an example of no known intent is right when it comes out as unknown.</param>
/// <param name="DecidedAccuracy">The share whose primary intent is right, so that a right best intent that was not trusted is wrong.</param>
/// <param name="MacroF1">The mean of the labels' F1, by the best intents, each label counting the same.</param>
/// <param name="UnknownShare">The share that came out as unknown.</param>
/// <param name="AnsweredAccuracy">The share that is right among those that did not come out as unknown.</param>
/// <param name="CalibrationError">The expected calibration error over ten bands: how far, in the mean, confidences are from the share of best intents that are right.</param>
/// <param name="KnownAuroc">The chance that a message of a known intent has more confidence than one of no known intent; NaN where there are not both.</param>
/// <param name="MessagesPerSecond">Classified on one thread, by the clock.</param>
/// <param name="Labels">By label, in ordinal order.</param>
/// <param name="Bands">Confidence beside what became of it.</param>
/// <param name="Confusions">All mistakes of best intents, the most frequent first.</param>
public sealed record IntentReport(
    int Examples, double Accuracy, double DecidedAccuracy, double MacroF1, double UnknownShare, double AnsweredAccuracy, double CalibrationError, double KnownAuroc,
    double MessagesPerSecond, ImmutableArray<LabelReport> Labels, ImmutableArray<CalibrationBand> Bands, ImmutableArray<Confusion> Confusions)
{
    private const int BandCount = 10;

    internal static IntentReport From(IReadOnlyList<IntentVerdict> verdicts, double messagesPerSecond)
    {
        var answers = verdicts.Select(verdict => verdict.IsOfUnknown ? verdict.Primary : verdict.Best).ToList();
        var claims = answers.CountBy(label => label).ToDictionary();
        var labels = verdicts.GroupBy(verdict => verdict.Actual).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var found = group.Count(verdict => verdict.IsRight);
            return new LabelReport(group.Key, group.Count(), Share(found, claims.GetValueOrDefault(group.Key)), Share(found, group.Count()));
        }).ToImmutableArray();
        var confusions = verdicts.Zip(answers).Where(pair => !pair.First.IsRight)
            .CountBy(pair => (pair.First.Actual, pair.Second))
            .Select(pair => new Confusion(pair.Key.Actual, pair.Key.Second, pair.Value))
            .OrderByDescending(confusion => confusion.Count).ThenBy(confusion => confusion.Actual, StringComparer.Ordinal).ThenBy(confusion => confusion.Predicted, StringComparer.Ordinal)
            .ToImmutableArray();
        var answered = verdicts.Where(verdict => verdict.Primary != IntentRanking.Unknown).ToList();
        var bands = BandsOf(verdicts);
        return new IntentReport(
            verdicts.Count,
            Share(verdicts.Count(verdict => verdict.IsRight), verdicts.Count),
            Share(verdicts.Count(verdict => verdict.Primary == verdict.Actual), verdicts.Count),
            labels.Average(label => label.F1),
            Share(verdicts.Count - answered.Count, verdicts.Count),
            Share(answered.Count(verdict => verdict.Primary == verdict.Actual), answered.Count),
            bands.Sum(band => band.Examples * Math.Abs(band.Confidence - band.Right)) / verdicts.Count,
            AurocOf(verdicts),
            messagesPerSecond, labels, bands, confusions);
    }

    /// <summary>The whole, as lines for people.</summary>
    public override string ToString() => IntentReportText.Of(this);

    private static ImmutableArray<CalibrationBand> BandsOf(IReadOnlyList<IntentVerdict> verdicts) =>
    [
        .. verdicts.GroupBy(verdict => Math.Min(BandCount - 1, (int)(verdict.Confidence * BandCount))).OrderBy(band => band.Key).Select(band => new CalibrationBand(
            band.Key / (double)BandCount, band.Count(), band.Average(verdict => verdict.Confidence), Share(band.Count(verdict => verdict.Best == verdict.Actual), band.Count()))),
    ];

    /// <summary>By the sum of ranks (Mann and Whitney); equal confidences share their ranks.</summary>
    private static double AurocOf(IReadOnlyList<IntentVerdict> verdicts)
    {
        var ranks = 0.0;
        var below = 0;
        foreach (var equal in verdicts.GroupBy(verdict => verdict.Confidence).OrderBy(group => group.Key))
        {
            ranks += equal.Count(verdict => !verdict.IsOfUnknown) * (below + (equal.Count() + 1) / 2.0);
            below += equal.Count();
        }

        double known = verdicts.Count(verdict => !verdict.IsOfUnknown);
        var unknown = verdicts.Count - known;
        return known == 0 || unknown == 0 ? double.NaN : (ranks - known * (known + 1) / 2) / (known * unknown);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

/// <summary>How well one label is told; shares 0…1.</summary>
public sealed record LabelReport(string Label, int Examples, double Precision, double Recall)
{
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}

/// <summary>The examples whose confidence lies within a tenth from <paramref name="From"/> on: their mean confidence, and the share of best intents that are right.</summary>
public sealed record CalibrationBand(double From, int Examples, double Confidence, double Right);

/// <summary>A mistake and how often it was made.</summary>
public sealed record Confusion(string Actual, string Predicted, int Count);
