using System.Collections.Immutable;

namespace CustomerService.AgentConsole.Replies;

/// <summary>A text in one or several languages.</summary>
/// <param name="Texts">By ISO 639-1 code; at least one. A text without a language stands under <see cref="Any"/>.</param>
public sealed record LocalText(ImmutableSortedDictionary<string, string> Texts)
{
    /// <summary>Instead of a language: good in each.</summary>
    public const string Any = "";

    /// <summary>The text in the first of these languages that there is; else in English; else in any.</summary>
    /// <returns>With the language that it is in.</returns>
    public (string Text, string Language) In(params ReadOnlySpan<string?> wanted)
    {
        foreach (var language in wanted)
        {
            if (language is not null && Texts.TryGetValue(language, out var text))
                return (text, language);
        }

        return Texts.TryGetValue("en", out var english) ? (english, "en") : (Texts.Values.First(), Texts.Keys.First());
    }
}
