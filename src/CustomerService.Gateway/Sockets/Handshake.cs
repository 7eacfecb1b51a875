using System.Net.WebSockets;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Errors;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Sockets;

/// <summary>How a socket begins, whoever opens it.</summary>
internal static class Handshake
{
    private const string TokenPrefix = "token.";

    /// <exception cref="Errors.ProblemException">It is no socket, or a page that may not open one.</exception>
    public static void Check(HttpContext context, LiveChatSettings settings)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            throw Problems.SocketOnly();
        if (!settings.MayUse(context.Request))
            throw Problems.OriginRefused();
    }

    /// <summary>The token among the offered protocols, since browsers can't set other headers, or in the header.</summary>
    public static string? TokenIn(HttpContext context) =>
        context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(protocol => protocol.StartsWith(TokenPrefix, StringComparison.Ordinal)) is { } offered
            ? offered[TokenPrefix.Length..]
            : context.Request.Headers.Authorization.ToString() is { Length: > 7 } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
                ? header["Bearer ".Length..].Trim()
                : null;

    /// <summary>Pings find out that the other side is dead.</summary>
    public static Task<WebSocket> AcceptAsync(HttpContext context, string protocol, GatewayOptions options) =>
        context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = context.WebSockets.WebSocketRequestedProtocols.Contains(protocol) ? protocol : null,
            KeepAliveInterval = options.SocketKeepAlive,
            KeepAliveTimeout = options.SocketKeepAlive,
        });
}
