using System.Collections.Frozen;

namespace CustomerService.Knowledge;

/// <summary>
/// Words that say nothing about what is wanted, by language: the texts beside this file, folded as all text is. "avoir/un,mon" says
/// something behind "un" and "mon" all the same: there it is credit in a shop, elsewhere the verb.
/// </summary>
internal static class StopWords
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string[]>> Languages =
        new[] { "en", "es", "fr", "de" }.ToFrozenDictionary(language => language, Read, StringComparer.Ordinal);

    /// <param name="before">The word before it; empty where it is the first.</param>
    internal static bool Has(string language, string before, string word) =>
        Languages.TryGetValue(language, out var words) && words.TryGetValue(word, out var unless) && !unless.Contains(before);

    private static FrozenDictionary<string, string[]> Read(string language)
    {
        using var stream = typeof(StopWords).Assembly.GetManifestResourceStream($"StopWords.{language}.txt")
            ?? throw new InvalidOperationException($"The stop words of '{language}' are not in the program.");
        using var reader = new StreamReader(stream);
        return TextFold.Of(reader.ReadToEnd()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('/', ','))
            .DistinctBy(parts => parts[0], StringComparer.Ordinal)
            .ToFrozenDictionary(parts => parts[0], parts => parts[1..], StringComparer.Ordinal);
    }
}
