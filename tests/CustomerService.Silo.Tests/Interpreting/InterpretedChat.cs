using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;

namespace CustomerService.Silo.Tests.Interpreting;

/// <summary>The whole system, a customer at the chat and an agent at the API, with the owner's translation file.</summary>
internal sealed class InterpretedChat : IAsyncDisposable
{
    public const string Conversation = "conv-1";

    private readonly TemporaryFolder _data;
    private readonly OwnersContent _content;
    private readonly RunningSilo _silo;
    private readonly HttpClient _http;
    private string _customer = "";

    private InterpretedChat(TemporaryFolder data, OwnersContent content, RunningSilo silo)
    {
        (_data, _content, _silo) = (data, content, silo);
        _http = new HttpClient { BaseAddress = silo.Address, Timeout = TimeSpan.FromSeconds(90) };
    }

    public static async Task<InterpretedChat> StartAsync(string translation)
    {
        var (data, content) = (new TemporaryFolder(), new OwnersContent());
        await File.WriteAllTextAsync(content.Folder.Translation, translation);
        var silo = await RunningSilo.StartAsync(
            new SiloSettings { DataFolder = data.Path, Content = content.Folder, Listen = "http://127.0.0.1:0", MetricsPort = 0, Quiet = true }, default);
        return new InterpretedChat(data, content, silo);
    }

    public static string Settings(string protocol, Uri address) =>
        $"providers: [{{ name: ours, protocol: {protocol}, base_url: '{address}', timeout: 10s }}]\nwork_languages: [en]\n";

    /// <summary>The owner saves another file.</summary>
    public Task EditAsync(string translation) => File.WriteAllTextAsync(_content.Folder.Translation, translation);

    /// <summary>A customer asks for a person with this, and Ada takes it.</summary>
    public async Task BeginAsync(string text)
    {
        _customer = (string)(await SendAsync(HttpMethod.Post, "api/chat/sessions", null, new JsonObject()))!["token"]!;
        await SayAsync("m-1", text);
        await AgentAsync(HttpMethod.Put, "api/agents/ada", new JsonObject { ["name"] = "Ada", ["queues"] = new JsonArray("general"), ["capacity"] = 1 });
        await AgentAsync(HttpMethod.Post, "api/agents/ada/presence", new JsonObject { ["presence"] = "available" });
        JsonNode? offer = null;
        while (offer is null)
        {
            await SeeAsync(_ => true, wait: 1);
            offer = (await AgentAsync(HttpMethod.Get, "api/agents/ada"))!["offers"]!.AsArray().FirstOrDefault();
        }

        await AgentAsync(HttpMethod.Post, $"api/agents/ada/offers/{offer["offerId"]}/accept");
        await SeeAsync(page => (string?)page["standing"]!["status"] == "assigned");
    }

    public Task SayAsync(string id, string text) =>
        SendAsync(HttpMethod.Post, "api/chat/messages", _customer, new JsonObject { ["conversationId"] = Conversation, ["messageId"] = id, ["text"] = text });

    public async Task<JsonNode> ReplyAsync(string id, string text, string? language = "en", bool asIs = false) => (await AgentAsync(
        HttpMethod.Post, $"api/conversations/{Conversation}/replies",
        new JsonObject { ["agentId"] = "ada", ["messageId"] = id, ["text"] = text, ["language"] = language, ["asIs"] = asIs }))!;

    public Task<JsonNode?> AgentAsync(HttpMethod method, string path, JsonObject? body = null) => SendAsync(method, path, _silo.AgentToken, body);

    /// <summary>What staff see, as soon as it is so; waits by the API's own long poll.</summary>
    public Task<JsonNode> SeeAsync(Predicate<JsonNode> isSo, int wait = 10) => ReadAsync(_silo.AgentToken, isSo, wait);

    /// <summary>The same for the customer.</summary>
    public Task<JsonNode> CustomerSeesAsync(Predicate<JsonNode> isSo) => ReadAsync(_customer, isSo, 10);

    /// <summary>The translation of a message, or the reason, when there is one.</summary>
    public async Task<JsonNode> TranslationAsync(long sequence) =>
        Find((await SeeAsync(page => Find(page, sequence) is not null)), sequence)!;

    public static JsonNode? Find(JsonNode page, long sequence) =>
        page["internal"]?["translations"]?.AsArray().FirstOrDefault(each => (long)each!["sequence"]! == sequence);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _silo.DisposeAsync();
        _content.Dispose();
        _data.Dispose();
    }

    private async Task<JsonNode> ReadAsync(string token, Predicate<JsonNode> isSo, int wait)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var page = (await SendAsync(HttpMethod.Get, $"api/conversations/{Conversation}", token))!;
        while (!isSo(page))
        {
            Assert.False(patience.IsCancellationRequested, $"It never came: {page}");
            await SendAsync(HttpMethod.Get, $"api/conversations/{Conversation}?after={page["standing"]!["lastSequence"]}&wait={wait}", token);
            page = (await SendAsync(HttpMethod.Get, $"api/conversations/{Conversation}", token))!;
        }

        return page;
    }

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, string? token, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
