using System.Net.WebSockets;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Sockets;

/// <summary>The socket's handshake: whose page may open one, and who is on it.</summary>
internal static class ChatSocketEndpoint
{
    /// <summary>The protocol's name, offered as <c>Sec-WebSocket-Protocol: chat.v1, token.TOKEN</c>: browsers can't set other headers.</summary>
    public const string Protocol = "chat.v1";

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/chat/socket", (HttpContext context, string? conversation, long? after) =>
        // Asked of the root: a request's own services would stay as long as its socket does.
        OpenAsync(context, conversation, after, api.ServiceProvider.GetRequiredService<ChatSocketParts>()))
        .WithTags("Chat")
        .WithSummary("Open a chat socket")
        .WithDescription(
            "A WebSocket. Offer the protocols 'chat.v1' and 'token.TOKEN', or send {\"type\":\"hello\",\"token\":TOKEN} first; without a token a session is begun. "
            + "The client sends message {id, text, attachments}, received {upTo}, read {upTo} and typing; it gets ready, message, status, position (the place in the line, pushed when it changes), accepted, busy, error and typing. "
            + "After a lost connection open it again with 'after' set to the last sequence you have: nothing is lost or repeated.")
        .WithExamples(null, null)
        .Produces(101)
        .Fails(400, 401, 403, 426);

    private static Task OpenAsync(HttpContext context, string? conversation, long? after, ChatSocketParts parts)
    {
        Handshake.Check(context, parts.Settings);
        Ids.Checked("conversation", conversation);
        var from = after is null or >= 0 ? after ?? 0 : throw Problems.InvalidField("after", "'after' must not be negative.");
        var caller = Handshake.TokenIn(context) is { } token ? VisitorOf(parts.Callers.OfToken(token)) : null;
        parts.Limits.Count(caller ?? (Caller)new Caller.Unknown(), context.Connection.RemoteIpAddress);
        return ServeAsync(context, parts, caller, conversation, from);
    }

    private static async Task ServeAsync(HttpContext context, ChatSocketParts parts, Caller.Visitor? caller, string? conversation, long after)
    {
        using var socket = await Handshake.AcceptAsync(context, Protocol, parts.Options);
        using var frames = new FrameStream(socket, parts.Options, parts.Time);
        try
        {
            await using var chat = await BeginAsync(context, frames, parts, caller, conversation, after);
            await chat.RunAsync(parts.Host.ApplicationStopping, context.RequestAborted);
        }
        catch (ProblemException refused)
        {
            await frames.SendAsync(new ServerFrame.Error(null, refused.Problem.Code, refused.Problem.Detail, refused.Problem.Field, null));
            await frames.CloseAsync(WebSocketCloseStatus.PolicyViolation, refused.Problem.Code, Task.CompletedTask, context.RequestAborted);
        }
        catch (SocketClosing closing)
        {
            await frames.CloseAsync(closing.Status, closing.Message, Task.CompletedTask, context.RequestAborted);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            // The connection is gone; whoever it was comes back and resumes.
        }
    }

    /// <summary>Finds out whose socket it is and which conversation it is for, and tells both.</summary>
    private static async Task<ChatSocket> BeginAsync(
        HttpContext context, FrameStream frames, ChatSocketParts parts, Caller.Visitor? visitor, string? conversation, long after)
    {
        SessionStarted? session = null;
        if (visitor is null)
            (visitor, session) = await GreetAsync(frames, parts, context.RequestAborted);
        await RequireOwnAsync(parts, visitor, conversation, context.RequestAborted);
        conversation ??= Ids.New("c");
        await frames.SendAsync(new ServerFrame.Ready(conversation, visitor.Id, session?.Token));
        return new ChatSocket(frames, parts, visitor, conversation, after, CallerLanguage.Find(context), context.Connection.RemoteIpAddress);
    }

    /// <summary>The first frame of a socket whose handshake brought no token.</summary>
    private static async Task<(Caller.Visitor Visitor, SessionStarted? Session)> GreetAsync(
        FrameStream frames, ChatSocketParts parts, CancellationToken aborted)
    {
        using var timeIsUp = new CancellationTokenSource(parts.Options.SocketHelloTimeout, parts.Time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(timeIsUp.Token, aborted);
        var bytes = await frames.ReadAsync(until.Token) ?? throw new SocketClosing(WebSocketCloseStatus.NormalClosure, "Goodbye.");
        var hello = BodyJson.Parse(GatewayJson.Wire.ClientFrame, bytes.Span);
        if (hello.Type != "hello")
            throw Problems.TokenMissing("The first frame must be {\"type\":\"hello\",\"token\":TOKEN} where the handshake brought no token.");
        if (hello.Token is { } token)
            return (VisitorOf(parts.Callers.OfToken(token)), null);

        var session = parts.Tokens.Issue();
        return (new Caller.Visitor(session.Visitor), session);
    }

    private static async Task RequireOwnAsync(ChatSocketParts parts, Caller.Visitor visitor, string? conversation, CancellationToken cancellation)
    {
        if (conversation is null)
            return;
        var view = await parts.Grains.AskForAsync<ConversationView>(Grain.Conversation(conversation), new GetConversation(), cancellation);
        if (!ConversationReader.IsFor(view, visitor))
            throw Problems.NotYourConversation();
    }

    private static Caller.Visitor VisitorOf(Caller caller) =>
        caller as Caller.Visitor ?? throw Problems.Forbidden("The chat socket is for customers; agents use /api/agents and /api/conversations.");
}
