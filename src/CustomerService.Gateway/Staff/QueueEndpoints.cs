using System.Collections.Immutable;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <summary>Queues: how they stand, and their pause.</summary>
internal static class QueueEndpoints
{
    private static readonly ImmutableArray<string> States = ["open", "closed", "paused"];

    public static void Map(RouteGroupBuilder staff)
    {
        var queues = staff.MapGroup("/queues").WithTags("Queues");

        queues.MapGet("", ListAsync)
            .For(Permission.SeeQueues)
            .WithSummary("List all queues")
            .WithDescription("Each as it stands now, by name. With state=open, closed or paused only those.")
            .Produces<QueueList>()
            .WithExamples(null, Examples.QueueList)
            .Fails(400, 401, 403, 503);

        queues.MapGet("/{name}", (string name, IGrainClient grains, CancellationToken cancellation) => ViewAsync(grains, name, cancellation))
            .For(Permission.SeeQueues)
            .WithSummary("Read a queue")
            .WithDescription("How many wait and since when, how long it takes, who is there, the head of the line, hours, pause and policy.")
            .Produces<QueueView>()
            .WithExamples(null, Examples.QueueView)
            .Fails(400, 401, 403);

        queues.MapPost("/{name}/pause", (string name, Body<ReasonedAct> body, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
                DoAsync(name, new PauseQueue(Who(body.Value.By), body.Value.Reason ?? ""), context, grains, cancellation))
            .For(Permission.ActOnQueues)
            .WithSummary("Pause a queue")
            .WithDescription("Nothing is offered until it is resumed; the line goes on to form. Answers with the queue.")
            .Produces<QueueView>()
            .WithExamples(Examples.ReasonedAct, Examples.QueueView)
            .Fails(400, 401, 403, 409, 413, 415);

        queues.MapPost("/{name}/resume", (string name, Body<Act> body, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
                DoAsync(name, new ResumeQueue(Who(body.Value.By)), context, grains, cancellation))
            .For(Permission.ActOnQueues)
            .WithSummary("Resume a paused queue")
            .WithDescription("Whoever waits is offered at once. Answers with the queue.")
            .Produces<QueueView>()
            .WithExamples(Examples.Act, Examples.QueueView)
            .Fails(400, 401, 403, 409, 413, 415);
    }

    private static async Task<IResult> ListAsync(string? state, KnownQueues known, IGrainClient grains, CancellationToken cancellation)
    {
        if (state is not null && !States.Contains(state))
            throw Problems.InvalidField("state", $"'state' must be one of {string.Join(", ", States)}.");
        var views = ImmutableArray.CreateBuilder<QueueView>();
        foreach (var name in known.Names)
        {
            var view = await grains.AskForAsync<QueueView>(Grain.Queue(name), new GetQueue(), cancellation);
            if (state is null || state == StateOf(view))
                views.Add(view with { Head = [], Policy = null });
        }

        return Json.Ok(new QueueList(views.DrainToImmutable()), GatewayJson.Wire.QueueList);
    }

    private static async Task<IResult> ViewAsync(IGrainClient grains, string name, CancellationToken cancellation) =>
        Json.Ok(await grains.AskForAsync<QueueView>(Grain.Queue(Ids.Checked("name", name)!), new GetQueue(), cancellation), GatewayJson.Wire.QueueView);

    private static async Task<IResult> DoAsync(string name, Command command, HttpContext context, IGrainClient grains, CancellationToken cancellation)
    {
        await context.ActAsync(Grain.Queue(Ids.Checked("name", name)!), command, cancellation);
        return await ViewAsync(grains, name, cancellation);
    }

    private static string StateOf(QueueView queue) => queue switch
    {
        { Paused: not null } => "paused",
        { OpensAt: not null } => "closed",
        _ => "open",
    };

    private static string Who(string? by) => Ids.Checked("by", by) ?? throw Problems.InvalidField("by", "The field 'by' is missing: who does this.");
}
