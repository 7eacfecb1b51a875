using System.CommandLine;
using CustomerService.Language;

namespace CustomerService.Silo.CommandLine;

/// <summary>The argument and the flags by which <c>train</c> and <c>evaluate</c> are told of labelled messages.</summary>
internal sealed class LabeledExamples
{
    private const string JsonLines = ".jsonl";

    public Argument<FileInfo?> File { get; } = new("FILE")
    {
        Description = "Labelled messages: CSV with a header line, or JSON lines ({\"text\": …, \"intent\": …}), in files named .jsonl; both may have a language for each. Default: the project's own corpus.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string> Text { get; } = new("--text") { Description = "The CSV column of the message.", DefaultValueFactory = _ => "text", HelpName = "NAME" };

    public Option<string> Label { get; } = new("--label") { Description = "The CSV column of the intent.", DefaultValueFactory = _ => "category", HelpName = "NAME" };

    public Option<string> CorpusFolder { get; } = new("--corpus")
    {
        Description = "The folder of the corpus. Default: the one that ships.",
        DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "Corpus"),
        HelpName = "DIR",
    };

    /// <summary>Throws <see cref="CommandFailedException"/> where there is no such file.</summary>
    public IReadOnlyList<LabeledText> Read(ParseResult parsed, string path)
    {
        if (!System.IO.File.Exists(path))
            throw new CommandFailedException($"{path}: there is no such file.", SiloCommandLine.WrongUse);
        return path.EndsWith(JsonLines, StringComparison.OrdinalIgnoreCase)
            ? LabeledTextJsonl.Read(path)
            : LabeledTextCsv.Read(path, parsed.GetValue(Text)!, parsed.GetValue(Label)!);
    }

    public Corpus OpenCorpus(ParseResult parsed) => Corpus.Open(parsed.GetValue(CorpusFolder)!);

    /// <summary>Runs a command; what is wrong with its files becomes its one line.</summary>
    public static Task<int> Guarded(Func<int> command)
    {
        try
        {
            return Task.FromResult(command());
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(fault.Message);
        }
    }
}
