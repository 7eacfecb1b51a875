using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <summary>Agents: who they are, whether they take work, and the offers on their desk.</summary>
internal static class AgentEndpoints
{
    public static void Map(RouteGroupBuilder staff)
    {
        var agent = staff.MapGroup("/agents/{id}").WithTags("Agents");

        agent.MapGet("", (string id, IGrainClient grains, CancellationToken cancellation) => ViewAsync(grains, id, cancellation))
            .WithSummary("Read an agent's desk")
            .WithDescription("Presence, capacity, offers and conversations.")
            .Produces<AgentView>()
            .WithExamples(null, Examples.AgentView)
            .Fails(400, 401, 403);

        agent.MapPut("", ConfigureAsync)
            .WithSummary("Set who an agent is")
            .WithDescription("Name, the queues they serve, their skills, and how many conversations they hold at once. Answers with the agent's desk.")
            .Produces<AgentView>()
            .WithExamples(Examples.AgentSettings, Examples.AgentView)
            .Fails(400, 401, 403, 409, 413, 415, 422);

        agent.MapPost("/presence", SetPresenceAsync)
            .WithSummary("Say whether an agent takes work")
            .WithDescription("'available', 'away' or 'offline'. Going away declines what is offered and not yet accepted.")
            .Produces<AgentView>()
            .WithExamples(Examples.PresenceChoice, Examples.AgentView)
            .Fails(400, 401, 403, 409, 413, 415, 422);

        agent.MapPost("/offers/{offer}/accept", AcceptAsync)
            .WithSummary("Accept an offered conversation")
            .WithDescription("The queue has the last word: when the offer had already ended it is taken back, and the desk shows so.")
            .Produces<AgentView>(202)
            .WithExamples(null, Examples.AgentView)
            .Fails(400, 401, 403, 404, 409);

        agent.MapPost("/offers/{offer}/decline", DeclineAsync)
            .WithSummary("Decline an offered conversation")
            .WithDescription("It keeps its place in the line and is offered to somebody else.")
            .Produces<AgentView>(202)
            .WithExamples(Examples.DeclinedOffer, Examples.AgentView)
            .Fails(400, 401, 403, 404, 409, 413, 415);
    }

    private static async Task<IResult> ConfigureAsync(
        string id, Body<AgentSettings> body, HttpContext context, IGrainClient grains, CancellationToken cancellation)
    {
        var settings = body.Value;
        if (string.IsNullOrWhiteSpace(settings.Name))
            throw Problems.InvalidField("name", "An agent needs a name, which customers see.");
        if (settings.Capacity is not (>= 0 and <= 1_000))
            throw Problems.InvalidField("capacity", "Capacity must be given and lie between 0 and 1000.");
        var command = new ConfigureAgent(settings.Name, settings.Queues ?? [], settings.Skills ?? [], settings.Capacity.Value);
        return await DoAsync(grains, id, command, context, StatusCodes.Status200OK, cancellation);
    }

    private static Task<IResult> SetPresenceAsync(
        string id, Body<PresenceChoice> body, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
        body.Value.Presence is "available" or "away" or "offline"
            ? DoAsync(grains, id, new SetPresence(body.Value.Presence), context, StatusCodes.Status200OK, cancellation)
            : throw Problems.InvalidField("presence", "Presence must be 'available', 'away' or 'offline'.");

    private static Task<IResult> AcceptAsync(string id, string offer, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
        DoAsync(grains, id, new AcceptOffer(offer), context, StatusCodes.Status202Accepted, cancellation);

    private static Task<IResult> DeclineAsync(
        string id, string offer, Body<DeclinedOffer> body, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
        DoAsync(grains, id, new RejectOffer(offer, body.Value.Reason ?? "declined"), context, StatusCodes.Status202Accepted, cancellation);

    private static async Task<IResult> DoAsync(
        IGrainClient grains, string id, Command command, HttpContext context, int status, CancellationToken cancellation)
    {
        Ids.Checked("id", id);
        await grains.AskForAsync<Done>(Grain.Agent(id), command with { Id = IdempotencyKey.Of(context) }, cancellation);
        return await ViewAsync(grains, id, cancellation, status);
    }

    private static async Task<IResult> ViewAsync(IGrainClient grains, string id, CancellationToken cancellation, int status = 200)
    {
        Ids.Checked("id", id);
        var view = await grains.AskForAsync<AgentView>(Grain.Agent(id), new GetAgent(), cancellation);
        return Results.Json(view, GatewayJson.Wire.AgentView, statusCode: status);
    }
}
