namespace CustomerService.Channels.Sending;

/// <summary>One attempt to send by HTTP, and what it means when it ends without an answer.</summary>
internal static class HttpAttempt
{
    private const int LongestAnswer = 1_000_000;

    /// <param name="patience">The longest that the other side may take.</param>
    /// <param name="read">What its answer means, given with its body.</param>
    public static async Task<SendOutcome> SendAsync(
        HttpClient http, HttpRequestMessage request, TimeSpan patience, TimeProvider time, Func<HttpResponseMessage, byte[], SendOutcome> read, CancellationToken cancellation)
    {
        var who = request.RequestUri!.Authority;
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return read(answer, await ReadAsync(answer, either.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SendOutcome.Unknown($"no answer from {who} within {patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new SendOutcome.Later($"{who} can't be reached ({fault.Message.TrimEnd('.')})");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new SendOutcome.Unknown($"the connection to {who} broke off ({fault.Message.TrimEnd('.')})");
        }
    }

    /// <summary>The body, where it is no larger than any answer has a reason to be.</summary>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await answer.Content.LoadIntoBufferAsync(LongestAnswer, cancellation);
        return await answer.Content.ReadAsByteArrayAsync(cancellation);
    }

    /// <summary>How long the other side wants to be left alone; null: it does not say.</summary>
    public static TimeSpan? After(HttpResponseMessage answer, TimeProvider time) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };
}
