using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Playing;

namespace CustomerService.Silo.Demo;

/// <summary>The running system's API as its staff use it.</summary>
/// <param name="http">With the operators' token.</param>
internal sealed class DemoDoor(HttpClient http)
{
    private const int SecondsOfOneWait = 20;

    public Task<JsonNode?> GetAsync(string path, CancellationToken cancellation) => AskAsync(HttpMethod.Get, path, null, cancellation);

    public Task<JsonNode?> PutAsync(string path, JsonObject body, CancellationToken cancellation) => AskAsync(HttpMethod.Put, path, body, cancellation);

    public Task<JsonNode?> PostAsync(string path, JsonObject body, CancellationToken cancellation) => AskAsync(HttpMethod.Post, path, body, cancellation);

    public Task<JsonNode?> ConversationAsync(string id, CancellationToken cancellation) => GetAsync($"api/conversations/{Uri.EscapeDataString(id)}", cancellation);

    /// <summary>Waits for the next message of ours after that one.</summary>
    /// <returns>Its sequence; null: none came in time.</returns>
    public async Task<long?> NextAnswerAsync(string conversation, long after, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < patience)
        {
            var page = await GetAsync($"api/conversations/{Uri.EscapeDataString(conversation)}?after={after}&wait={SecondsOfOneWait}", cancellation);
            foreach (var message in page?["messages"]?.AsArray() ?? [])
            {
                after = (long)message!["sequence"]!;
                if ((string?)message["author"] is "assistant" or "agent")
                    return after;
            }

            if (page is null)
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellation); // it is not there yet
        }

        return null;
    }

    /// <summary>The answer; null where it was refused: what was to be done is no longer to be done.</summary>
    private async Task<JsonNode?> AskAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await RunningSystem.SendAsync(http, request, cancellation);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new CommandFailedException($"{request.RequestUri}: the running system does not take the demo's token.");
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode ? text.Length == 0 ? new JsonObject() : JsonNode.Parse(text) : null;
    }
}
