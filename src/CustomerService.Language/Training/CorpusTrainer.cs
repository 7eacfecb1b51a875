using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>Trains all models from a corpus (the project's own is the folder Corpus beside this project's code; its README says what stands where).</summary>
public sealed class CorpusTrainer(IProgress<TrainingProgress>? progress = null)
{
    private const double IntentCost = 2;
    private const double MoodCost = 0.5;

    /// <summary>When a round of writing was left out of training, confidences in it were too high; with this they were right to 0.003 in the mean of sixteen rounds.</summary>
    private const double SurenessOfOtherWriters = 0.85;

    private static readonly TrainingOptions LanguageOptions = new() { MinimumExamples = 2, MaximumNgrams = 8_000 };
    private static readonly TrainingOptions Options = new() { MaximumNgrams = 77_000, Folds = 8, Rarity = 1.3 };

    private readonly ModelTrainer _trainer = new(progress);

    /// <summary>
    /// All models by file name. Throws <see cref="InvalidDataException"/> naming file and line where the corpus is malformed, and
    /// <see cref="DirectoryNotFoundException"/> where the folder holds none.
    /// </summary>
    /// <param name="own">Examples with their languages that are learnt too.</param>
    public IReadOnlyDictionary<string, LinearModel> Train(Corpus corpus, IReadOnlyList<LabeledText> own, CancellationToken cancellation = default)
    {
        if (own.FirstOrDefault(example => !corpus.Languages.Contains(example.Language)) is { } foreign)
            throw new InvalidDataException($"The corpus has no language '{foreign.Language}', which '{foreign.Text}' is said to be in; there are {string.Join(", ", corpus.Languages)}.");

        var models = new SortedDictionary<string, LinearModel>(StringComparer.Ordinal);
        foreach (var language in corpus.Languages)
            models[ShippedModels.Of(language)] = TrainLanguage(language, [.. corpus.Intents(language), .. own.Where(example => example.Language == language)], corpus.Mood(language), cancellation);
        if (corpus.TellingLanguages() is { Count: > 0 } telling)
            models[ShippedModels.Languages] = _trainer.Train(telling, LinearHead.Language, LanguageOptions, cancellation: cancellation);
        return models;
    }

    private LinearModel TrainLanguage(string language, IReadOnlyList<LabeledText> intents, IReadOnlyList<MoodExample> mood, CancellationToken cancellation)
    {
        string[] texts = [.. intents.Select(example => example.Text), .. mood.Select(example => example.Text)];
        var tasks = new List<TrainingTask>
        {
            new(LinearHead.Intent, true, Labels(example => [example.Label], null), IntentCost, RightAnswersGivenUp: 0.04, SurenessOfOtherWriters),
        };
        if (mood.Count > 0)
        {
            tasks.Add(new(LinearHead.Sentiment, true, Labels(null, example => [SentimentScale.LabelOf(example.Score)]), MoodCost, 0));
            tasks.Add(new(LinearHead.Emotion, false, Labels(null, example => example.Emotions), MoodCost, RightAnswersGivenUp: 0.2));
            tasks.Add(new(LinearHead.Urgency, true, Labels(null, example => [example.Urgency]), MoodCost, 0));
        }

        return _trainer.Train(language, texts, tasks, Options, cancellation);

        ImmutableArray<string>[] Labels(Func<LabeledText, ImmutableArray<string>>? ofIntent, Func<MoodExample, ImmutableArray<string>>? ofMood) =>
        [
            .. intents.Select(example => ofIntent is null ? default : ofIntent(example)),
            .. mood.Select(example => ofMood is null ? default : ofMood(example)),
        ];
    }
}
