namespace CustomerService.Language;

/// <summary>How well mood is read on examples. Shares are 0…1.</summary>
/// <param name="Examples">How many were read.</param>
/// <param name="MeanError">The mean distance of sentiment scores from their labels, on the scale of -1 to 1.</param>
/// <param name="SignAgreement">The share on the right side of zero, of those that are not neutral.</param>
/// <param name="EmotionsTold">The share with one of the right emotions, or rightly none.</param>
/// <param name="UrgencyAccuracy">The share with the right level.</param>
/// <param name="CriticalRecall">Of the critical ones the share found; NaN where there are none.</param>
/// <param name="FalselyCritical">Of the others the share called critical.</param>
public sealed record MoodReport(int Examples, double MeanError, double SignAgreement, double EmotionsTold, double UrgencyAccuracy, double CriticalRecall, double FalselyCritical)
{
    private const string Critical = "critical";

    internal static MoodReport Of(MessageUnderstanding understanding, IReadOnlyList<MoodExample> examples)
    {
        var pairs = examples.Select(example => (Label: example, Read: understanding.Understand(example.Text).Sentiment)).ToList();
        return new MoodReport(
            pairs.Count,
            pairs.Average(pair => Math.Abs(pair.Label.Score - pair.Read.Score)),
            Share(pair => pair.Label.Score != 0, pair => Math.Sign(pair.Label.Score) == Math.Sign(pair.Read.Score)),
            Share(_ => true, pair => pair.Label.Emotions.IsEmpty ? pair.Read.Emotions.IsEmpty : pair.Read.Emotions.Any(pair.Label.Emotions.Contains)),
            Share(_ => true, pair => pair.Label.Urgency == pair.Read.Urgency),
            Share(pair => pair.Label.Urgency == Critical, pair => pair.Read.Urgency == Critical),
            Share(pair => pair.Label.Urgency != Critical, pair => pair.Read.Urgency == Critical));

        double Share(Func<(MoodExample Label, SentimentReading Read), bool> of, Func<(MoodExample Label, SentimentReading Read), bool> what)
        {
            var chosen = pairs.Where(of).ToList();
            return chosen.Count == 0 ? double.NaN : chosen.Count(what) / (double)chosen.Count;
        }
    }
}
