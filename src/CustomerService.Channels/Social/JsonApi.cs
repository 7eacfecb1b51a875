using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;

namespace CustomerService.Channels.Social;

/// <summary>Asks a provider whose answers are JSON.</summary>
internal sealed class JsonApi(AccountParts parts)
{
    /// <summary>The longest that an answer may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="body">Sent as JSON; null: nothing is sent.</param>
    public async Task<HttpAnswer> AskAsync(HttpMethod method, Uri where, string? bearer, JsonNode? body, CancellationToken cancellation)
    {
        using var content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await AskAsync(method, where, bearer, content, cancellation);
    }

    public async Task<HttpAnswer> AskAsync(HttpMethod method, Uri where, string? bearer, HttpContent? content, CancellationToken cancellation)
    {
        using var request = Request(method, where, bearer);
        request.Content = content;
        return await HttpAttempt.AskAsync(parts.Http, request, Patience, parts.Time, cancellation);
    }

    public static HttpRequestMessage Request(HttpMethod method, Uri where, string? bearer)
    {
        var request = new HttpRequestMessage(method, where);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CustomerService", null));
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return request;
    }
}

internal static class JsonAnswers
{
    /// <summary>What was said, as JSON; undefined where it is something else.</summary>
    public static JsonElement Json(this HttpAnswer.Said said) => LenientJson.Parse(said.Body) ?? default;
}
