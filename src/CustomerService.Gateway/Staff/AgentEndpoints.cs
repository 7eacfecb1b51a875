using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <summary>Agents: who they are, whether they take work, and the offers on their desk.</summary>
internal static class AgentEndpoints
{
    private const int PageLength = 1_000;
    private static readonly TimeSpan MaxTimeline = TimeSpan.FromDays(31);

    public static void Map(RouteGroupBuilder staff)
    {
        var agent = staff.MapGroup("/agents/{id}").WithTags("Agents");

        agent.MapGet("", (string id, IGrainClient grains, CancellationToken cancellation) => ViewAsync(grains, id, cancellation))
            .For(Permission.SeeAgents)
            .WithSummary("Read an agent's desk")
            .WithDescription("Presence, capacity, offers and conversations.")
            .Produces<AgentView>()
            .WithExamples(null, Examples.AgentView)
            .Fails(400, 401, 403);

        agent.MapPut("", ConfigureAsync)
            .For(Permission.ManageAgents)
            .WithSummary("Set who an agent is")
            .WithDescription(
                "Name, queues (the most important first), skills with levels, capacity in units, and how the desk works: activities, limits by channel and "
                + "queue, what a lost connection or idleness means. What is left out is as usual. Answers with the agent's desk.")
            .Produces<AgentView>()
            .WithExamples(Examples.AgentSettings, Examples.AgentView)
            .Fails(400, 401, 403, 409, 413, 415, 422);

        agent.MapPost("/presence", SetPresenceAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Say whether an agent takes work")
            .WithDescription(
                "'available', 'away' or 'offline', or an activity of desk.yaml or of the agent's own settings. Whoever goes declines what is offered and not yet accepted. With "
                + "whenFree it waits until the desk is empty. What an agent who went offline still holds goes back to its queues after a while.")
            .Produces<AgentView>()
            .WithExamples(Examples.PresenceChoice, Examples.AgentView)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422);

        agent.MapPost("/alive", AliveAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Give a sign of life")
            .WithDescription("Ends that no work comes because of idleness or missed offers. Programs that keep a socket open say it there.")
            .Produces<AgentView>()
            .WithExamples(null, Examples.AgentView)
            .Fails(400, 401, 403, 404);

        agent.MapPost("/offers/{offer}/accept", AcceptAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Accept an offered conversation")
            .WithDescription("The queue has the last word: when the offer had already ended it is taken back, and the desk shows so.")
            .Produces<AgentView>(202)
            .WithExamples(null, Examples.AgentView)
            .Fails(400, 401, 403, 404, 409);

        agent.MapPost("/offers/{offer}/decline", DeclineAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Decline an offered conversation")
            .WithDescription("It keeps its place in the line and is offered to somebody else.")
            .Produces<AgentView>(202)
            .WithExamples(Examples.DeclinedOffer, Examples.AgentView)
            .Fails(400, 401, 403, 404, 409, 413, 415);

        agent.MapPost("/wrap-ups/{conversation}/complete", CompleteWrapUpAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Finish the work after a conversation")
            .WithDescription("Its units are free again. A queue may ask for a code, or complete it by itself after a while.")
            .Produces<AgentView>()
            .WithExamples(Examples.WrapUpResult, Examples.AgentView)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422);

        agent.MapGet("/timeline", TimelineAsync)
            .For(Permission.SeeReports)
            .WithSummary("Read what an agent did in a period")
            .WithDescription(
                "Intervals of presence, readiness and load, with their sums and the occupancy. 'from' and 'to' are ISO 8601 times such as 2030-01-01T08:00Z; "
                + "the last 24 hours where left out, at most 31 days.")
            .Produces<AgentTimeline>()
            .WithExamples(null, Examples.AgentTimeline)
            .Fails(400, 401, 403, 404);
    }

    private static Task<IResult> ConfigureAsync(
        string id, Body<AgentSettings> body, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
        DoAsync(grains, id, body.Value.ToCommand(), context, StatusCodes.Status200OK, cancellation);

    private static Task<IResult> SetPresenceAsync(
        string id, Body<PresenceChoice> body, HttpContext context, IGrainClient grains, IDeskActivities activities, CancellationToken cancellation) =>
        DoAsync(grains, id, PresenceIn(body.Value).With(activities), context, StatusCodes.Status200OK, cancellation);

    private static Task<IResult> AliveAsync(string id, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
        DoAsync(grains, id, new SignOfLife(), context, StatusCodes.Status200OK, cancellation);

    private static Task<IResult> CompleteWrapUpAsync(
        string id, string conversation, Body<WrapUpResult> body, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
        DoAsync(grains, id, new CompleteWrapUp(conversation, body.Value.Code, body.Value.Note), context, StatusCodes.Status200OK, cancellation);

    private static async Task<IResult> TimelineAsync(
        string id, DateTimeOffset? from, DateTimeOffset? to, IGrainClient grains, IJournal journal, TimeProvider time, CancellationToken cancellation)
    {
        await grains.AskForAsync<AgentView>(Grain.Agent(Ids.Checked("id", id)!), new GetAgent(), cancellation);
        var now = time.GetUtcNow();
        var until = to < now ? to.Value : now;
        var start = from ?? until.AddDays(-1);
        if (start >= until)
            throw Problems.InvalidField("from", "'from' must be before 'to', and not in the future.");
        if (until - start > MaxTimeline)
            throw Problems.InvalidField("from", $"A timeline covers at most {MaxTimeline.Days} days; ask for several.");

        var reader = new AgentTimelineReader(id, start, until);
        var after = 0L;
        IReadOnlyList<JournalEntry> page;
        do
        {
            page = await journal.ReadAsync(Grain.Agent(id), after, PageLength, cancellation);
            after += page.Count;
        }
        while (page.All(reader.Add) && page.Count == PageLength);
        return Json.Ok(reader.Finish(), GatewayJson.Wire.AgentTimeline);
    }

    /// <summary>A choice of presence, as requests and sockets bring it.</summary>
    internal static SetPresence PresenceIn(PresenceChoice choice) =>
        choice.Presence is null && choice.Activity is null ? throw Problems.InvalidField("presence", "Say the presence ('available', 'away' or 'offline') or an activity.")
        : choice.Presence is not null && !Presences.All.Contains(choice.Presence) ? throw Problems.InvalidField("presence", "Presence must be 'available', 'away' or 'offline'.")
        : new SetPresence(choice.Presence ?? "") { Activity = choice.Activity, WhenFree = choice.WhenFree, By = Ids.Checked("by", choice.By) };

    private static Task<IResult> AcceptAsync(string id, string offer, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
        DoAsync(grains, id, new AcceptOffer(offer), context, StatusCodes.Status202Accepted, cancellation);

    private static Task<IResult> DeclineAsync(
        string id, string offer, Body<DeclinedOffer> body, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
        DoAsync(grains, id, new RejectOffer(offer, body.Value.Reason ?? "declined"), context, StatusCodes.Status202Accepted, cancellation);

    private static async Task<IResult> DoAsync(
        IGrainClient grains, string id, Command command, HttpContext context, int status, CancellationToken cancellation)
    {
        Ids.Checked("id", id);
        await context.ActAsync(Grain.Agent(id), command, cancellation);
        return await ViewAsync(grains, id, cancellation, status);
    }

    private static async Task<IResult> ViewAsync(IGrainClient grains, string id, CancellationToken cancellation, int status = 200)
    {
        Ids.Checked("id", id);
        var view = await grains.AskForAsync<AgentView>(Grain.Agent(id), new GetAgent(), cancellation);
        return Results.Json(view, GatewayJson.Wire.AgentView, statusCode: status);
    }
}
