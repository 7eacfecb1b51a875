using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Gateway.Conversations;

/// <summary>What customers and staff read of a conversation.</summary>
internal static class ConversationEndpoints
{
    private const int DefaultLimit = 200;
    private const int MaxLimit = 1_000;
    private const int MaxWaitSeconds = 30;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/conversations/{id}", ReadAsync)
            .ForAnyone()
            .WithTags("Conversations")
            .WithSummary("Read a conversation")
            .WithDescription(
                "Where it stands, and its messages after the sequence 'after'. With wait=SECONDS (up to 30) the answer is held back until there is "
                + "something new. A visitor sees their own conversations; an agent sees all, with notes.")
            .Produces<ConversationPage>()
            .WithExamples(null, Examples.ConversationPage)
            .Fails(400, 401, 404, 429, 503);
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
            await reader.WaitForNewsAsync(view, from, caller is Caller.Staff, until.Token);
            cancellation.ThrowIfCancellationRequested();
            view = await reader.FindAsync(id, caller, cancellation);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Json.Ok(await reader.PageAsync(view, from, most, caller, CallerLanguage.Of(context), cancellation), GatewayJson.Wire.ConversationPage);
    }

    private static long InRange(string name, long value, long least, long most) =>
        value >= least && value <= most ? value : throw Problems.InvalidField(name, $"'{name}' must lie between {least} and {most}.");
}
