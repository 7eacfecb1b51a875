using System.CommandLine;
using System.Globalization;
using CustomerService.Language;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>evaluate</c>: how well messages are understood, on labelled ones or on what the corpus holds out of training.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var examples = new LabeledExamples();
        var model = new Option<string?>("--model") { Description = "A model, or a folder of models, made by 'train'. Default: those that ship.", HelpName = "PATH" };
        var train = new Option<string?>("--train") { Description = "Train on this file first, and evaluate that.", HelpName = "FILE" };
        var holdOut = CommonOptions.Number("--hold-out-intents", 0, 0, 10_000, "With --train: leave so many intents out of training (evenly spread over all in the order of their names); their messages in FILE are unknown ones.");
        var language = new Option<string?>("--language") { Description = "Without FILE: this language of the corpus in full.", HelpName = "CODE" };
        var command = new Command("evaluate", "Measure how well messages are understood: accuracy, macro-F1, per class, calibration, confusions, unknown ones, speed. Without FILE: what the corpus holds out of training, by language.")
        {
            examples.File, examples.Text, examples.Label, model, train, holdOut, language, examples.CorpusFolder,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(model) is not null && result.GetValue(train) is not null)
                result.AddError("--model and --train exclude each other.");
            else if (result.GetValue(train) is not null && result.GetValue(examples.File) is null)
                result.AddError("--train needs a FILE to evaluate with.");
            else if (result.GetValue(holdOut) > 0 && result.GetValue(train) is null)
                result.AddError("--hold-out-intents needs --train: a model that is trained already cannot forget.");
        });
        command.SetAction((parsed, cancellation) => LabeledExamples.Guarded(() =>
        {
            if (parsed.GetValue(examples.File) is not { } file)
                PrintCorpus(LanguageReport.Of(Understanding(parsed.GetValue(model)), examples.OpenCorpus(parsed), cancellation), parsed.GetValue(language));
            else if (parsed.GetValue(train) is { } trainFile)
                Console.Write(Trained(examples.Read(parsed, trainFile), examples.Read(parsed, file.FullName), parsed.GetValue(holdOut), cancellation));
            else
                Console.Write(IntentEvaluation.Of(Understanding(parsed.GetValue(model)), examples.Read(parsed, file.FullName), cancellation));
            return 0;
        }));
        return command;
    }

    private static MessageUnderstanding Understanding(string? model) => model is null ? MessageUnderstanding.LoadShipped() : MessageUnderstanding.Load(model);

    private static IntentReport Trained(IReadOnlyList<LabeledText> training, IReadOnlyList<LabeledText> tests, int holdOut, CancellationToken cancellation)
    {
        if (holdOut > 0)
        {
            var left = IntentHoldOut.Choose(training, holdOut);
            Console.WriteLine($"held out: {string.Join(", ", left.Order(StringComparer.Ordinal))}");
            (training, tests) = (training.Without(left), tests.AsUnknown(left));
        }

        var progress = new ProgressLine("training:");
        var model = new ModelTrainer(progress.Of<TrainingProgress>(p => $"{p.Phase}, {p.Done} of {p.Total}")).Train(training, cancellation: cancellation);
        progress.End();
        return IntentEvaluation.Of(model, tests, cancellation);
    }

    private static void PrintCorpus(IReadOnlyList<LanguageReport> reports, string? language)
    {
        if (language is not null)
        {
            Console.Write(reports.FirstOrDefault(report => report.Language == language)?.Intents
                ?? throw new CommandFailedException($"The corpus holds no messages in '{language}' out of training; there are {string.Join(", ", reports.Select(report => report.Language))}."));
            return;
        }

        Line($"              messages  language  accuracy  primary  macro-F1  calibration error  known AUROC");
        foreach (var (code, told, intents, _) in reports)
            Line($"{code,-12}  {intents.Examples,8}  {told,8:0.000}  {intents.Accuracy,8:0.000}  {intents.DecidedAccuracy,7:0.000}  {intents.MacroF1,8:0.000}  {intents.CalibrationError,17:0.000}  {intents.KnownAuroc,11:0.000}");
        Line($"");
        Line($"mood          messages  mean error  sign right  emotions  urgency level  critical found  falsely critical");
        foreach (var (code, _, _, read) in reports.Where(report => report.Mood is not null))
            Line($"{code,-12}  {read!.Examples,8}  {read.MeanError,10:0.000}  {read.SignAgreement,10:0.000}  {read.EmotionsTold,8:0.000}  {read.UrgencyAccuracy,13:0.000}  {read.CriticalRecall,14:0.000}  {read.FalselyCritical,16:0.000}");
        Line($"");
        Line($"A language in full: evaluate --language {reports[^1].Language}");
    }

    private static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
