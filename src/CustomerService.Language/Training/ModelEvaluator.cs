namespace CustomerService.Language;

/// <summary>Holds a model against labelled examples that it was not trained on.</summary>
public sealed class ModelEvaluator(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>
    /// Classifies every example. An example labelled <see cref="IntentRanking.Unknown"/> is right when it comes out as unknown.
    /// Throws <see cref="InvalidDataException"/> when there are no examples.
    /// </summary>
    public EvaluationReport Evaluate(LinearModel model, IEnumerable<LabeledText> examples, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var classifier = new LinearIntentClassifier(model);
        var all = examples.ToList();
        if (all.Count == 0)
            throw new InvalidDataException("There are no examples to evaluate.");

        var verdicts = new List<Verdict>(all.Count);
        var started = _time.GetTimestamp();
        foreach (var example in all)
        {
            cancellation.ThrowIfCancellationRequested();
            var ranking = classifier.Classify(example.Text);
            var top = ranking.Ranked is [var best, ..] ? best.Intent : IntentRanking.Unknown;
            verdicts.Add(new Verdict(example.Label, example.Label == IntentRanking.Unknown ? ranking.Primary : top, ranking.Primary, ranking.Confidence));
            progress?.Report(verdicts.Count);
        }

        var seconds = _time.GetElapsedTime(started).TotalSeconds;
        return EvaluationReport.From(verdicts, all.Count / Math.Max(seconds, 1e-9));
    }
}

/// <param name="Actual">The example's label.</param>
/// <param name="Top">The best label, before the threshold.</param>
/// <param name="Answered">The best label, or unknown under the threshold.</param>
/// <param name="Confidence">Of the best label.</param>
internal readonly record struct Verdict(string Actual, string Top, string Answered, double Confidence);
