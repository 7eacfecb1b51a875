using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Cluster.Tests.Load;

/// <summary>A WebSocket of the gateway's or the console's, as JSON frames.</summary>
internal sealed class Frames(ClientWebSocket socket) : IDisposable
{
    private readonly byte[] buffer = new byte[16 * 1024];

    public static async Task<Frames> OpenAsync(Uri address, string protocol, string token, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.AddSubProtocol(protocol);
            socket.Options.AddSubProtocol("token." + token);
            socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(2);
            socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(5);
            await socket.ConnectAsync(address, cancellation);
            return new Frames(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public Task SendAsync(JsonObject frame, CancellationToken cancellation) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, endOfMessage: true, cancellation);

    /// <returns>The next frame; null when the other side closed.</returns>
    public async Task<JsonObject?> ReadAsync(CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (read.MessageType == WebSocketMessageType.Close)
                return null;
            bytes.Write(buffer, 0, read.Count);
            if (read.EndOfMessage)
                return JsonNode.Parse(bytes.ToArray())!.AsObject();
        }
    }

    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
    }
}
