using System.Collections.Immutable;
using CustomerService.Channels.Health;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Reporting.Following;
using CustomerService.Reporting.FollowUps;
using CustomerService.Reporting.Spikes;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <summary>Commands that no grain could handle, kept for an operator. The runtime's, as this gateway needs it.</summary>
public interface IParkedCommands
{
    /// <summary>The oldest first, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<ParkedCommand>> ListAsync(int limit, CancellationToken cancellation);

    /// <summary>Sends it again; it stays parked if it fails again. False: there is none of that id.</summary>
    ValueTask<bool> RetryAsync(string id, CancellationToken cancellation);

    /// <summary>Gives it up. False: there is none of that id.</summary>
    ValueTask<bool> DropAsync(string id, CancellationToken cancellation);
}

/// <param name="Grain">For which grain it is, as <c>kind/key</c>.</param>
/// <param name="Command">What kind of command it is.</param>
/// <param name="Reason">Why it could not be handled.</param>
public sealed record ParkedCommand(string Id, string Grain, string Command, string Reason, DateTimeOffset At);

/// <summary>How the accounts do that one process works for.</summary>
/// <param name="Since">Since when it is kept: the start of the process.</param>
/// <param name="Process">The machine that answers.</param>
/// <param name="Accounts">By name.</param>
public sealed record ChannelReport(DateTimeOffset At, DateTimeOffset Since, string Process, ImmutableArray<AccountStatus> Accounts);

public sealed record ParkedCommands(ImmutableArray<ParkedCommand> Parked);

/// <param name="KnowsThePast">False right after a start, while the last weeks are still being read: then nothing is told yet.</param>
public sealed record AlertList(bool KnowsThePast, ImmutableArray<Alert> Alerts);

/// <param name="Next">Left out: nothing stands out.</param>
public sealed record FollowUpAnswer(FollowUp? Next);

/// <summary>What operators do.</summary>
internal static class OperationsEndpoints
{
    private const int MaxListed = 1_000;

    public static void Map(RouteGroupBuilder operators)
    {
        operators.MapGet("/operations/cluster", async (IClusterView cluster, CancellationToken cancellation) =>
                Json.Ok(await cluster.LookAsync(cancellation), GatewayJson.Wire.ClusterStatus))
            .WithTags("Operations")
            .For(Permission.SeeOperations)
            .WithSummary("Read how the system stands")
            .WithDescription("Each process that hosts grains, with its grains, calls and work, and what the store says is still to be done.")
            .Produces<ClusterStatus>()
            .WithExamples(null, Examples.ClusterStatus)
            .Fails(401, 403, 503);

        operators.MapGet("/operations/channels", (ChannelHealth health, TimeProvider time) =>
                Json.Ok(new ChannelReport(time.GetUtcNow(), health.Since, Environment.MachineName, health.Look()), GatewayJson.Wire.ChannelReport))
            .WithTags("Operations")
            .For(Permission.SeeOperations)
            .WithSummary("Read how the channels do")
            .WithDescription("Each account of channels.yaml: whether it works, what came and went last, what waits. A process tells what it does itself; of a cluster, ask each, or read /metrics.")
            .Produces<ChannelReport>()
            .WithExamples(null, Examples.ChannelReport)
            .Fails(401, 403);

        operators.MapGet("/operations/alerts", (Foresight foresight) =>
                Json.Ok(new AlertList(foresight.KnowsThePast, foresight.Alerts), GatewayJson.Wire.AlertList))
            .WithTags("Operations")
            .For(Permission.SeeReports)
            .WithSummary("Read what rises unusually")
            .WithDescription("Intents and words that more customers write about than is usual at this hour of the week, each with its evidence; the oldest first.")
            .Produces<AlertList>()
            .WithExamples(null, Examples.AlertList)
            .Fails(401, 403);

        operators.MapGet("/operations/follow-ups/{intent}", (string intent, Foresight foresight) =>
                Json.Ok(new FollowUpAnswer(foresight.After(intent)), GatewayJson.Wire.FollowUpAnswer))
            .WithTags("Operations")
            .For(Permission.SeeReports)
            .WithSummary("Read what customers often want next")
            .WithDescription("After this intent, within two weeks, with the counts that show it; nothing where too few cases stand behind it, or where it follows everything alike.")
            .Produces<FollowUpAnswer>()
            .WithExamples(null, Examples.FollowUpAnswer)
            .Fails(401, 403);

        var parked = operators.MapGroup("/operations/parked").WithTags("Operations");

        parked.MapGet("", async (IParkedCommands commands, CancellationToken cancellation) =>
                Json.Ok(new ParkedCommands([.. await commands.ListAsync(MaxListed, cancellation)]), GatewayJson.Wire.ParkedCommands))
            .For(Permission.SeeOperations)
            .WithSummary("List commands that could not be handled")
            .WithDescription("The oldest first, at most 1000, each with its reason.")
            .Produces<ParkedCommands>()
            .WithExamples(null, Examples.ParkedCommands)
            .Fails(401, 403);

        parked.MapPost("/{id}/retry", async (string id, OperatorActs acts, HttpContext context, CancellationToken cancellation) =>
            {
                await acts.RetryCommandAsync(context.StaffMember(), IdIn(id), cancellation);
                return Results.NoContent();
            })
            .For(Permission.ActOnOperations)
            .WithSummary("Send a parked command again")
            .WithDescription("It stays parked if it fails again.")
            .Produces(204)
            .WithExamples(null, null)
            .Fails(401, 403, 404, 500);

        parked.MapPost("/{id}/drop", async (string id, OperatorActs acts, HttpContext context, CancellationToken cancellation) =>
            {
                await acts.DropCommandAsync(context.StaffMember(), IdIn(id), null, cancellation);
                return Results.NoContent();
            })
            .For(Permission.ActOnOperations)
            .WithSummary("Give a parked command up")
            .WithDescription("It is never carried out.")
            .Produces(204)
            .WithExamples(null, null)
            .Fails(401, 403, 404);
    }

    /// <summary>An id may hold a slash, which stays escaped in a route's value.</summary>
    private static string IdIn(string routeValue) => Uri.UnescapeDataString(routeValue);
}
