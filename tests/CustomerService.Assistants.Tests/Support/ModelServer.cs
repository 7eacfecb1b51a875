using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CustomerService.Assistants.Models;

namespace CustomerService.Assistants.Tests.Support;

/// <summary>A vendor's cloud on this machine: a real HTTP server that speaks either vendor's documented wire format, and fails on request.</summary>
internal sealed class ModelServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Reply> _replies = new();
    private readonly List<Request> _requests = [];
    private Reply _last = Reply.Status(500, "{}");
    private Func<Request, Reply>? _script;

    public ModelServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

    public Uri Root => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Completes when a client ends a request before its answer ended.</summary>
    public TaskCompletionSource HungUp { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>Both vendors at this address, in a hurry with retries and else patient.</summary>
    public ChatModelSettings Settings(bool streams = true) => new()
    {
        Providers = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase, new KeyValuePair<string, ChatProvider>[]
        {
            new("openai", new ChatProvider(ChatProtocols.OpenAI, "k-openai", Address) { Streams = streams, Prices = Prices }),
            new("anthropic", new ChatProvider(ChatProtocols.Anthropic, "k-anthropic", Root) { Streams = streams, Prices = Prices }),
        }),
        RetryDelay = TimeSpan.FromMilliseconds(1),
        AttemptTimeout = TimeSpan.FromMinutes(1),
        StallTimeout = TimeSpan.FromMinutes(1),
        TotalTimeout = TimeSpan.FromMinutes(2),
    };

    private static readonly ImmutableDictionary<string, ModelPrice> Prices = ImmutableDictionary<string, ModelPrice>.Empty.Add("gpt-4", new ModelPrice(30, 60));

    /// <summary>Answers with these, one request each; the last one is repeated.</summary>
    public ModelServer Answer(params Reply[] replies)
    {
        foreach (var reply in replies)
            _replies.Enqueue(reply);
        return this;
    }

    /// <summary>Answers each request by a script, such as a model that obeys whoever writes to it.</summary>
    public ModelServer AnswerBy(Func<Request, Reply> script)
    {
        _script = script;
        return this;
    }

    /// <summary>A text, in the words of whichever vendor was asked, whole or in pieces as it was asked for.</summary>
    public static Reply Says(string text) => new((request, stream, stop) => Reply.WriteAsync(stream, request.Streams, Exchanges.Text(request.Vendor, request.Streams, text), stop));

    /// <summary>Calls of tools, with their arguments as JSON.</summary>
    public static Reply Calls(params (string Tool, string Arguments)[] calls) =>
        new((request, stream, stop) => Reply.WriteAsync(stream, request.Streams, Exchanges.Calls(request.Vendor, request.Streams, calls), stop));

    /// <summary>The vendor's own words for an error.</summary>
    public static Reply Error(int status, string? retryAfter = null) => new((request, stream, stop) => Reply.Status(
        status, Exchanges.Read(request.Vendor, "error.json"), retryAfter is null ? "" : $"Retry-After: {retryAfter}\r\n").Write(request, stream, stop));

    /// <summary>An answer that begins and ends in an error event.</summary>
    public static Reply BreaksOff() => new((_, stream, stop) => Reply.WriteAsync(stream, true, Exchanges.Read("anthropic", "error.sse"), stop));

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), _stop.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var request = await ReadAsync(stream, stop);
                Reply reply;
                lock (_requests)
                {
                    _requests.Add(request);
                    if (_replies.TryDequeue(out var next))
                        _last = next;
                    reply = _script?.Invoke(request) ?? _last;
                }

                using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
                var listening = WatchAsync(stream, gone);
                await reply.Write(request, stream, gone.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client gave up, or the test is over.
        }
    }

    /// <summary>Notices that the client hung up, as a vendor does, who then stops writing.</summary>
    private async Task WatchAsync(NetworkStream stream, CancellationTokenSource gone)
    {
        try
        {
            if (await stream.ReadAsync(new byte[1], gone.Token) == 0)
            {
                HungUp.TrySetResult();
                await gone.CancelAsync();
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            HungUp.TrySetResult();
        }
    }

    private static async Task<Request> ReadAsync(NetworkStream stream, CancellationToken stop)
    {
        var received = new List<byte>();
        var buffer = new byte[8192];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. received]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && received.Count >= end + 4 + ContentLength(text[..end]))
                return new Request(text[..end], text[(end + 4)..]);
            var read = await stream.ReadAsync(buffer, stop);
            if (read == 0)
                throw new IOException("The client closed the connection.");
            received.AddRange(buffer.AsSpan(0, read));
        }
    }

    private static int ContentLength(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(header => header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    internal sealed record Request(string Head, string Body)
    {
        public JsonElement Json { get; } = JsonDocument.Parse(Body.Length == 0 ? "{}" : Body).RootElement;

        public string Vendor => Head.Contains("/messages ", StringComparison.Ordinal) ? "anthropic" : "openai";

        public bool Streams => Json.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;

        /// <summary>Every text in the messages, whichever vendor's way of writing it is.</summary>
        public IEnumerable<string> Texts => TextsIn(Json.GetProperty("messages"));

        /// <summary>What it is told to be: the system's message.</summary>
        public string Instructions => Vendor == "anthropic"
            ? string.Concat(TextsIn(Json.GetProperty("system")))
            : string.Concat(Json.GetProperty("messages").EnumerateArray().Where(message => message.GetProperty("role").GetString() == "system").SelectMany(TextsIn));

        /// <summary>How many results of tools it holds.</summary>
        public int ToolResults => Vendor == "anthropic"
            ? Json.GetProperty("messages").EnumerateArray().Where(message => message.GetProperty("content").ValueKind == JsonValueKind.Array)
                .SelectMany(message => message.GetProperty("content").EnumerateArray()).Count(part => part.GetProperty("type").GetString() == "tool_result")
            : Json.GetProperty("messages").EnumerateArray().Count(message => message.GetProperty("role").GetString() == "tool");

        private static IEnumerable<string> TextsIn(JsonElement json) => json.ValueKind switch
        {
            JsonValueKind.String => [json.GetString()!],
            JsonValueKind.Array => json.EnumerateArray().SelectMany(TextsIn),
            JsonValueKind.Object => json.EnumerateObject().Where(field => field.Name is "content" or "text").SelectMany(field => TextsIn(field.Value)),
            _ => [],
        };
    }

    internal sealed record Reply(Func<Request, Stream, CancellationToken, Task> Write)
    {
        public static Reply Status(int status, string body, string headers = "") => Raw(
            $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

        public static Reply Raw(string text) => new((_, stream, stop) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop).AsTask());

        /// <summary>Takes the request and never says a word.</summary>
        public static Reply Hang { get; } = new((_, _, stop) => Task.Delay(Timeout.Infinite, stop));

        /// <summary>Begins a reply, sends a byte now and then, and never ends it.</summary>
        public static Reply Drip { get; } = new(async (request, stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {(request.Streams ? "text/event-stream" : "application/json")}\r\nContent-Length: 100000\r\n\r\n{(request.Streams ? ":" : "{")}"), stop);
            while (true)
            {
                await stream.WriteAsync(" "u8.ToArray(), stop);
                await stream.FlushAsync(stop);
                await Task.Delay(20, stop);
            }
        });

        /// <summary>Begins well and stops in the middle, with the connection open.</summary>
        public static Reply Stall { get; } = new(async (request, stream, stop) =>
        {
            var events = Exchanges.Text(request.Vendor, true, "{ \"intents\": [] and so on");
            await stream.WriteAsync(Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + events[..(events.Length * 2 / 3)]), stop);
            await stream.FlushAsync(stop);
            await Task.Delay(Timeout.Infinite, stop);
        });

        /// <summary>Closes the connection without an answer.</summary>
        public static Reply Close { get; } = new((_, _, _) => Task.CompletedTask);

        public static Task WriteAsync(Stream stream, bool streams, string body, CancellationToken stop) => stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: {(streams ? "text/event-stream; charset=utf-8" : "application/json")}\r\nConnection: close\r\n\r\n{body}"), stop).AsTask();
    }
}
