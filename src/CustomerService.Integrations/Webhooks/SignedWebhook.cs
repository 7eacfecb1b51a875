using System.Net.Http.Headers;
using System.Text.Json;
using CustomerService.Integrations.Outbound;

namespace CustomerService.Integrations.Webhooks;

/// <summary>Any system that takes signed JSON by HTTP, straight or through an automation tool in between. It is tried once; retrying is for whoever follows the journal.</summary>
public sealed class SignedWebhook : IDestination, IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private const int LongestId = 200;

    private readonly WebhookSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <exception cref="ArgumentException">A setting cannot be used; the message names it and the fix.</exception>
    public SignedWebhook(WebhookSettings settings, TimeProvider time)
    {
        settings.Check();
        (_settings, _time) = (settings, time);
        // A redirect, a cookie or a proxy from the environment would take signed customer content somewhere nobody configured.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutboundEvent what, string idempotencyKey, CancellationToken cancellation)
    {
        var body = what.ToJson();
        using var request = new HttpRequestMessage(HttpMethod.Post, _settings.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("Idempotency-Key", Uri.EscapeDataString(idempotencyKey));
        request.Headers.Add("X-CustomerService-Event", what.Kind);
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(body, _settings.Secret, _time.GetUtcNow()));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CustomerService", null));

        using var deadline = new CancellationTokenSource(_settings.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(answer, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Delivery.Retry($"no answer from {_settings.Address.Authority} within {_settings.Timeout.TotalSeconds:0.#} s", null);
        }
        catch (HttpRequestException error)
        {
            return new Delivery.Retry($"{_settings.Address.Authority} cannot be reached ({error.Message.TrimEnd('.')})", null);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Delivery> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            >= 200 and < 300 => new Delivery.Delivered(await IdInAsync(answer, cancellation)),
            408 or 425 or 429 or >= 500 => new Delivery.Retry(Said(answer), Wait(answer)),
            >= 300 and < 400 => new Delivery.Refused($"{Said(answer)}: redirects are not followed; configure the final address"),
            _ => new Delivery.Refused(Said(answer)),
        };
    }

    private string Said(HttpResponseMessage answer) => $"{_settings.Address.Authority} answered {(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd();

    private TimeSpan? Wait(HttpResponseMessage answer)
    {
        var after = answer.Headers.RetryAfter;
        var wait = after?.Delta ?? after?.Date - _time.GetUtcNow();
        return wait is { } given && given > TimeSpan.Zero ? given : null;
    }

    // {"id": "T-17"} or {"id": 17}; any other answer, a long one or none is fine too: it was taken.
    private static async Task<string?> IdInAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            var body = new byte[LongestAnswer];
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
            var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation);
            using var document = JsonDocument.Parse(body.AsMemory(0, length));
            var id = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("id", out var given)
                ? given.ValueKind switch { JsonValueKind.String => given.GetString(), JsonValueKind.Number => given.GetRawText(), _ => null }
                : null;
            return id is { Length: > 0 and <= LongestId } ? id : null;
        }
        catch (Exception error) when (error is JsonException or IOException or InvalidOperationException)
        {
            // The last is what half a surrogate pair is answered with.
            return null;
        }
    }
}
