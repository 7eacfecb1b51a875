using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>
/// One language's mood from two witnesses: word lists, which know negation and emphasis, and a linear model, which knows what a
/// "parcel came open and empty" means. Where the lists say much they weigh more.
/// </summary>
internal sealed class MoodReader(LinearModel model, Lexicon valence, Lexicon pressure)
{
    private const double MatterOfFact = 0.25;

    private readonly LinearHead _sentiment = model.Head(LinearHead.Sentiment)!;
    private readonly LinearHead _emotion = model.Head(LinearHead.Emotion)!;
    private readonly LinearHead _urgency = model.Head(LinearHead.Urgency)!;
    private readonly double[] _sentimentValues = SentimentScale.ValuesOf(model.Head(LinearHead.Sentiment)!);
    private readonly int _critical = model.Head(LinearHead.Urgency)!.Labels.IndexOf(UrgencyLevel.Critical);
    private readonly double[] _urgencyValues = UrgencyLevel.ValuesOf(model.Head(LinearHead.Urgency)!);

    public static bool CanRead(LinearModel model) =>
        model.Head(LinearHead.Sentiment) is not null && model.Head(LinearHead.Emotion) is not null && model.Head(LinearHead.Urgency) is not null;

    /// <param name="features">The message, with at least one word.</param>
    /// <param name="margins">The model's; used up.</param>
    /// <param name="earlier">What the customer wrote before, oldest first.</param>
    public SentimentReading Read(MessageFeatures features, Span<float> margins, IReadOnlyList<string>? earlier)
    {
        var history = EarlierMood.Of(features.Text, earlier, valence);
        var score = Score(features.Text, margins);
        if (Math.Abs(score) < MatterOfFact)
            score += 0.25 * history.Score;
        if (history.AskedAgain)
            score -= 0.15;
        score = Math.Clamp(score, -1, 1);
        var urgency = Urgency(features.Text, margins, history.AskedAgain);
        return new SentimentReading(Math.Round(score, 4), Emotions(margins, score, history.AskedAgain), UrgencyLevel.Of(urgency), Math.Round(urgency, 4));
    }

    private double Score(NormalizedText text, Span<float> margins)
    {
        var (good, bad, _) = valence.Read(text);
        var listed = good * (1 - 0.5 * bad) - bad; // "Great, another broken one": what is bad takes the shine off what is good.
        var learned = Mean(_sentiment.Confidences(margins), _sentimentValues);
        var trust = 0.4 + 0.5 * Math.Max(good, bad);
        return trust * listed + (1 - trust) * learned;
    }

    private double Urgency(NormalizedText text, Span<float> margins, bool askedAgain)
    {
        var (pressing, relaxed, strongest) = pressure.Read(text);
        var confidences = _urgency.Confidences(margins);
        var learned = Mean(confidences, _urgencyValues);
        var critical = _critical < 0 ? 0 : confidences[_critical] * (1 - relaxed);
        var calm = learned * (1 - relaxed);
        var loud = 0.03 * Math.Min(3, text.Exclamations) + (askedAgain ? 0.15 : 0);
        var isListed = strongest >= UrgencyLevel.DangerWeight;
        var isDanger = isListed || learned >= UrgencyLevel.DangerScore;
        var score = Math.Clamp(calm + (1 - calm) * 0.8 * pressing + loud, 0, isDanger ? 1 : UrgencyLevel.WithoutDanger);
        return Math.Max(score, UrgencyLevel.Least(critical, isListed));
    }

    private ImmutableArray<string> Emotions(Span<float> margins, double score, bool askedAgain)
    {
        var labels = _emotion.Labels;
        var confidences = _emotion.Confidences(margins);
        List<(float Confidence, string Label)>? shown = null;
        for (var i = 0; i < labels.Length; i++)
        {
            var confidence = askedAgain && labels[i] == Emotion.Frustration ? 1 : confidences[i];
            if (confidence >= _emotion.Threshold && Emotion.Fits(labels[i], score))
                (shown ??= []).Add((confidence, labels[i]));
        }

        return shown is null ? [] : [.. shown.OrderByDescending(emotion => emotion.Confidence).Select(emotion => emotion.Label)];
    }

    /// <summary>A number read from a head whose labels are steps of a scale.</summary>
    private static double Mean(ReadOnlySpan<float> confidences, double[] values)
    {
        var (sum, weights) = (0.0, 1e-9);
        for (var i = 0; i < confidences.Length; i++)
            (sum, weights) = (sum + confidences[i] * values[i], weights + confidences[i]);
        return sum / weights;
    }
}
