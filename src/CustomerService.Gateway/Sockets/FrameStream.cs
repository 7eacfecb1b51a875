using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CustomerService.Gateway.Sockets;

/// <summary>Whole frames over one socket: reading bounded, writing one at a time.</summary>
internal sealed class FrameStream(WebSocket socket, GatewayOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(15);
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <summary>The next frame; null when the other side has closed.</summary>
    /// <exception cref="SocketClosing">The frame can't be taken.</exception>
    /// <exception cref="WebSocketException">The connection is gone, or broke the protocol (and was told so, such as 1007 for invalid UTF-8).</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken abort) =>
        IsClose(await WaitAsync(abort)) ? null : await TakeAsync(abort);

    /// <summary>Waits for the next frame without holding anything: an idle socket costs little. Then <see cref="TakeAsync"/> it, unless it <see cref="IsClose"/>.</summary>
    /// <exception cref="WebSocketException">The connection is gone, or broke the protocol (and was told so, such as 1007 for invalid UTF-8).</exception>
    public ValueTask<ValueWebSocketReceiveResult> WaitAsync(CancellationToken abort) => socket.ReceiveAsync(Memory<byte>.Empty, abort);

    public static bool IsClose(ValueWebSocketReceiveResult read) => read.MessageType == WebSocketMessageType.Close;

    /// <summary>The frame that has begun to come; null when the other side closes meanwhile.</summary>
    /// <exception cref="SocketClosing">The frame can't be taken.</exception>
    /// <exception cref="WebSocketException">The connection is gone, or broke the protocol (and was told so, such as 1007 for invalid UTF-8).</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> TakeAsync(CancellationToken abort)
    {
        var frame = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await socket.ReceiveAsync(frame.GetMemory(1024), abort);
            frame.Advance(read.Count);
            if (IsClose(read))
                return null;
            if (read.MessageType == WebSocketMessageType.Binary)
                throw new SocketClosing(WebSocketCloseStatus.InvalidMessageType, "Send JSON in text frames.");
            if (frame.WrittenCount > options.MaxFrameBytes)
                throw new SocketClosing(WebSocketCloseStatus.MessageTooBig, $"At most {options.MaxFrameBytes} bytes. Longer texts go by POST /api/chat/messages.");
            if (read.EndOfMessage)
                return frame.WrittenMemory;
        }
    }

    /// <summary>Sends one frame, waiting while the other side is slow.</summary>
    /// <exception cref="SocketClosing">It was too slow for too long.</exception>
    public ValueTask SendAsync(ServerFrame frame) => SendAsync(frame, GatewayJson.Wire.ServerFrame);

    /// <inheritdoc cref="SendAsync(ServerFrame)"/>
    public async ValueTask SendAsync<T>(T frame, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(frame, type);
        using var tooSlow = new CancellationTokenSource(options.SocketSendTimeout, time);
        try
        {
            await _sending.WaitAsync(tooSlow.Token);
            try
            {
                await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, tooSlow.Token);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (OperationCanceledException) when (tooSlow.IsCancellationRequested)
        {
            throw new SocketClosing(WebSocketCloseStatus.PolicyViolation, "Frames were not taken in time; connect again to resume.");
        }
    }

    /// <summary>Whether a frame is being sent now, so that a mere hint is better left out.</summary>
    public bool IsBusy => _sending.CurrentCount == 0;

    /// <summary>
    /// Says goodbye, and waits until the other side has said it too: cut off at once, it might lose the reason along with the connection.
    /// </summary>
    /// <param name="reading">The read in progress; it ends with the other side's goodbye.</param>
    /// <param name="gone">Cancelled when the connection is gone.</param>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason, Task reading, CancellationToken gone)
    {
        using var timeIsUp = new CancellationTokenSource(CloseTimeout, time);
        try
        {
            if (socket.State == WebSocketState.Aborted)
            {
                // It broke the protocol and was told so. That word must reach it before the connection ends: it hangs up first.
                var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var registration = gone.Register(hungUp.SetResult);
                await hungUp.Task.WaitAsync(timeIsUp.Token);
                return;
            }

            if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived or WebSocketState.CloseSent))
                return;
            await _sending.WaitAsync(timeIsUp.Token);
            try
            {
                if (reading.IsCompleted)
                    await socket.CloseAsync(status, reason, timeIsUp.Token);
                else if (socket.State != WebSocketState.CloseSent)
                    await socket.CloseOutputAsync(status, reason, timeIsUp.Token);
            }
            finally
            {
                _sending.Release();
            }

            if (!reading.IsCompleted)
                await reading.WaitAsync(timeIsUp.Token);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or SocketClosing or IOException)
        {
            socket.Abort();
        }
    }

    public void Dispose() => _sending.Dispose();
}

/// <summary>This socket must be closed, with this word to the other side.</summary>
internal sealed class SocketClosing(WebSocketCloseStatus status, string reason) : Exception(reason)
{
    public WebSocketCloseStatus Status { get; } = status;

    public static SocketClosing ForStop() => new(WebSocketCloseStatus.EndpointUnavailable, "The server is stopping; connect again to resume.");
}
