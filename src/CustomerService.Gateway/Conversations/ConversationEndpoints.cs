using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Explanations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Gateway.Conversations;

/// <summary>What is read of conversations.</summary>
internal static class ConversationEndpoints
{
    private const int DefaultLimit = 200;
    private const int MaxLimit = 1_000;
    private const int MaxWaitSeconds = 30;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/conversations/{id}", ReadAsync)
            .For(Access.Anyone)
            .WithTags("Conversations")
            .WithSummary("Read a conversation")
            .WithDescription(
                "Where it stands, and its messages after the sequence 'after'. With wait=SECONDS (up to 30) the answer is held back until there is "
                + "something new. A visitor sees their own conversations; an agent sees all, with notes.")
            .Produces<ConversationPage>()
            .WithExamples(null, Examples.ConversationPage)
            .Fails(400, 401, 404, 429, 503);

        api.MapGet("/conversations/{id}/trace", TraceAsync)
            .For(Access.Staff)
            .WithTags("Agents")
            .WithSummary("Read what the pipeline did, message by message")
            .WithDescription("For agents: each run with every task, its input, output, time and model, or why it was skipped.")
            .Produces<ConversationTrace>()
            .WithExamples(null, Examples.ConversationTrace)
            .Fails(400, 401, 403, 404);

        api.MapGet("/conversations/{id}/explanation", ExplainAsync)
            .For(Access.Staff)
            .WithTags("Agents")
            .WithSummary("Read why the conversation went where it went")
            .WithDescription(
                "For agents: each handoff with its rule and route, each queue with who was considered for which offer, who was skipped and why, what was "
                + "relaxed when, what was promised and kept, and all states. For one that waits, 'now' says who is considered at this moment.")
            .Produces<Explanation>()
            .WithExamples(null, Examples.Explanation)
            .Fails(400, 401, 403, 404, 503);
    }

    private static async Task<IResult> ReadAsync(
        string id, long? after, int? wait, int? limit, HttpContext context, ConversationReader reader, IHostApplicationLifetime host,
        TimeProvider time, CancellationToken cancellation)
    {
        var caller = context.Caller();
        if (caller is Caller.Unknown)
            throw Problems.TokenMissing("Reading a conversation needs its visitor's token: Authorization: Bearer <token>.");
        Ids.Checked("id", id);
        var from = InRange("after", after ?? 0, 0, long.MaxValue);
        var seconds = InRange("wait", wait ?? 0, 0, MaxWaitSeconds);
        var most = (int)InRange("limit", limit ?? DefaultLimit, 1, MaxLimit);

        var view = await reader.FindAsync(id, caller, cancellation);
        if (seconds > 0)
        {
            using var timeIsUp = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
            using var until = CancellationTokenSource.CreateLinkedTokenSource(timeIsUp.Token, host.ApplicationStopping, cancellation);
            await reader.WaitForNewsAsync(view, from, until.Token);
            cancellation.ThrowIfCancellationRequested();
            view = await reader.FindAsync(id, caller, cancellation);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Json.Ok(await reader.PageAsync(view, from, most, caller, cancellation), GatewayJson.Wire.ConversationPage);
    }

    private static async Task<IResult> TraceAsync(
        string id, ConversationReader reader, CancellationToken cancellation)
    {
        Ids.Checked("id", id);
        await reader.FindAsync(id, new Caller.Staff(IsOperator: false), cancellation);
        return Json.Ok(await reader.TraceAsync(id, cancellation), GatewayJson.Wire.ConversationTrace);
    }

    private static async Task<IResult> ExplainAsync(string id, ConversationReader reader, CancellationToken cancellation)
    {
        var view = await reader.FindAsync(Ids.Checked("id", id)!, new Caller.Staff(IsOperator: false), cancellation);
        return Json.Ok(await reader.ExplainAsync(view, cancellation), GatewayJson.Wire.Explanation);
    }

    private static long InRange(string name, long value, long least, long most) =>
        value >= least && value <= most ? value : throw Problems.InvalidField(name, $"'{name}' must lie between {least} and {most}.");
}
