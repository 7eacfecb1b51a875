using System.Net;
using System.Text.Json;

namespace CustomerService.Translation.Providers;

/// <summary>Asks a service over HTTP and reads its JSON: no redirects, no large answers, every failure named.</summary>
internal sealed class ServiceHttp : IDisposable
{
    /// <summary>A translation is about as long as its text; what is larger is no answer.</summary>
    private const int LongestAnswer = 1_000_000;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // the guard has one
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <param name="read">Reads the answer's JSON; throws <see cref="JsonException"/>, <see cref="InvalidOperationException"/> or <see cref="KeyNotFoundException"/> where it is another.</param>
    public async Task<T> AskAsync<T>(HttpRequestMessage request, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        using var sent = request;
        try
        {
            using var response = await _client.SendAsync(sent, HttpCompletionOption.ResponseContentRead, cancellation);
            if (!response.IsSuccessStatusCode)
                throw Refusal(response.StatusCode);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            using var document = await JsonDocument.ParseAsync(stream, new JsonDocumentOptions { MaxDepth = 16 }, cancellation);
            return read(document.RootElement);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new ProviderException("its answer is too long", fault);
        }
        catch (HttpRequestException fault)
        {
            throw new ProviderException($"it can't be reached ({fault.HttpRequestError})", fault) { MayPass = true, IsDown = true };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ProviderException("its answer is not of its protocol", fault) { IsDown = true };
        }
    }

    public void Dispose() => _client.Dispose();

    private static ProviderException Refusal(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => new ProviderException($"it refuses our key (HTTP {(int)status})") { IsDown = true },
        429 => new ProviderException("it has too many requests (HTTP 429)") { MayPass = true, IsDown = true },
        456 => new ProviderException("its quota is used up (HTTP 456)") { IsDown = true },
        >= 300 and < 400 => new ProviderException($"it sends us elsewhere (HTTP {(int)status}); set its new address"),
        >= 500 => new ProviderException($"it failed (HTTP {(int)status})") { MayPass = true, IsDown = true },
        _ => new ProviderException($"it refused the text (HTTP {(int)status})"),
    };
}
