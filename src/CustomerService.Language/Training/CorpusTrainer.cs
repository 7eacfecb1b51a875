using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>Trains the models that the project ships from its own corpus (the folder Corpus beside this project's code).</summary>
public sealed class CorpusTrainer
{
    private static readonly TrainingOptions IntentOptions = new() { MinimumExamples = 2, MaximumNgrams = 20_000, Folds = 5, RightAnswersGivenUp = 0.08 };
    private static readonly TrainingOptions MoodOptions = new() { MinimumExamples = 2, MaximumNgrams = 5_000, Folds = 10, Cost = 0.5 };
    private static readonly TrainingOptions LanguageOptions = new() { MinimumExamples = 1, MaximumNgrams = 8_000, Folds = 10, RightAnswersGivenUp = 0.02 };

    private readonly ModelTrainer _trainer = new();

    /// <summary>All models by file name. Throws <see cref="InvalidDataException"/> naming file and line where the corpus is malformed.</summary>
    public IReadOnlyDictionary<string, LinearModel> Train(string corpus)
    {
        var mood = MoodExample.ReadFolder(Path.Combine(corpus, "en", "sentiment"));
        var texts = mood.ConvertAll(example => example.Text);
        return new Dictionary<string, LinearModel>
        {
            [ShippedModels.Languages] = _trainer.Train(ReadFolder(Path.Combine(corpus, "languages")), LanguageOptions),
            [ShippedModels.Intents] = _trainer.Train(ReadFolder(Path.Combine(corpus, "en", "intents")), IntentOptions),
            [ShippedModels.Sentiment] = _trainer.Train(texts, mood.ConvertAll(example => ImmutableArray.Create(SentimentScale.LabelOf(example.Score))), MoodOptions),
            [ShippedModels.Emotions] = _trainer.Train(texts, mood.ConvertAll(example => example.Emotions), MoodOptions with { RightAnswersGivenUp = 0.2 }),
            [ShippedModels.Urgency] = _trainer.Train(texts, mood.ConvertAll(example => ImmutableArray.Create(example.Urgency)), MoodOptions),
        };
    }

    /// <summary>Reads a folder of text files: a file is a label, a line an example.</summary>
    public static IReadOnlyList<LabeledText> ReadFolder(string folder) =>
    [
        .. from file in Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal)
           from line in File.ReadLines(file)
           where line.Length > 0
           select new LabeledText(line, Path.GetFileNameWithoutExtension(file)),
    ];
}
