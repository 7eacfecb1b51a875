using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace CustomerService.Channels.Tests.Vendors;

/// <summary>
/// A social network on the loopback that speaks as Meta's Graph API and Telegram's Bot API do, and calls webhooks as they do. It is as strict as they are, and
/// fails on demand. Enough to try everything without an account.
/// </summary>
internal sealed partial class SocialNetwork : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly HttpClient _http = new();
    private readonly ConcurrentQueue<(Fault Fault, int Code)> _faults = new();
    private readonly ConcurrentDictionary<string, (string MediaType, byte[] Bytes)> _files = new();
    private readonly CancellationTokenSource _closing = new();
    private int _number;

    public SocialNetwork() => _server = new LoopbackServer(AnswerAsync);

    /// <summary>How it misbehaves, at the next request to send or to upload.</summary>
    public enum Fault
    {
        None,

        /// <summary>429, to be left alone for 7 seconds; nothing is taken.</summary>
        Busy,

        /// <summary>500; nothing is taken, which the caller can't know.</summary>
        Broken,

        /// <summary>503; nothing is taken.</summary>
        Closed,

        /// <summary>An error of its own, by <see cref="RefuseNext"/>.</summary>
        Refusing,

        /// <summary>An answer that is none of its.</summary>
        Strange,

        /// <summary>The message is taken, and the connection breaks off.</summary>
        BreakOffAfterTaking,

        /// <summary>The message is taken, and nothing is ever said of it.</summary>
        SilentAfterTaking,
    }

    public Uri Address => _server.Address;

    /// <summary>What was taken to be sent to customers, in its order.</summary>
    public ConcurrentQueue<TakenMessage> Taken { get; } = new();

    /// <summary>Files that were uploaded: where to, and the whole form as Latin-1.</summary>
    public ConcurrentQueue<(string Path, string Form)> Uploads { get; } = new();

    /// <summary>Who asked for files, and with what.</summary>
    public ConcurrentQueue<(string Path, string? Authorization)> FileRequests { get; } = new();

    /// <summary>Something came in: told after it was kept, before it is answered.</summary>
    public event Action<string>? Requested;

    public void FailNext(params IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
            _faults.Enqueue((fault, 0));
    }

    /// <summary>Answers the next request with an error of the network's own.</summary>
    public void RefuseNext(int code) => _faults.Enqueue((Fault.Refusing, code));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _server.DisposeAsync();
        _http.Dispose();
        _closing.Dispose();
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var body = await LoopbackServer.ReadAsync(context.Request);
        if (path.StartsWith("/files/", StringComparison.Ordinal) || path.StartsWith("/file/bot", StringComparison.Ordinal))
        {
            FileRequests.Enqueue((path, context.Request.Headers["Authorization"]));
            await ServeFileAsync(context, path);
            return;
        }

        var isTelegrams = path.StartsWith("/bot", StringComparison.Ordinal);
        var (fault, code) = context.Request.HttpMethod == "POST" && _faults.TryDequeue(out var next) ? next : default;
        var (status, answer) = fault switch
        {
            Fault.Busy => (429, isTelegrams ? TelegramError(429, "Too Many Requests: retry after 7", 7) : GraphError(4, "Application request limit reached")),
            Fault.Broken => (500, isTelegrams ? TelegramError(500, "Internal Server Error") : GraphError(2, "Service temporarily unavailable")),
            Fault.Closed => (503, "{}"),
            Fault.Refusing when isTelegrams => (code, TelegramError(code, "refused, as a test says")),
            Fault.Refusing => (code == 190 ? 401 : 400, GraphError(code, "refused, as a test says")),
            Fault.Strange => (404, "<html>Not here</html>"),
            _ when isTelegrams => AnswerBot(path, context.Request, body),
            _ => AnswerGraph(path, context.Request, body),
        };
        Requested?.Invoke(path);
        if (fault == Fault.SilentAfterTaking)
            await Task.Delay(Timeout.Infinite, _closing.Token);
        if (fault == Fault.BreakOffAfterTaking)
        {
            context.Response.Abort();
            return;
        }

        if (fault == Fault.Busy)
            context.Response.AddHeader("Retry-After", "7");
        await LoopbackServer.WriteAsync(context.Response, status, "application/json", answer);
    }

    private async Task ServeFileAsync(HttpListenerContext context, string path)
    {
        if (!_files.TryGetValue(path[(path.LastIndexOf('/') + 1)..], out var file) || !MayRead(path, context.Request))
        {
            await LoopbackServer.WriteAsync(context.Response, 401, "text/plain", "no");
            return;
        }

        (context.Response.ContentType, context.Response.ContentLength64) = (file.MediaType, file.Bytes.Length);
        await context.Response.OutputStream.WriteAsync(file.Bytes);
        context.Response.Close();
    }

    private static bool MayRead(string path, HttpListenerRequest request) => path switch
    {
        _ when path.StartsWith("/file/bot", StringComparison.Ordinal) => path.StartsWith($"/file/bot{BotToken}/", StringComparison.Ordinal),
        _ when path.StartsWith("/files/private/", StringComparison.Ordinal) => request.Headers["Authorization"] == $"Bearer {AccessToken}",
        _ => true,
    };

    private string NextId(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{Interlocked.Increment(ref _number)}");

    private static JsonElement? Json(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}

/// <summary>A message that the network took.</summary>
/// <param name="Path">What was called.</param>
/// <param name="Body">What was said, as it was said.</param>
internal sealed record TakenMessage(string Id, string Path, JsonElement Body);
