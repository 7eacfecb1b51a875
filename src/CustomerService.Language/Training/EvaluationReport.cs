using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CustomerService.Language;

/// <summary>How well a model does on examples. All shares are 0…1.</summary>
/// <param name="Examples">How many were classified.</param>
/// <param name="Accuracy">The share whose best label is right, before the threshold.</param>
/// <param name="MacroF1">The mean of the labels' F1, each label counting the same.</param>
/// <param name="UnknownShare">The share that came out as unknown, under the threshold.</param>
/// <param name="AnsweredAccuracy">The share that is right among those that did not come out as unknown.</param>
/// <param name="CalibrationError">How far confidences are from what they promise: the mean distance, over ten bands, between confidence and share right.</param>
/// <param name="MessagesPerSecond">Classified on one thread.</param>
/// <param name="Labels">By label, in ordinal order.</param>
/// <param name="Confusions">The most frequent mistakes, at most 15.</param>
public sealed record EvaluationReport(
    int Examples, double Accuracy, double MacroF1, double UnknownShare, double AnsweredAccuracy, double CalibrationError, double MessagesPerSecond,
    ImmutableArray<LabelReport> Labels, ImmutableArray<Confusion> Confusions)
{
    private const int Bands = 10;
    private const int MaxConfusions = 15;

    internal static EvaluationReport From(IReadOnlyList<Verdict> verdicts, double messagesPerSecond)
    {
        var labels = verdicts.GroupBy(verdict => verdict.Actual).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var found = group.Count(verdict => verdict.Top == verdict.Actual);
            var claimed = verdicts.Count(verdict => verdict.Top == group.Key);
            return new LabelReport(group.Key, group.Count(), Share(found, claimed), Share(found, group.Count()));
        }).ToImmutableArray();
        var confusions = verdicts.Where(verdict => verdict.Top != verdict.Actual)
            .GroupBy(verdict => (verdict.Actual, verdict.Top))
            .Select(group => new Confusion(group.Key.Actual, group.Key.Top, group.Count()))
            .OrderByDescending(confusion => confusion.Count).ThenBy(confusion => confusion.Actual, StringComparer.Ordinal).ThenBy(confusion => confusion.Predicted, StringComparer.Ordinal)
            .Take(MaxConfusions).ToImmutableArray();
        var answered = verdicts.Where(verdict => verdict.Answered != IntentRanking.Unknown).ToList();
        return new EvaluationReport(
            verdicts.Count,
            Share(verdicts.Count(IsRight), verdicts.Count),
            labels.Average(label => label.F1),
            Share(verdicts.Count - answered.Count, verdicts.Count),
            Share(answered.Count(verdict => verdict.Answered == verdict.Actual), answered.Count),
            CalibrationErrorOf(verdicts),
            messagesPerSecond, labels, confusions);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Line($"examples {Examples}   accuracy {Accuracy:0.0000}   macro-F1 {MacroF1:0.0000}   calibration error {CalibrationError:0.000}");
        Line($"unknown {UnknownShare:0.0%}   accuracy of the answered {AnsweredAccuracy:0.0000}   {MessagesPerSecond:0} messages/s");
        Line($"");
        var width = Math.Max(5, Labels.Max(label => label.Label.Length));
        Line($"{"label".PadRight(width)}  examples  precision  recall      F1");
        foreach (var label in Labels)
            Line($"{label.Label.PadRight(width)}  {label.Examples,8}  {label.Precision,9:0.000}  {label.Recall,6:0.000}  {label.F1,6:0.000}");
        if (Confusions.Length > 0)
        {
            Line($"");
            Line($"most confused");
            foreach (var confusion in Confusions)
                Line($"{confusion.Count,6} × {confusion.Actual} taken for {confusion.Predicted}");
        }

        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static bool IsRight(Verdict verdict) => verdict.Top == verdict.Actual;

    private static double CalibrationErrorOf(IReadOnlyList<Verdict> verdicts) => verdicts
        .Where(verdict => verdict.Actual != IntentRanking.Unknown)
        .GroupBy(verdict => Math.Min(Bands - 1, (int)(verdict.Confidence * Bands)))
        .Sum(band => Math.Abs(band.Sum(verdict => verdict.Confidence) - band.Count(IsRight))) / verdicts.Count;

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

/// <summary>How well one label is told; shares 0…1.</summary>
public sealed record LabelReport(string Label, int Examples, double Precision, double Recall)
{
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}

/// <summary>A mistake and how often it was made.</summary>
public sealed record Confusion(string Actual, string Predicted, int Count);
