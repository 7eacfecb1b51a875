using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>
/// English mood from two witnesses: word lists, which know negation and emphasis, and linear models, which know what a
/// "parcel came open and empty" means. Where the lists say much they weigh more.
/// </summary>
internal sealed class SentimentAnalyzer(SentimentModels models) : ISentimentAnalyzer
{
    private const int EarlierThatCount = 3;
    private const double MatterOfFact = 0.25;
    private const double RepeatedWords = 0.6;

    public SentimentReading Analyze(string text, IReadOnlyList<string>? earlier = null)
    {
        using var features = MessageFeatures.Read(text);
        return Analyze(features, earlier);
    }

    internal SentimentReading Analyze(MessageFeatures features, IReadOnlyList<string>? earlier)
    {
        if (features.Text.Words.IsEmpty)
            return SentimentReading.Neutral;

        var history = EarlierMood.Of(features.Text, earlier, models.Valence);
        var score = Score(features);
        if (Math.Abs(score) < MatterOfFact)
            score += 0.25 * history.Score;
        if (history.AskedAgain)
            score -= 0.15;
        score = Math.Clamp(score, -1, 1);
        var urgency = Urgency(features, history.AskedAgain);
        return new SentimentReading(Math.Round(score, 4), Emotions(features, score, history.AskedAgain), UrgencyLevel.Of(urgency), Math.Round(urgency, 4));
    }

    private double Score(MessageFeatures features)
    {
        var (good, bad, _) = models.Valence.Read(features.Text);
        var listed = good * (1 - 0.5 * bad) - bad; // "Great, another broken one": what is bad takes the shine off what is good.
        var learned = SentimentScale.Score(models.Sentiment, features.Ngrams);
        var trust = 0.4 + 0.5 * Math.Max(good, bad);
        return trust * listed + (1 - trust) * learned;
    }

    private double Urgency(MessageFeatures features, bool askedAgain)
    {
        var (pressing, relaxed, strongest) = models.Pressure.Read(features.Text);
        var learned = UrgencyLevel.Score(models.Urgency, features.Ngrams);
        var calm = learned * (1 - relaxed);
        var loud = 0.03 * Math.Min(3, features.Text.Exclamations) + (askedAgain ? 0.15 : 0);
        var isDanger = strongest >= UrgencyLevel.DangerWeight || learned >= UrgencyLevel.DangerScore;
        return Math.Clamp(calm + (1 - calm) * 0.8 * pressing + loud, 0, isDanger ? 1 : UrgencyLevel.WithoutDanger);
    }

    private ImmutableArray<string> Emotions(MessageFeatures features, double score, bool askedAgain)
    {
        var labels = models.Emotions.Labels;
        Span<float> confidences = stackalloc float[labels.Length];
        models.Emotions.Score(features.Ngrams, confidences);
        List<(float Confidence, string Label)>? shown = null;
        for (var i = 0; i < labels.Length; i++)
        {
            var confidence = askedAgain && labels[i] == Emotion.Frustration ? 1 : confidences[i];
            if (confidence >= models.Emotions.Threshold && Emotion.Fits(labels[i], score))
                (shown ??= []).Add((confidence, labels[i]));
        }

        return shown is null ? [] : [.. shown.OrderByDescending(emotion => emotion.Confidence).Select(emotion => emotion.Label)];
    }

    /// <summary>What the customer's earlier messages add.</summary>
    private readonly record struct EarlierMood(double Score, bool AskedAgain)
    {
        public static EarlierMood Of(NormalizedText now, IReadOnlyList<string>? earlier, Lexicon valence)
        {
            if (earlier is null or [])
                return default;
            var (sum, weights, again) = (0.0, 0.0, false);
            for (var i = Math.Max(0, earlier.Count - EarlierThatCount); i < earlier.Count; i++)
            {
                using var before = MessageFeatures.ReadWords(earlier[i]);
                var (good, bad, _) = valence.Read(before.Text);
                var weight = 1.0 / (earlier.Count - i);
                (sum, weights) = (sum + weight * (good - bad), weights + weight);
                again |= IsRepeated(now.Words, before.Text.Words);
            }

            return new EarlierMood(sum / weights, again);
        }

        private static bool IsRepeated(ReadOnlySpan<Word> now, ReadOnlySpan<Word> before)
        {
            const int enough = 60;
            now = now[..Math.Min(now.Length, enough)];
            before = before[..Math.Min(before.Length, enough)];
            if (now.Length < 3 || before.Length < 3)
                return false; // "Hello" again, "yes" again: no sign of trouble.
            var same = 0;
            foreach (var word in now)
            {
                foreach (var other in before)
                {
                    if (word.Hash == other.Hash)
                    {
                        same++;
                        break;
                    }
                }
            }

            return same >= RepeatedWords * (now.Length + before.Length - same);
        }
    }
}
