using System.Collections.Frozen;

namespace CustomerService.Knowledge;

/// <summary>Words that say nothing about what is wanted, by language: the texts beside this file, folded as all text is.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> None = FrozenSet<string>.Empty;

    private static readonly FrozenDictionary<string, FrozenSet<string>> Languages =
        new[] { "en", "es", "fr", "de" }.ToFrozenDictionary(language => language, Read, StringComparer.Ordinal);

    internal static FrozenSet<string> Of(string language) => Languages.GetValueOrDefault(language, None);

    private static FrozenSet<string> Read(string language)
    {
        using var stream = typeof(StopWords).Assembly.GetManifestResourceStream($"StopWords.{language}.txt")
            ?? throw new InvalidOperationException($"The stop words of '{language}' are not in the program.");
        using var reader = new StreamReader(stream);
        return TextFold.Of(reader.ReadToEnd()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
