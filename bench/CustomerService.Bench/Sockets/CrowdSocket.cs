using System.Buffers;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace CustomerService.Bench.Sockets;

/// <param name="Accepted">Milliseconds until it was durable (or had come back from an echo).</param>
/// <param name="Answered">Milliseconds until the assistant's answer, or its word that a person will; null: a person has the conversation, who doesn't answer here.</param>
internal readonly record struct SaidMessage(double Accepted, double? Answered);

/// <summary>One customer's page, or whoever talks to an echo. It has one message under way at most.</summary>
internal sealed class CrowdSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly bool _isChat;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _listening = Task.CompletedTask;
    private UnderWay? _said;

    private CrowdSocket(ClientWebSocket socket, bool isChat) => (_socket, _isChat) = (socket, isChat);

    /// <summary>Whether a person has the conversation, so that nobody answers here.</summary>
    public bool IsWithPerson { get; private set; }

    /// <summary>Connects; a chat's session is begun when this ends.</summary>
    public static async Task<CrowdSocket> OpenAsync(Uri address, HttpMessageInvoker http, bool isChat, CancellationToken cancellation)
    {
        var client = new ClientWebSocket();
        client.Options.KeepAliveInterval = TimeSpan.Zero; // The server pings.
        if (isChat)
            client.Options.AddSubProtocol("chat.v1");
        await client.ConnectAsync(address, http, cancellation);
        var socket = new CrowdSocket(client, isChat);
        socket._listening = socket.ListenAsync(cancellation);
        if (!isChat)
            return socket;
        await client.SendAsync("""{"type":"hello"}"""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        await socket._ready.Task.WaitAsync(cancellation);
        return socket;
    }

    /// <summary>Ends with the answer, however long that takes.</summary>
    public async Task<SaidMessage> SayAsync(string id, string text, CancellationToken cancellation)
    {
        var frame = JsonSerializer.SerializeToUtf8Bytes(new { type = "message", id, text });
        var said = new UnderWay(id, Stopwatch.GetTimestamp());
        if (Interlocked.Exchange(ref _said, said) is not null)
            throw new InvalidOperationException("The message before is not answered yet.");
        await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancellation);
        return await said.Outcome.Task.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _listening;
        _socket.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        var frame = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                await _socket.ReceiveAsync(Memory<byte>.Empty, cancellation); // Waits without a buffer.
                ValueWebSocketReceiveResult read;
                do
                {
                    read = await _socket.ReceiveAsync(frame.GetMemory(4096), cancellation);
                    if (read.MessageType == WebSocketMessageType.Close)
                        throw new WebSocketException($"The server closed a socket: {_socket.CloseStatusDescription}");
                    frame.Advance(read.Count);
                }
                while (!read.EndOfMessage);
                Take(frame.WrittenMemory, Stopwatch.GetTimestamp());
                frame = new ArrayBufferWriter<byte>();
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            _ready.TrySetException(fault);
            Interlocked.Exchange(ref _said, null)?.Outcome.TrySetException(fault);
        }
    }

    private void Take(ReadOnlyMemory<byte> frame, long at)
    {
        using var json = JsonDocument.Parse(frame);
        var said = _said;
        switch (Text(json, "type"))
        {
            case "ready":
                _ready.TrySetResult();
                break;
            case "accepted" when Text(json, "id") == said?.Id:
                said!.AcceptedAt = at;
                break;
            case "message" when !_isChat || Text(json, "inReplyTo") == said?.Id:
                if (Interlocked.Exchange(ref _said, null) is { } answered)
                    answered.Outcome.TrySetResult(answered.Until(at, at));
                break;
            case "status":
                IsWithPerson = Text(json, "status") is "queued" or "offered" or "assigned";
                if (IsWithPerson && Interlocked.Exchange(ref _said, null) is { } left)
                    left.Outcome.TrySetResult(left.Until(at, null));
                break;
            case "error" or "busy":
                Interlocked.Exchange(ref _said, null)?.Outcome.TrySetException(new InvalidOperationException($"A message was refused: {json.RootElement}"));
                break;
        }
    }

    private static string? Text(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed class UnderWay(string id, long started)
    {
        public string Id => id;

        /// <summary>Zero: it wasn't, or it wasn't said separately.</summary>
        public long AcceptedAt { get; set; }

        public TaskCompletionSource<SaidMessage> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SaidMessage Until(long end, long? answered) => new(
            Stopwatch.GetElapsedTime(started, AcceptedAt == 0 ? end : AcceptedAt).TotalMilliseconds,
            answered is { } at ? Stopwatch.GetElapsedTime(started, at).TotalMilliseconds : null);
    }
}
