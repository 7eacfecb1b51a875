using System.Collections.Immutable;
using System.Runtime.Intrinsics;

namespace CustomerService.Language;

/// <summary>
/// Trains a <see cref="LinearModel"/>. Deterministic: the same examples in the same order with the same options give
/// byte-identical model files, however many processors share the work.
/// </summary>
/// <param name="progress">Told after every fitted group of planes, possibly on several threads.</param>
public sealed class ModelTrainer(IProgress<TrainingProgress>? progress = null)
{
    /// <summary>
    /// Trains intents, one label per example. Examples labelled <see cref="IntentRanking.Unknown"/> teach what belongs to no intent.
    /// Throws <see cref="InvalidDataException"/> when there is nothing to tell apart (fewer than two labels).
    /// </summary>
    /// <param name="language">The two-letter code of the examples' language, where it is one.</param>
    public LinearModel Train(IEnumerable<LabeledText> examples, TrainingOptions? options = null, string language = "", CancellationToken cancellation = default) =>
        Train(examples, LinearHead.Intent, options ?? new(), language, cancellation);

    internal LinearModel Train(IEnumerable<LabeledText> examples, string head, TrainingOptions options, string language = "", CancellationToken cancellation = default)
    {
        var all = examples.ToList();
        var task = new TrainingTask(head, true, all.ConvertAll(example => ImmutableArray.Create(example.Label)), options.Cost, options.RightAnswersGivenUp);
        return Train(language, all.ConvertAll(example => example.Text), [task], options, cancellation);
    }

    /// <summary>Trains a head for every task, all over one vocabulary.</summary>
    internal LinearModel Train(string language, IReadOnlyList<string> texts, IReadOnlyList<TrainingTask> tasks, TrainingOptions options, CancellationToken cancellation = default)
    {
        options.Validate();
        if (tasks.FirstOrDefault(task => task.Labels.Length < 2) is { } poor)
            throw new InvalidDataException($"Training needs examples of at least two labels; these have {poor.Labels.Length}.");

        var matrix = FeatureMatrix.Build(texts, options.MinimumExamples, options.Rarity);
        if (matrix.Hashes.Length > options.MaximumNgrams)
            matrix = matrix.Keep(texts, Strongest([.. tasks.SelectMany(task => Fit(task, "choosing n-grams"))], options.MaximumNgrams));

        var heads = ImmutableArray.CreateBuilder<LinearHead>();
        var planes = new List<(Planes Planes, int Labels)>();
        foreach (var task in tasks)
        {
            var calibration = CalibrationFit.Fit(task, HeldOutMargins(task));
            heads.Add(new LinearHead(task.Head, task.IsOneOfMany, planes.Sum(block => block.Labels), task.Labels, calibration));
            planes.AddRange(Fit(task, "training").Select((block, n) => (block, Math.Min(Planes.Width, task.Labels.Length - n * Planes.Width))));
        }

        return ModelQuantizer.ToModel(language, heads.ToImmutable(), matrix, planes);

        Planes[] Fit(TrainingTask task, string phase) => FitFolds(task, [task.Rows], phase)[0];

        // By set of rows, then by block of labels.
        Planes[][] FitFolds(TrainingTask task, int[][] rowsOf, string phase)
        {
            var bits = task.LabelBits();
            var fitted = Array.ConvertAll(rowsOf, _ => new Planes[bits.Length]);
            var done = 0;
            Parallel.For(0, rowsOf.Length * bits.Length, new ParallelOptions { CancellationToken = cancellation }, n =>
            {
                var (fold, block) = (n / bits.Length, n % bits.Length);
                fitted[fold][block] = DualCoordinateDescent.Fit(matrix, rowsOf[fold], bits[block], task.Cost, options.Seed);
                progress?.Report(new TrainingProgress($"{task.Head}: {phase}", Interlocked.Increment(ref done), rowsOf.Length * bits.Length));
            });
            return fitted;
        }

        // By example that takes part, then by label.
        float[][] HeldOutMargins(TrainingTask task)
        {
            var folds = task.Folds(options.Folds);
            var fitted = FitFolds(task, [.. Enumerable.Range(0, options.Folds).Select(fold => task.Rows.Where(row => folds[row] != fold).ToArray())], "measuring confidence");
            return Array.ConvertAll(task.Rows, row =>
            {
                var margins = new float[fitted[0].Length * Planes.Width];
                for (var block = 0; block < fitted[0].Length; block++)
                    fitted[folds[row]][block].Margins(matrix, row).CopyTo(margins, block * Planes.Width);
                return margins[..task.Labels.Length];
            });
        }
    }

    private static IEnumerable<int> Strongest(Planes[] planes, int count) => Enumerable.Range(0, planes[0].Weights.Length / Planes.Width)
        .Select(column => (column, strength: planes.Max(block => StrengthOf(block.Weights.AsSpan(column * Planes.Width, Planes.Width)))))
        .OrderByDescending(found => found.strength).ThenBy(found => found.column)
        .Take(count)
        .Select(found => found.column);

    private static float StrengthOf(ReadOnlySpan<float> weights)
    {
        var strongest = 0f;
        foreach (var weight in weights)
            strongest = Math.Max(strongest, Math.Abs(weight));
        return strongest;
    }
}
