using System.CommandLine;
using System.Text.Json;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Learning;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>examples</c>: what agents corrected, reviewed by an owner before the understanding learns from it.</summary>
internal static class ExamplesCommand
{
    public static Command Create()
    {
        var command = new Command("examples", "Review agents' corrections of what customers wanted, and make them examples to train with.");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Decide("accept", "Let the understanding learn from corrections.", accepted: true));
        command.Subcommands.Add(Decide("drop", "Leave corrections out.", accepted: false));
        command.Subcommands.Add(Export());
        return command;
    }

    private static Command List()
    {
        var (system, file) = (new WhichSystem(), ReviewFile());
        var command = new Command("list", "Show the corrections that nobody has decided about yet, oldest first.") { file }.With(system.Options);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (_, open) = await OpenAsync(system, file, parsed, cancellation);
            foreach (var example in open)
                Show(example);
            Console.WriteLine(open.Count == 0 ? "There is nothing to review." : $"{open.Count} to review: examples accept SOURCE…, or examples drop SOURCE…, or --all.");
            return 0;
        });
        return command;
    }

    private static Command Decide(string name, string description, bool accepted)
    {
        var (system, file) = (new WhichSystem(), ReviewFile());
        var sources = new Argument<string[]>("SOURCE") { Description = "Which, as 'examples list' names them.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = accepted ? "All that nobody disputes." : "All." };
        var command = new Command(name, description) { sources, all, file }.With(system.Options);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (reviewed, open) = await OpenAsync(system, file, parsed, cancellation);
            var named = parsed.GetValue(sources) ?? [];
            if (named.Length == 0 == !parsed.GetValue(all))
                throw new CommandFailedException($"Name the corrections to {name}, or say --all.", SiloCommandLine.WrongUse);
            var chosen = named.Length == 0
                ? open.Where(example => !accepted || !example.IsDisputed).ToList()
                : named.Select(source => open.FirstOrDefault(example => example.Source == source) ?? throw new CommandFailedException($"There is no '{source}' to review; 'examples list' shows what there is.")).ToList();
            foreach (var example in chosen)
                reviewed.Add(new ReviewedExample(example.Source, example.Text, example.Intent, example.Language, accepted));
            Console.WriteLine($"{chosen.Count} {(accepted ? "accepted" : "dropped")}, {open.Count - chosen.Count} left to review.");
            return 0;
        });
        return command;
    }

    private static Command Export()
    {
        var (system, file) = (new WhichSystem(), ReviewFile());
        var output = new Option<string>("--out") { Description = "The file to write.", DefaultValueFactory = _ => "accepted-examples.jsonl", HelpName = "FILE" };
        var command = new Command("export", "Write the accepted examples as 'train' reads them: a line of JSON with text, intent, language and source.") { output, file }.With(system.Options);
        command.SetAction(parsed =>
        {
            var accepted = ReviewedExamples.Open(PathOf(system, file, parsed)).Accepted.DistinctBy(example => (example.Text, example.Intent, example.Language)).ToList();
            var path = parsed.GetRequiredValue(output);
            try
            {
                File.WriteAllLines(path, accepted.Select(example => JsonSerializer.Serialize(
                    new TrainingLine(example.Text, example.Intent, example.Language, example.Source), LearningJson.Default.TrainingLine)));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailedException($"--out {path}: {fault.Message.TrimEnd('.')}.");
            }

            Console.WriteLine($"{path}: {accepted.Count} examples. Train with them: train {path} --extend");
            return 0;
        });
        return command;
    }

    private static Option<string?> ReviewFile() => new("--reviewed")
    {
        Description = "The file that keeps the decisions. Default: examples.jsonl in the data folder; with --database in this folder.",
        HelpName = "FILE",
    };

    private static string PathOf(WhichSystem system, Option<string?> file, ParseResult parsed) => parsed.GetValue(file)
        ?? (system.Database(parsed) is null ? new DataFolder(Path.GetFullPath(system.Folder(parsed))).Examples : "examples.jsonl");

    private static async ValueTask<(ReviewedExamples Reviewed, List<CorrectedExample> Open)> OpenAsync(
        WhichSystem system, Option<string?> file, ParseResult parsed, CancellationToken cancellation)
    {
        await using var store = await system.OpenAsync(parsed, cancellation);
        var reviewed = ReviewedExamples.Open(PathOf(system, file, parsed));
        var corrected = await CorrectedExample.ReadAsync(store.Journal, cancellation);
        return (reviewed, [.. corrected.Where(example => !reviewed.Knows(example))]);
    }

    private static void Show(CorrectedExample example)
    {
        var text = example.Text.ReplaceLineEndings(" ");
        Console.WriteLine($"{example.Source}  {example.Understood ?? "-"} → {example.Intent}{(example.Language is null ? "" : $" ({example.Language})")}, by {string.Join(", ", example.By.Select(by => by.Who).Distinct())}{(example.IsDisputed ? "  DISPUTED: " + string.Join(", ", example.By.Select(by => $"{by.Who} says {by.Intent}")) : "")}");
        Console.WriteLine($"    {(text.Length <= 200 ? text : text[..199] + "…")}");
    }
}
