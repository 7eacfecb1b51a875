using System.Collections.Frozen;
using System.Text.Json;

namespace CustomerService.AgentConsole.Wording;

/// <summary>
/// Why something was not done, in the reader's language: <c>Refusals/de.json</c> and so on, by the code of the refusal. Who refuses says it in English, and there with its particulars, so
/// English has no list.
/// </summary>
internal static class Refusals
{
    private const string English = "en";

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> All =
        Words.Languages.Where(language => language != English).ToFrozenDictionary(language => language, Read, StringComparer.Ordinal);

    /// <param name="code">Of the refusal.</param>
    /// <param name="message">What is shown in English, and where nobody has put the code into the reader's language.</param>
    public static string Of(Words words, string code, string message) => All.GetValueOrDefault(words.Language)?.GetValueOrDefault(code) ?? message;

    internal static IEnumerable<string> Codes(string language) => All[language].Keys;

    private static FrozenDictionary<string, string> Read(string language)
    {
        using var stream = typeof(Refusals).Assembly.GetManifestResourceStream($"{typeof(Refusals).FullName}.{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
