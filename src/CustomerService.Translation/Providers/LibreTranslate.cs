using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Translation.Masking;

namespace CustomerService.Translation.Providers;

/// <summary>LibreTranslate, and whatever speaks its protocol: <c>GET /languages</c>, <c>POST /translate</c>.</summary>
/// <param name="key">Null: it asks for none.</param>
internal sealed class LibreTranslate(ServiceHttp http, Uri address, string? key) : ITranslationProvider
{
    public ImmutableArray<MaskForm> Forms { get; } = [MaskForm.Words, MaskForm.Brackets];

    public async Task<FrozenSet<LanguagePair>?> PairsAsync(CancellationToken cancellation) =>
        await http.AskAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(address, "languages")), Pairs, cancellation);

    public Task<string> TranslateAsync(LanguagePair pair, string text, CancellationToken cancellation)
    {
        var body = new JsonObject { ["q"] = text, ["source"] = pair.From, ["target"] = pair.To, ["format"] = "text" };
        if (key is not null)
            body["api_key"] = key;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "translate")) { Content = JsonContent.Create(body) };
        return http.AskAsync(request, answer => answer.GetProperty("translatedText").GetString() ?? throw new JsonException("no text"), cancellation);
    }

    /// <summary>Older servers name no targets: then each language is one for all others.</summary>
    private static FrozenSet<LanguagePair> Pairs(JsonElement answer)
    {
        var languages = answer.EnumerateArray().Select(language => (
            Code: language.GetProperty("code").GetString() ?? "",
            Targets: language.TryGetProperty("targets", out var targets) ? targets.EnumerateArray().Select(target => target.GetString() ?? "").ToArray() : null)).ToArray();
        return languages
            .SelectMany(from => (from.Targets ?? languages.Select(language => language.Code)).Select(to => new LanguagePair(from.Code, to)))
            .Where(pair => pair.From != pair.To)
            .ToFrozenSet();
    }
}
