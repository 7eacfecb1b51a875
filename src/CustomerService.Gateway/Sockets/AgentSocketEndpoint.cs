using System.Net.WebSockets;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Gateway.Sockets;

/// <summary>The handshake of an agent's socket.</summary>
internal static class AgentSocketEndpoint
{
    /// <summary>Offered as <c>Sec-WebSocket-Protocol: agent.v1, token.TOKEN</c>, or with the token in the header.</summary>
    public const string Protocol = "agent.v1";

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agents/{id}/socket", OpenAsync)
        .WithTags("Agents")
        .WithSummary("Open an agent's socket")
        .WithDescription(
            "A WebSocket; while it is open the agent is there. Offer the protocols 'agent.v1' and 'token.TOKEN', or send the token as a header. "
            + "The client sends accept {offer}, reject {offer, reason}, presence {presence, activity, whenFree}, wrap_up {conversation, code, note}, each "
            + "with an id that comes back with done, busy or error, and alive as a sign of life; it gets ready, desk, offer, offer_ended, work_started, wrap_up, "
            + "work_ended and presence. When the last socket of an agent is lost and none comes back in time, offers go back, and later all work.")
        .WithExamples(null, null)
        .Produces(101)
        .Fails(400, 401, 403, 404, 426);

    private static async Task OpenAsync(HttpContext context, string id, AgentSocketParts parts, Callers callers, IHostApplicationLifetime host)
    {
        Handshake.Check(context, parts.Settings);
        var token = Handshake.TokenIn(context) ?? throw Problems.TokenMissing("An agent's socket needs an agent's token: offer the protocol token.TOKEN.");
        var member = await callers.OfTokenAsync(token, context) is Caller.Staff staff
            ? await callers.RequireAsync(staff.Member, context, Permission.WorkConversations)
            : throw Problems.Forbidden("An agent's socket needs an agent's token.");
        await parts.Grains.AskForAsync<AgentView>(Grain.Agent(Ids.Checked("id", id)!), new GetAgent(), context.RequestAborted);

        using var socket = await Handshake.AcceptAsync(context, Protocol, parts.Options);
        using var frames = new FrameStream(socket, parts.Options, parts.Time);
        try
        {
            await new AgentSocket(frames, parts, member, parts.ConnectionOf(member, id), id).RunAsync(host.ApplicationStopping, context.RequestAborted);
        }
        catch (SocketClosing closing)
        {
            await frames.CloseAsync(closing.Status, closing.Message, Task.CompletedTask, context.RequestAborted);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            // The connection is gone; the agent's program comes back and gets the desk as it is then.
        }
    }
}
