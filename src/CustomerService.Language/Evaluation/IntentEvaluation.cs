using System.Diagnostics;

namespace CustomerService.Language;

/// <summary>Holds what understands messages against labelled ones that it was not trained on.</summary>
public static class IntentEvaluation
{
    /// <summary>
    /// Reads every example by a model alone. Throws <see cref="InvalidDataException"/> when there are no examples, or the model has no intents.
    /// </summary>
    public static IntentReport Of(LinearModel model, IReadOnlyList<LabeledText> examples, CancellationToken cancellation = default)
    {
        var ranker = new IntentRanker(model.Head(LinearHead.Intent) ?? throw new InvalidDataException("The model was not trained on intents."));
        return Of(Rank, examples, cancellation);

        IntentRanking Rank(string text)
        {
            using var features = MessageFeatures.Read(text);
            return features.Text.Words.IsEmpty ? IntentRanking.None : ranker.Rank(model.Margins(features.Ngrams));
        }
    }

    /// <summary>As customers' messages are understood: in whichever language each is found to be.</summary>
    public static IntentReport Of(MessageUnderstanding understanding, IReadOnlyList<LabeledText> examples, CancellationToken cancellation = default) =>
        Of(text => understanding.Understand(text).Intent, examples, cancellation);

    private static IntentReport Of(Func<string, IntentRanking> rank, IReadOnlyList<LabeledText> examples, CancellationToken cancellation)
    {
        if (examples.Count == 0)
            throw new InvalidDataException("There are no examples to evaluate.");

        var verdicts = new List<IntentVerdict>(examples.Count);
        var started = Stopwatch.GetTimestamp();
        foreach (var example in examples)
        {
            cancellation.ThrowIfCancellationRequested();
            var ranking = rank(example.Text);
            verdicts.Add(new IntentVerdict(example.Label, ranking.Ranked is [var best, ..] ? best.Intent : IntentRanking.Unknown, ranking.Primary, ranking.Confidence));
        }

        return IntentReport.From(verdicts, examples.Count / Math.Max(Stopwatch.GetElapsedTime(started).TotalSeconds, 1e-9));
    }
}

/// <param name="Actual">The example's label.</param>
/// <param name="Best">The best label, never unknown unless nothing could be told.</param>
/// <param name="Primary">The best label, or unknown.</param>
/// <param name="Confidence">Of the best label.</param>
internal readonly record struct IntentVerdict(string Actual, string Best, string Primary, double Confidence)
{
    public bool IsOfUnknown => Actual == IntentRanking.Unknown;

    /// <summary>Whether the best guess is right; of a message of no known intent, whether it came out as unknown.</summary>
    public bool IsRight => IsOfUnknown ? Primary == Actual : Best == Actual;
}
