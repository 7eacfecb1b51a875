using System.Buffers;
using System.Net.WebSockets;
using CustomerService.Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Bench.Sockets;

/// <summary>A WebSocket that sends back what it gets. It is pinged as ours is, and holds no buffer while it waits: the least that Kestrel can do.</summary>
internal static class BareSocket
{
    public const string Path = "/socket";

    private static readonly GatewayOptions Usual = new() { VisitorKey = new byte[32] };

    public static void Map(WebApplication app) => app.Map(Path, EchoAsync);

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = Usual.SocketKeepAlive,
            KeepAliveTimeout = Usual.SocketKeepAlive,
        });
        try
        {
            while ((await socket.ReceiveAsync(Memory<byte>.Empty, context.RequestAborted)).MessageType != WebSocketMessageType.Close)
                await EchoAsync(socket, context.RequestAborted);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
        {
            // The other side has gone.
        }
    }

    private static async Task EchoAsync(WebSocket socket, CancellationToken aborted)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            ValueWebSocketReceiveResult read;
            do
            {
                read = await socket.ReceiveAsync(buffer.AsMemory(), aborted);
                if (read.MessageType != WebSocketMessageType.Close)
                    await socket.SendAsync(buffer.AsMemory(0, read.Count), read.MessageType, read.EndOfMessage, aborted);
            }
            while (!read.EndOfMessage);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
