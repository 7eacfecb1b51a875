namespace CustomerService.Assistants.Models;

/// <summary>Notes when a vendor wants to be asked again: the Retry-After of its refusals, in seconds or as a date.</summary>
internal sealed class VendorPause(HttpMessageHandler transport, TimeProvider time) : DelegatingHandler(transport)
{
    private long _until;

    /// <summary>How long it still wants to be left alone.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = new DateTimeOffset(Interlocked.Read(ref _until), TimeSpan.Zero) - time.GetUtcNow();
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if ((int)response.StatusCode is 429 or 503 or 529 && response.Headers.RetryAfter is { } after)
        {
            var until = after.Date ?? time.GetUtcNow() + (after.Delta ?? TimeSpan.Zero);
            Interlocked.Exchange(ref _until, until.UtcTicks);
        }

        return response;
    }
}
