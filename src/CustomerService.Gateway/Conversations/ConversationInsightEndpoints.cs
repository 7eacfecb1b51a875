using CustomerService.Gateway.Chat;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains.Explanations;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Conversations;

/// <summary>What staff look into: what the pipeline did, and why a conversation went where it went.</summary>
internal static class ConversationInsightEndpoints
{
    public static void Map(RouteGroupBuilder staff)
    {
        var conversation = staff.MapGroup("/conversations/{id}").WithTags("Agents");

        conversation.MapGet("/trace", TraceAsync)
            .For(Permission.SeeConversations)
            .WithSummary("Read what the pipeline did, message by message")
            .WithDescription("For agents: each run with every task, its input, output, time and model, or why it was skipped.")
            .Produces<ConversationTrace>()
            .WithExamples(null, Examples.ConversationTrace)
            .Fails(400, 401, 403, 404);

        conversation.MapGet("/explanation", ExplainAsync)
            .For(Permission.SeeConversations)
            .WithSummary("Read why the conversation went where it went")
            .WithDescription(
                "For agents: each handoff with its rule and route, each queue with who was considered for which offer, who was skipped and why, what was "
                + "relaxed when, what was promised and kept, and all states. For one that waits, 'now' says who is considered at this moment.")
            .Produces<Explanation>()
            .WithExamples(null, Examples.Explanation)
            .Fails(400, 401, 403, 404, 503);
    }

    private static async Task<IResult> TraceAsync(
        string id, ConversationReader reader, CancellationToken cancellation)
    {
        Ids.Checked("id", id);
        await reader.FindAsync(id, Caller.Staff.Inside, cancellation);
        return Json.Ok(await reader.TraceAsync(id, cancellation), GatewayJson.Wire.ConversationTrace);
    }

    private static async Task<IResult> ExplainAsync(string id, ConversationReader reader, CancellationToken cancellation)
    {
        var view = await reader.FindAsync(Ids.Checked("id", id)!, Caller.Staff.Inside, cancellation);
        return Json.Ok(await reader.ExplainAsync(view, cancellation), GatewayJson.Wire.Explanation);
    }
}
