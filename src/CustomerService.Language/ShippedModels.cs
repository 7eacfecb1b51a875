using System.Collections.Concurrent;

namespace CustomerService.Language;

/// <summary>The models and word lists inside this assembly; a folder may hold others of the same names that take their place.</summary>
internal static class ShippedModels
{
    public const string Languages = "languages.bin";

    private const string Valence = ".valence.lexicon.txt";

    private static readonly ConcurrentDictionary<string, LinearModel> Read = [];

    /// <summary>The languages that are understood, in ordinal order.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        .. typeof(ShippedModels).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Valence, StringComparison.Ordinal)).Select(name => name[..^Valence.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The file name of a language's model.</summary>
    public static string Of(string language) => language + ".bin";

    public static LinearModel Model(string name, string? folder = null)
    {
        if (folder is not null && Path.Combine(folder, name) is var path && File.Exists(path))
            return LinearModel.Load(path);
        return Read.GetOrAdd(name, static name =>
        {
            using var stream = Open(name);
            return LinearModel.Load(stream, name);
        });
    }

    public static Lexicon Lexicon(string language, string kind)
    {
        var name = $"{language}.{kind}.lexicon.txt";
        using var reader = new StreamReader(Open(name));
        return Language.Lexicon.Parse(reader, name, wordsAreSpaced: language != "ja");
    }

    private static Stream Open(string name) =>
        typeof(ShippedModels).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly was built without {name}.");
}
