using System.CommandLine;
using System.Globalization;
using CustomerService.Language;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>train</c>: the models of a corpus, of an owner's labelled messages, or of both together.</summary>
internal static class TrainCommand
{
    private const string OneModel = "intents.bin";
    private const string Models = "models";

    public static Command Create()
    {
        var examples = new LabeledExamples();
        var extend = new Option<bool>("--extend") { Description = "Learn FILE together with the corpus, not instead of it." };
        var language = new Option<string?>("--language") { Description = "The language of FILE's messages that name none. Default: with --extend the one that each is found to be in, else any.", HelpName = "CODE" };
        var output = new Option<string?>("--out") { Description = $"What to write: a model file, for messages of no stated language (default {OneModel}); else a folder of models, one for each language (default {Models}).", HelpName = "PATH" };
        var command = new Command("train", "Train what understands messages: on labelled messages of your own, on the corpus, or on both. The same examples give the same models, byte for byte.")
        {
            examples.File, examples.Text, examples.Label, language, extend, examples.CorpusFolder, output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(extend) && result.GetValue(examples.File) is null)
                result.AddError("--extend needs a FILE of labelled messages.");
        });
        command.SetAction((parsed, cancellation) => LabeledExamples.Guarded(() =>
        {
            var progress = new ProgressLine("training:");
            var report = progress.Of<TrainingProgress>(p => $"{p.Phase}, {p.Done} of {p.Total}");
            var own = parsed.GetValue(examples.File) is { } file ? InLanguage(examples.Read(parsed, file.FullName), parsed.GetValue(language)) : [];
            var models = own.Count == 0 ? new CorpusTrainer(report).Train(examples.OpenCorpus(parsed), [], cancellation)
                : parsed.GetValue(extend) ? new CorpusTrainer(report).Train(examples.OpenCorpus(parsed), WithLanguages(own), cancellation)
                : OnlyOwn(own, new ModelTrainer(report), cancellation);
            progress.End();
            Console.Error.WriteLine(own.Count > 0 ? $"Trained on {own.Count} examples of {own.Select(e => e.Label).Distinct().Count()} labels{(parsed.GetValue(extend) ? ", and the corpus" : "")}." : "Trained on the corpus.");
            Save(models, parsed.GetValue(output));
            return 0;
        }));
        return command;
    }

    private static IReadOnlyList<LabeledText> InLanguage(IReadOnlyList<LabeledText> examples, string? language) =>
        [.. examples.Select(example => example.Language.Length > 0 || language is null ? example : example with { Language = language })];

    /// <summary>By file name; one without a language's name where some message names none.</summary>
    private static Dictionary<string, LinearModel> OnlyOwn(IReadOnlyList<LabeledText> own, ModelTrainer trainer, CancellationToken cancellation) => own.Any(example => example.Language.Length == 0)
        ? new() { [OneModel] = trainer.Train(own, cancellation: cancellation) }
        : own.GroupBy(example => example.Language).ToDictionary(group => group.Key + ".bin", group => trainer.Train(group, language: group.Key, cancellation: cancellation));

    private static IReadOnlyList<LabeledText> WithLanguages(IReadOnlyList<LabeledText> own)
    {
        var understanding = MessageUnderstanding.LoadShipped();
        return [.. own.Select(example => example.Language.Length > 0 ? example : example with { Language = understanding.LanguageFor(example.Text) })];
    }

    private static void Save(IReadOnlyDictionary<string, LinearModel> models, string? path)
    {
        if (models.TryGetValue(OneModel, out var single))
        {
            single.Save(path ??= OneModel);
            Say(path);
        }
        else
        {
            Directory.CreateDirectory(path ??= Models);
            foreach (var (name, model) in models)
            {
                model.Save(Path.Combine(path, name));
                Say(Path.Combine(path, name));
            }
        }

        Console.WriteLine($"Use it with: run --intent-model {path}");

        static void Say(string file) => Console.WriteLine($"{file}: {new FileInfo(file).Length.ToString("N0", CultureInfo.InvariantCulture)} bytes");
    }
}
