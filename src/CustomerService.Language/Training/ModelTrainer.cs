using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>
/// Trains a <see cref="LinearModel"/>. Deterministic: the same examples in the same order with the same options give
/// byte-identical model files, however many processors share the work.
/// </summary>
/// <param name="progress">Told after every fitted plane, possibly on several threads.</param>
public sealed class ModelTrainer(IProgress<TrainingProgress>? progress = null)
{
    /// <summary>
    /// Trains on one label per example. Examples labelled <see cref="IntentRanking.Unknown"/> teach what belongs to no intent.
    /// Throws <see cref="InvalidDataException"/> when there is nothing to tell apart (fewer than two labels).
    /// </summary>
    public LinearModel Train(IEnumerable<LabeledText> examples, TrainingOptions? options = null, CancellationToken cancellation = default)
    {
        var all = examples.ToList();
        return Train(all.ConvertAll(example => example.Text), all.ConvertAll(example => ImmutableArray.Create(example.Label)), options ?? new(), cancellation);
    }

    /// <summary>Trains on any number of labels per example, none included.</summary>
    internal LinearModel Train(
        IReadOnlyList<string> texts, IReadOnlyList<ImmutableArray<string>> labelsOf, TrainingOptions options, CancellationToken cancellation = default)
    {
        options.Validate();
        var labels = labelsOf.SelectMany(each => each).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        if (labels.Length < 2)
            throw new InvalidDataException($"Training needs examples of at least two labels; these have {labels.Length}.");

        var hasLabel = labels.Select(label => labelsOf.Select(each => each.Contains(label)).ToArray()).ToArray();
        var everything = Enumerable.Range(0, texts.Count).ToArray();
        var matrix = FeatureMatrix.Build(texts, options.MinimumExamples);
        if (matrix.Hashes.Length > options.MaximumNgrams)
        {
            var strongest = Strongest(Fit("choosing n-grams", everything), options.MaximumNgrams);
            matrix = matrix.Keep(texts, strongest);
        }

        var heldOut = HeldOutMargins();
        var calibration = CalibrationFit.Fit(heldOut, hasLabel, options.RightAnswersGivenUp);
        return ModelQuantizer.ToModel(labels, calibration, matrix, Fit("training", everything));

        Plane[] Fit(string phase, int[] rows)
        {
            var planes = new Plane[labels.Length];
            var done = 0;
            Parallel.For(0, labels.Length, new ParallelOptions { CancellationToken = cancellation }, label =>
            {
                planes[label] = DualCoordinateDescent.Fit(matrix, rows, hasLabel[label], options.Cost, options.Seed + label);
                progress?.Report(new TrainingProgress(phase, Interlocked.Increment(ref done), labels.Length));
            });
            return planes;
        }

        float[][] HeldOutMargins()
        {
            var margins = labels.Select(_ => new float[texts.Count]).ToArray();
            var folds = FoldsOf(labelsOf, options.Folds);
            for (var fold = 0; fold < options.Folds; fold++)
            {
                var planes = Fit($"measuring confidence, part {fold + 1} of {options.Folds}", [.. everything.Where(row => folds[row] != fold)]);
                foreach (var row in everything.Where(row => folds[row] == fold))
                    for (var label = 0; label < planes.Length; label++)
                        margins[label][row] = planes[label].Margin(matrix, row);
            }

            return margins;
        }
    }

    /// <summary>Deals each label's examples out in turn, so that every fold has a like share of every label.</summary>
    private static int[] FoldsOf(IReadOnlyList<ImmutableArray<string>> labelsOf, int folds)
    {
        var seen = new Dictionary<string, int>();
        return [.. labelsOf.Select(labels =>
        {
            var key = string.Join('\n', labels);
            return (seen[key] = seen.GetValueOrDefault(key) + 1) % folds;
        })];
    }

    private static IEnumerable<int> Strongest(Plane[] planes, int count) => Enumerable.Range(0, planes[0].Weights.Length)
        .OrderByDescending(column => planes.Max(plane => Math.Abs(plane.Weights[column])))
        .ThenBy(column => column)
        .Take(count);
}
