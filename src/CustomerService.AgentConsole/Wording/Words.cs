using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace CustomerService.AgentConsole.Wording;

/// <summary>The console's words in one language: <c>Words/en.json</c> and so on in each room, a flat list of keys each; what several rooms say lies in <c>Wording</c>.</summary>
public sealed class Words
{
    private static readonly FrozenDictionary<string, Words> All = Languages.ToFrozenDictionary(language => language, language => new Words(language), StringComparer.Ordinal);
    private readonly FrozenDictionary<string, string> _texts;

    private Words(string language)
    {
        Language = language;
        var lists = typeof(Words).Assembly.GetManifestResourceNames().Where(name => name.EndsWith($".Words.{language}.json", StringComparison.Ordinal));
        // A key that stands in two lists is refused: each room would show the other's text.
        _texts = lists.SelectMany(Read).ToDictionary(StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The languages of the interface, ISO 639-1; the first is the one where nothing else is known.</summary>
    public static ImmutableArray<string> Languages => ["en", "es", "fr", "de", "ja"];

    /// <summary>ISO 639-1.</summary>
    public string Language { get; }

    internal IEnumerable<string> Keys => _texts.Keys;

    /// <summary>The text of a key; a key that there is not is shown itself.</summary>
    public string this[string key] => _texts.GetValueOrDefault(key, key);

    /// <summary>A text with its <c>{0}</c>, <c>{1}</c>… filled.</summary>
    public string this[string key, params ReadOnlySpan<object?> values] => string.Format(System.Globalization.CultureInfo.InvariantCulture, this[key], values);

    /// <summary>The text of a word that programs use too, such as a state or a channel: <c>state.queued</c>; unknown ones are shown as they are.</summary>
    public string Of(string kind, string? word) =>
        string.IsNullOrEmpty(word) ? "" : _texts.GetValueOrDefault($"{kind}.{word}", word.Replace('_', ' '));

    /// <summary>The words in that language, or in the first one where there are none.</summary>
    public static Words In(string? language) => All.GetValueOrDefault(language ?? "", All[Languages[0]]);

    /// <summary>The best of the languages that a browser asks for.</summary>
    public static Words Accepted(string? acceptLanguage)
    {
        foreach (var wanted in (acceptLanguage ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (wanted.Length >= 2 && All.TryGetValue(wanted[..2].ToLowerInvariant(), out var words))
                return words;
        }

        return All[Languages[0]];
    }

    private static Dictionary<string, string> Read(string list)
    {
        using var stream = typeof(Words).Assembly.GetManifestResourceStream(list)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
