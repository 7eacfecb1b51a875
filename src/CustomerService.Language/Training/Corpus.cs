namespace CustomerService.Language;

/// <summary>A folder of labelled text; its form is told in the README of the project's own.</summary>
public sealed class Corpus
{
    private const string Everything = "*.txt";

    private readonly string _folder;

    private Corpus(string folder) => (_folder, Languages) = (folder, [.. FoldersWithIntents(folder)]);

    /// <summary>The languages that have intents here, in ordinal order.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>Throws <see cref="DirectoryNotFoundException"/> where there is no such folder, or no language in it.</summary>
    public static Corpus Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        var corpus = new Corpus(folder);
        return corpus.Languages.Count > 0 ? corpus : throw new DirectoryNotFoundException(
            $"There is no corpus in '{folder}': it needs a folder for each language, such as en, with a folder intents of files <intent>.txt, a message on each line.");
    }

    /// <summary>What the intents are learnt from.</summary>
    public IReadOnlyList<LabeledText> Intents(string language) => ReadFolder(Path.Combine(_folder, language, "intents"));

    /// <summary>What was written apart to measure them with; empty where there is none.</summary>
    public IReadOnlyList<LabeledText> HeldOutIntents(string language) => ReadFolder(Path.Combine(_folder, language, "held-out"));

    internal IReadOnlyList<MoodExample> Mood(string language) =>
        [.. FilesIn(Path.Combine(_folder, language, "sentiment")).SelectMany(MoodExample.ReadFile)];

    internal IReadOnlyList<MoodExample> HeldOutMood(string language) =>
        Path.Combine(_folder, language, "held-out-sentiment.txt") is var file && File.Exists(file) ? [.. MoodExample.ReadFile(file)] : [];

    /// <summary>What languages in Latin letters are told apart by: sentences, and the messages of each such language.</summary>
    internal IReadOnlyList<LabeledText> TellingLanguages()
    {
        var sentences = ReadFolder(Path.Combine(_folder, "languages"));
        return
        [
            .. sentences,
            .. from language in sentences.Select(sentence => sentence.Label).Distinct().Where(Languages.Contains)
               from message in Intents(language).Where(example => example.Label != IntentRanking.Unknown)
               select new LabeledText(message.Text, language),
        ];
    }

    private static IEnumerable<string> FoldersWithIntents(string folder) => Directory.GetDirectories(folder)
        .Where(language => Directory.Exists(Path.Combine(language, "intents")))
        .Select(language => Path.GetFileName(language)!)
        .Order(StringComparer.Ordinal);

    /// <summary>A file is a label, a line an example.</summary>
    private static IReadOnlyList<LabeledText> ReadFolder(string folder) =>
    [
        .. from file in FilesIn(folder)
           from line in File.ReadLines(file)
           where line.Length > 0
           select new LabeledText(line, Path.GetFileNameWithoutExtension(file)),
    ];

    private static IEnumerable<string> FilesIn(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, Everything).Order(StringComparer.Ordinal) : [];
}
