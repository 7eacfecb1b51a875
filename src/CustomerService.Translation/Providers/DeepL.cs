using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Translation.Masking;

namespace CustomerService.Translation.Providers;

/// <summary>DeepL, and whatever speaks its protocol: <c>GET /v2/languages</c>, <c>POST /v2/translate</c> with the key in a header.</summary>
/// <param name="formality"><c>prefer_more</c>, <c>prefer_less</c> or <c>default</c>.</param>
internal sealed class DeepL(ServiceHttp http, Uri address, string? key, string formality) : ITranslationProvider
{
    public ImmutableArray<MaskForm> Forms { get; } = [MaskForm.Elements, MaskForm.Words];

    public async Task<FrozenSet<LanguagePair>?> PairsAsync(CancellationToken cancellation)
    {
        var sources = await LanguagesAsync("source", cancellation);
        var targets = await LanguagesAsync("target", cancellation);
        return sources.SelectMany(from => targets.Select(to => new LanguagePair(from, to))).Where(pair => pair.From != pair.To).ToFrozenSet();
    }

    public Task<string> TranslateAsync(LanguagePair pair, string text, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["text"] = new JsonArray(text),
            ["source_lang"] = pair.From.ToUpperInvariant(),
            ["target_lang"] = TargetOf(pair.To),
            ["formality"] = formality,
            ["tag_handling"] = "xml",
            ["ignore_tags"] = new JsonArray("x"),
        };
        var request = Request(HttpMethod.Post, "v2/translate");
        request.Content = JsonContent.Create(body);
        return http.AskAsync(
            request, answer => answer.GetProperty("translations").EnumerateArray().First().GetProperty("text").GetString() ?? throw new JsonException("no text"), cancellation);
    }

    private Task<string[]> LanguagesAsync(string type, CancellationToken cancellation) => http.AskAsync(
        Request(HttpMethod.Get, $"v2/languages?type={type}"),
        // en-GB is a target of its own there; for us English is English.
        answer => answer.EnumerateArray().Select(language => (language.GetProperty("language").GetString() ?? "")[..2].ToLowerInvariant()).Distinct().ToArray(),
        cancellation);

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(address, path));
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("DeepL-Auth-Key", key);
        return request;
    }

    /// <summary>Two targets have to be named with their country.</summary>
    private static string TargetOf(string language) => language switch
    {
        "en" => "EN-US",
        "pt" => "PT-PT",
        _ => language.ToUpperInvariant(),
    };
}
