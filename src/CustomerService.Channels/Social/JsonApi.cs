using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Channels.Accounts;

namespace CustomerService.Channels.Social;

/// <summary>Asks a provider whose answers are JSON, once, and tells honestly how it ended.</summary>
internal sealed class JsonApi(AccountParts parts)
{
    /// <summary>The longest that an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int LongestAnswer = 1_000_000;

    /// <param name="body">Sent as JSON; null: nothing is sent.</param>
    public async Task<ApiAnswer> AskAsync(HttpMethod method, Uri where, string? bearer, JsonNode? body, CancellationToken cancellation)
    {
        using var content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await AskAsync(method, where, bearer, content, cancellation);
    }

    public async Task<ApiAnswer> AskAsync(HttpMethod method, Uri where, string? bearer, HttpContent? content, CancellationToken cancellation)
    {
        using var request = Request(method, where, bearer);
        request.Content = content;
        using var patience = new CancellationTokenSource(Patience, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var answer = await parts.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await answer.Content.LoadIntoBufferAsync(LongestAnswer, either.Token);
            var json = LenientJson.Parse(await answer.Content.ReadAsByteArrayAsync(either.Token));
            return new ApiAnswer.Said(answer.StatusCode, json ?? default, After(answer));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ApiAnswer.Silent($"no answer from {where.Authority} within {Patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new ApiAnswer.NotReached($"{where.Authority} can't be reached ({fault.Message.TrimEnd('.')})");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new ApiAnswer.Silent($"the connection to {where.Authority} broke off ({fault.Message.TrimEnd('.')})");
        }
    }

    public static HttpRequestMessage Request(HttpMethod method, Uri where, string? bearer)
    {
        var request = new HttpRequestMessage(method, where);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CustomerService", null));
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return request;
    }

    private TimeSpan? After(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - parts.Time.GetUtcNow(),
        _ => null,
    };
}
