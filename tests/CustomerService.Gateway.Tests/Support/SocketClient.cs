using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>A customer's page or an agent's console, as a program.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private SocketClient(ClientWebSocket socket) => Socket = socket;

    public ClientWebSocket Socket { get; }

    public static async Task<SocketClient> OpenAsync(
        RunningGateway gateway, string? token, string? conversation = null, long after = 0, string? origin = null)
    {
        var uri = new UriBuilder(gateway.Address) { Scheme = "ws", Path = "/api/chat/socket", Query = $"after={after}" + (conversation is null ? "" : $"&conversation={conversation}") };
        return await ConnectAsync(uri.Uri, "chat.v1", token, origin);
    }

    /// <summary>An agent's program.</summary>
    public static Task<SocketClient> OpenDeskAsync(RunningGateway gateway, string agent, string? token = RunningGateway.AgentToken, string? origin = null) =>
        ConnectAsync(new UriBuilder(gateway.Address) { Scheme = "ws", Path = $"/api/agents/{agent}/socket" }.Uri, "agent.v1", token, origin);

    private static async Task<SocketClient> ConnectAsync(Uri address, string protocol, string? token, string? origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        if (token is not null)
            socket.Options.AddSubProtocol("token." + token);
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.CollectHttpResponseDetails = true;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(address, patience.Token);
        }
        catch (WebSocketException)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            throw new HandshakeRefused(status);
        }

        return new SocketClient(socket);
    }

    public Task SendAsync(object frame) => SendTextAsync(JsonSerializer.Serialize(frame));

    public Task SendTextAsync(string text) => SendBytesAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task SendBytesAsync(byte[] bytes, WebSocketMessageType type)
    {
        using var patience = new CancellationTokenSource(Patience);
        await Socket.SendAsync(bytes, type, endOfMessage: true, patience.Token);
    }

    /// <summary>The next frame; null when the server closed.</summary>
    public async Task<JsonNode?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await Socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (read.MessageType == WebSocketMessageType.Close)
                return null;
            bytes.Write(buffer, 0, read.Count);
            if (read.EndOfMessage)
                return JsonNode.Parse(bytes.ToArray());
        }
    }

    /// <summary>The next frame of that type; others before it are passed over.</summary>
    public async Task<JsonNode> ReadAsync(string type, Func<JsonNode, bool>? which = null)
    {
        while (true)
        {
            var frame = await ReadAsync() ?? throw new InvalidOperationException($"Closed with {Socket.CloseStatus} {Socket.CloseStatusDescription} before a frame of type {type}.");
            if (frame["type"]!.GetValue<string>() == type && which?.Invoke(frame) != false)
                return frame;
        }
    }

    /// <summary>Reads to the server's close, and answers it.</summary>
    public async Task<(WebSocketCloseStatus? Status, string? Reason)> ClosedAsync()
    {
        while (await ReadAsync() is not null)
        {
        }

        try
        {
            if (Socket.State == WebSocketState.CloseReceived)
                await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The server is gone already; what it said came through.
        }

        return (Socket.CloseStatus, Socket.CloseStatusDescription);
    }

    public ValueTask DisposeAsync()
    {
        Socket.Abort();
        Socket.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal sealed class HandshakeRefused(int status) : Exception($"The handshake was refused with {status}.")
{
    public int Status { get; } = status;
}
