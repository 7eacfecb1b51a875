using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerService.Translation.Masking;

namespace CustomerService.Translation.Providers;

/// <summary>Apertium's APY: <c>GET /listPairs</c>, <c>POST /translate</c>. It names languages by ISO 639-3, and marks words that it does not know.</summary>
/// <param name="key">Null: it asks for none.</param>
internal sealed partial class Apertium(ServiceHttp http, Uri address, string? key) : ITranslationProvider
{
    /// <summary>With more unknown words than this the rest is a guess.</summary>
    private const double MostUnknown = 0.34;

    public ImmutableArray<MaskForm> Forms { get; } = [MaskForm.Words, MaskForm.Brackets];

    public async Task<FrozenSet<LanguagePair>?> PairsAsync(CancellationToken cancellation) => await http.AskAsync(
        new HttpRequestMessage(HttpMethod.Get, new Uri(address, "listPairs")),
        answer => answer.GetProperty("responseData").EnumerateArray()
            .Select(pair => (From: LanguageCodes.ToTwo(pair.GetProperty("sourceLanguage").GetString()), To: LanguageCodes.ToTwo(pair.GetProperty("targetLanguage").GetString())))
            .Where(pair => pair is { From: not null, To: not null })
            .Select(pair => new LanguagePair(pair.From!, pair.To!))
            .ToFrozenSet(),
        cancellation);

    public async Task<string> TranslateAsync(LanguagePair pair, string text, CancellationToken cancellation)
    {
        // It marks with characters that a text may have itself; then it is asked not to, and what it knew stays unknown.
        var marks = !text.AsSpan().ContainsAny('*', '@', '#');
        var fields = new Dictionary<string, string>
        {
            ["langpair"] = $"{LanguageCodes.ToThree(pair.From)}|{LanguageCodes.ToThree(pair.To)}",
            ["q"] = text,
            ["markUnknown"] = marks ? "yes" : "no",
        };
        if (key is not null)
            fields["key"] = key;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "translate")) { Content = new FormUrlEncodedContent(fields) };
        var translated = await http.AskAsync(
            request, answer => answer.GetProperty("responseData").GetProperty("translatedText").GetString() ?? throw new JsonException("no text"), cancellation);
        return Tidy(marks ? WithoutMarks(text, translated) : translated, text);
    }

    private static string WithoutMarks(string text, string translated)
    {
        var words = Word().Count(text);
        var covered = MaskForm.Words.MarkFor("") is { } mark ? Word().Matches(text).Count(word => word.Value.StartsWith(mark, StringComparison.Ordinal)) : 0;
        var unknown = Unknown().Count(translated) - covered;
        if (unknown > 2 && unknown > (words - covered) * MostUnknown)
            throw new ProviderException($"it does not know {unknown} of the {words - covered} words");
        return Unknown().Replace(translated, "$1");
    }

    /// <summary>It writes two spaces after a sentence.</summary>
    private static string Tidy(string translated, string text) =>
        text.Contains("  ", StringComparison.Ordinal) ? translated : translated.Replace("  ", " ", StringComparison.Ordinal);

    [GeneratedRegex(@"[*@#](?=[\p{L}\p{N}])()", RegexOptions.CultureInvariant)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
