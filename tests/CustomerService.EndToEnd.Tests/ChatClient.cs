using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerService.EndToEnd;

/// <summary>A customer at the chat API, who sends again until a message is acknowledged, as the chat page does.</summary>
internal sealed class ChatClient(HttpClient http, string token, string visitor, string conversation)
{
    public string Conversation { get; } = conversation;

    /// <summary>Who this is, as the chat channel knows them.</summary>
    public string Visitor { get; } = visitor;

    public static async Task<ChatClient> OpenAsync(HttpClient http, string conversation)
    {
        using var response = await http.PostAsync("api/chat/sessions", JsonContent.Create(new JsonObject()));
        response.EnsureSuccessStatusCode();
        var session = await response.Content.ReadFromJsonAsync<JsonObject>();
        return new ChatClient(http, session!["token"]!.GetValue<string>(), session["visitor"]!.GetValue<string>(), conversation);
    }

    /// <summary>Sends once; the answer's body, or null when it was not acknowledged for a passing reason.</summary>
    public async Task<JsonObject?> TrySendAsync(string id, string text, CancellationToken cancellation = default)
    {
        try
        {
            using var request = Request(HttpMethod.Post, "api/chat/messages");
            request.Content = JsonContent.Create(new JsonObject { ["conversationId"] = Conversation, ["messageId"] = id, ["text"] = text });
            using var response = await http.SendAsync(request, cancellation);
            if ((int)response.StatusCode is 429 or >= 500)
                return null;
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<JsonObject>(cancellation);
        }
        catch (Exception fault) when (fault is HttpRequestException { StatusCode: null } or IOException)
        {
            return null;
        }
    }

    /// <summary>Has what was said mailed.</summary>
    public async Task MailTranscriptAsync(string to, string requestId)
    {
        using var request = Request(HttpMethod.Post, $"api/conversations/{Conversation}/transcript");
        request.Content = JsonContent.Create(new JsonObject { ["to"] = to, ["requestId"] = requestId });
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The whole conversation, however long; its messages from all pages.</summary>
    public async Task<JsonObject> ReadAsync()
    {
        var all = new JsonArray();
        while (true)
        {
            var page = await GetAsync($"after={all.Count}&limit=200");
            foreach (var message in page["messages"]!.AsArray().ToList())
                all.Add(message!.DeepClone());
            if (page["hasMore"]?.GetValue<bool>() is not true)
            {
                page["messages"] = all;
                return page;
            }
        }
    }

    /// <summary>Reads until the message has a reply, which is returned.</summary>
    public async Task<JsonObject> ReplyToAsync(string id)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var messages = (await ReadAsync())["messages"]!.AsArray();
            if (messages.FirstOrDefault(m => (string?)m!["inReplyTo"] == id) is { } reply)
                return reply.AsObject();
            await GetAsync($"after={messages.Count}&wait=5");
        }

        throw new TimeoutException($"message {id} of {Conversation} got no reply");
    }

    private async Task<JsonObject> GetAsync(string query)
    {
        using var response = await http.SendAsync(Request(HttpMethod.Get, $"api/conversations/{Conversation}?{query}"));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
