using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Playing;

/// <summary>A visitor of the chat, as the page speaks to the system. Each run is a new visitor.</summary>
internal sealed class ChatRoute(HttpClient http) : IMessageRoute
{
    private readonly string _conversation = $"played-{Guid.NewGuid():n}";

    /// <summary>The visitor's own; null before the first message.</summary>
    public string? Token { get; private set; }

    public async Task<PlayedMessage> SayAsync(string text, CancellationToken cancellation)
    {
        Token ??= (string)(await PostAsync("api/chat/sessions", [], cancellation))["token"]!;
        var id = Guid.NewGuid().ToString("n");
        await PostAsync("api/chat/messages", new JsonObject { ["conversationId"] = _conversation, ["messageId"] = id, ["text"] = text }, cancellation);
        return new PlayedMessage(_conversation, id);
    }

    private async Task<JsonNode> PostAsync(string path, JsonObject body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await RunningSystem.SendAsync(http, request, cancellation);
        var said = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(said)! : throw new CommandFailedException($"{http.BaseAddress}{path}: the system answered {(int)answer.StatusCode}: {said}");
    }
}
