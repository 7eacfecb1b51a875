using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Translation.Tests.Support;

/// <summary>A vendor's server on this machine: real HTTP in the documented protocol, and faults on request.</summary>
internal sealed class TranslationServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<Seen> _seen = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Seen, Said> _languages;

    private TranslationServer(Func<Seen, Said> languages, Func<Seen, Said> translate)
    {
        (_languages, Translate) = (languages, translate);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>How the next translations are answered.</summary>
    public Func<Seen, Said> Translate { get; set; }

    /// <summary>Requests for translations, in order.</summary>
    public IReadOnlyList<Seen> Translations
    {
        get
        {
            lock (_seen)
                return [.. _seen];
        }
    }

    /// <summary>LibreTranslate with English and Spanish.</summary>
    public static TranslationServer Libre(Func<string, string> translate) => new(
        _ => Said.Json("""[{"code":"en","name":"English","targets":["en","es"]},{"code":"es","name":"Spanish","targets":["en","es"]}]"""),
        seen => Said.Libre(translate(seen.Json["q"]!.GetValue<string>())));

    /// <summary>DeepL with English, Spanish and German.</summary>
    public static TranslationServer DeepL(Func<string, string> translate) => new(
        seen => Said.Json(seen.Path.Contains("type=target", StringComparison.Ordinal)
            ? """[{"language":"DE","name":"German"},{"language":"EN-GB","name":"English"},{"language":"EN-US","name":"English"},{"language":"ES","name":"Spanish"}]"""
            : """[{"language":"DE","name":"German"},{"language":"EN","name":"English"},{"language":"ES","name":"Spanish"}]"""),
        seen => Said.DeepL(translate(seen.Json["text"]![0]!.GetValue<string>())));

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Close();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var seen = new Seen(context.Request.RawUrl!, context.Request.Headers["Authorization"], await reader.ReadToEndAsync());
            var asksLanguages = seen.Path.Contains("languages", StringComparison.Ordinal);
            if (!asksLanguages)
            {
                lock (_seen)
                    _seen.Add(seen);
            }

            var said = asksLanguages ? _languages(seen) : Translate(seen);
            if (said.Status == 0)
            {
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return;
            }

            context.Response.StatusCode = said.Status;
            if (said.Location is { } location)
                context.Response.RedirectLocation = location;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(said.Body));
            context.Response.Close();
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            // The client gave up, or the test is over.
        }
    }

    internal sealed record Seen(string Path, string? Authorization, string Body)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;
    }

    /// <param name="Status">0: it takes the request and never says a word.</param>
    internal sealed record Said(int Status, string Body, string? Location = null)
    {
        public static Said Hang { get; } = new(0, "");

        public static Said Json(string body) => new(200, body);

        public static Said Libre(string text) => Json(JsonSerializer.Serialize(new { translatedText = text }));

        public static Said DeepL(string text) => Json(JsonSerializer.Serialize(new { translations = new[] { new { detected_source_language = "EN", text } } }));
    }
}
