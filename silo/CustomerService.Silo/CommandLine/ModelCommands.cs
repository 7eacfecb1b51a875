using System.CommandLine;
using System.Globalization;
using CustomerService.Language;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>train</c> and <c>evaluate</c>: an intent classifier from anybody's labelled messages.</summary>
internal static class ModelCommands
{
    public static Command CreateTrain()
    {
        var (file, text, label) = Examples();
        var output = new Option<string>("--out") { Description = "The model file to write.", DefaultValueFactory = _ => "intents.bin", HelpName = "FILE" };
        var command = new Command("train", "Train an intent classifier on labelled messages. The same file gives the same model, byte for byte.") { file, text, label, output };
        command.SetAction((parsed, cancellation) => Task.FromResult(Guarded(() =>
        {
            var model = Train(parsed.GetRequiredFile(file), parsed.GetValue(text)!, parsed.GetValue(label)!, cancellation);
            var path = parsed.GetValue(output)!;
            model.Save(path);
            Console.WriteLine($"{path}: {new FileInfo(path).Length.ToString("N0", CultureInfo.InvariantCulture)} bytes. Use it with: run --intent-model {path}");
            return 0;
        })));
        return command;
    }

    public static Command CreateEvaluate()
    {
        var (file, text, label) = Examples();
        var model = new Option<string?>("--model") { Description = "A model made by 'train'. Default: the one that ships.", HelpName = "FILE" };
        var train = new Option<string?>("--train") { Description = "Train on this CSV file first, and evaluate that.", HelpName = "FILE" };
        var command = new Command("evaluate", "Hold an intent classifier against labelled messages: accuracy, per class, calibration, confusions, speed.") { file, text, label, model, train };
        command.Validators.Add(result =>
        {
            if (result.GetValue(model) is not null && result.GetValue(train) is not null)
                result.AddError("--model and --train exclude each other.");
        });
        command.SetAction((parsed, cancellation) => Task.FromResult(Guarded(() =>
        {
            var path = parsed.GetRequiredFile(file);
            var (textColumn, labelColumn) = (parsed.GetValue(text)!, parsed.GetValue(label)!);
            var examples = LabeledTextCsv.Read(path, textColumn, labelColumn);
            var chosen = parsed.GetValue(train) is { } trainFile ? Train(trainFile, textColumn, labelColumn, cancellation)
                : parsed.GetValue(model) is { } modelFile ? LinearModel.Load(modelFile)
                : LinearModel.LoadShippedIntents();
            var progress = new ProgressLine("classified");
            var report = new ModelEvaluator().Evaluate(chosen, examples, progress.Of<int>(n => $"{n} of {examples.Count}"), cancellation);
            progress.End();
            Console.Write(report.ToString());
            return 0;
        })));
        return command;
    }

    private static (Argument<FileInfo> File, Option<string> Text, Option<string> Label) Examples() => (
        new Argument<FileInfo>("FILE") { Description = "A CSV file with a header line." },
        new Option<string>("--text") { Description = "The column of the message.", DefaultValueFactory = _ => "text", HelpName = "NAME" },
        new Option<string>("--label") { Description = "The column of the intent.", DefaultValueFactory = _ => "category", HelpName = "NAME" });

    private static LinearModel Train(string path, string text, string label, CancellationToken cancellation)
    {
        var examples = LabeledTextCsv.Read(path, text, label);
        var progress = new ProgressLine("training:");
        var model = new ModelTrainer(progress.Of<TrainingProgress>(p => $"{p.Phase}, {p.Done} of {p.Total}")).Train(examples, cancellation: cancellation);
        progress.End();
        Console.Error.WriteLine($"Trained on {examples.Count} examples of {examples.Select(e => e.Label).Distinct().Count()} labels.");
        return model;
    }

    private static int Guarded(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(fault.Message);
        }
    }
}
