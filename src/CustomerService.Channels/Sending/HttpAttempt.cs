namespace CustomerService.Channels.Sending;

/// <summary>One request to a provider, made once, and told honestly how it ended.</summary>
internal static class HttpAttempt
{
    private const int LongestAnswer = 1_000_000;

    /// <param name="patience">The longest that the other side may take.</param>
    public static async Task<HttpAnswer> AskAsync(HttpClient http, HttpRequestMessage request, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        var who = request.RequestUri!.Authority;
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new HttpAnswer.Said(answer.StatusCode, await ReadAsync(answer, either.Token), After(answer, time));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new HttpAnswer.Silent($"no answer from {who} within {patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new HttpAnswer.NotReached($"{who} can't be reached ({fault.Message.TrimEnd('.')})");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new HttpAnswer.Silent($"the connection to {who} broke off ({fault.Message.TrimEnd('.')})");
        }
    }

    /// <summary>The body, where it is no larger than any answer has a reason to be.</summary>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await answer.Content.LoadIntoBufferAsync(LongestAnswer, cancellation);
        return await answer.Content.ReadAsByteArrayAsync(cancellation);
    }

    private static TimeSpan? After(HttpResponseMessage answer, TimeProvider time) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };
}
