using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace CustomerService.Assistants.Tests.Support;

/// <summary>A vendor's cloud on this machine: a real HTTP server that speaks its documented JSON, and fails on request.</summary>
internal sealed class ModelServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Reply> _replies = new();
    private readonly List<Request> _requests = [];
    private Reply _last = Reply.Status(500, "{}");

    public ModelServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

    public Uri Root => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>Answers with these, one request each; the last one is repeated.</summary>
    public ModelServer Answer(params Reply[] replies)
    {
        foreach (var reply in replies)
            _replies.Enqueue(reply);
        return this;
    }

    public static Reply OpenAI(string text) => Reply.Status(200, JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_790_000_000,
        model = "gpt-4",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = "stop" } },
        usage = new { prompt_tokens = 120, completion_tokens = 30, total_tokens = 150 },
    }));

    public static Reply Anthropic(string text) => Reply.Status(200, JsonSerializer.Serialize(new
    {
        id = "msg_1",
        type = "message",
        role = "assistant",
        model = "claude-opus-4-20250514",
        content = new[] { new { type = "text", text } },
        stop_reason = "end_turn",
        stop_sequence = (string?)null,
        usage = new { input_tokens = 110, output_tokens = 20 },
    }));

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
                lock (_requests)
                {
                    _requests.Add(request);
                    if (_replies.TryDequeue(out var next))
                        _last = next;
                }

                await _last.WriteAsync(stream, stop);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client gave up, or the test is over.
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
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    }

    internal sealed record Reply(Func<Stream, CancellationToken, Task> WriteAsync)
    {
        public static Reply Status(int status, string body) => Raw(
            $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

        public static Reply Raw(string text) => new((stream, stop) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop).AsTask());

        /// <summary>Takes the request and never says a word.</summary>
        public static Reply Hang { get; } = new((_, stop) => Task.Delay(Timeout.Infinite, stop));

        /// <summary>Begins a reply, sends a byte now and then, and never ends it.</summary>
        public static Reply Drip { get; } = new(async (stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"u8.ToArray(), stop);
            while (true)
            {
                await stream.WriteAsync(" "u8.ToArray(), stop);
                await stream.FlushAsync(stop);
                await Task.Delay(20, stop);
            }
        });

        /// <summary>Closes the connection without an answer.</summary>
        public static Reply Close { get; } = new((_, _) => Task.CompletedTask);
    }
}
