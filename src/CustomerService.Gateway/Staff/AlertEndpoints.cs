using System.Collections.Immutable;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <param name="Raised">The oldest first.</param>
/// <param name="Past">Those that are over, the newest first, at most a hundred.</param>
public sealed record OwnersAlerts(ImmutableArray<OwnersAlert> Raised, ImmutableArray<OwnersAlert> Past);

/// <summary>Something is as a rule of the owner's says it should not be, or was.</summary>
/// <param name="Rule">By its name in alerts.yaml.</param>
/// <param name="Subject">Of which queue, channel, language, intent or topic the figure is; left out: of all.</param>
/// <param name="Part">Which of these it is.</param>
/// <param name="Kind"><c>above</c>, <c>below</c> or <c>spike</c>.</param>
/// <param name="Severity"><c>notice</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Value">The figure now, or at the end. Times are in seconds, shares from 0 to 1.</param>
/// <param name="Limit">What it may not pass; of a spike what is usual at most.</param>
/// <param name="Usual">What is usual; left out where it is held against no past.</param>
/// <param name="Worst">The figure when it was farthest beyond the limit.</param>
/// <param name="Ended">Why it is over: <c>calm</c>, <c>unknown</c> or <c>rule_gone</c>.</param>
public sealed record OwnersAlert(
    string Id, string Rule, string? Subject, string? Part, string Figure, string Kind, string Severity, double Value, double Limit, double? Usual, double Worst, DateTimeOffset Since,
    DateTimeOffset RaisedAt, string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, string? Note, DateTimeOffset? SnoozedUntil, string? SnoozedBy, DateTimeOffset? ClearedAt, string? Ended);

/// <summary>The owner's alerts: how they stand, and who takes them on.</summary>
internal static class AlertEndpoints
{
    public static void Map(RouteGroupBuilder staff)
    {
        var alerts = staff.MapGroup("/alerts").WithTags("Operations");

        alerts.MapGet("", (IGrainClient grains, CancellationToken cancellation) => ListAsync(grains, cancellation))
            .For(Permission.SeeReports)
            .WithSummary("List alerts")
            .WithDescription("What is raised by the rules of alerts.yaml, with its figures, and what was lately.")
            .Produces<OwnersAlerts>()
            .WithExamples(null, Examples.OwnersAlerts)
            .Fails(401, 403, 503);

        alerts.MapPost("/{id}/acknowledge", async (string id, Body<ReasonedAct> body, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
            {
                await context.ActAsync(Grain.Alerts, new AcknowledgeAlert(Who(body.Value.By), Ids.Checked("id", id)!, body.Value.Reason), cancellation);
                return await ListAsync(grains, cancellation);
            })
            .For(Permission.ActOnAlerts)
            .WithSummary("Take an alert on")
            .WithDescription("The first one wins; the reason is the note that everybody sees, and may be left out. Answers with all alerts.")
            .Produces<OwnersAlerts>()
            .WithExamples(Examples.ReasonedAct, Examples.OwnersAlerts)
            .Fails(400, 401, 403, 404, 409, 413, 415);
    }

    private static async Task<IResult> ListAsync(IGrainClient grains, CancellationToken cancellation)
    {
        var view = await grains.AskForAsync<AlertsView>(Grain.Alerts, new GetAlerts(), cancellation);
        return Json.Ok(new OwnersAlerts([.. view.Raised.Select(Of)], [.. view.Past.Select(Of)]), GatewayJson.Wire.OwnersAlerts);
    }

    private static OwnersAlert Of(AlertRecord alert) => new(
        alert.Id, alert.Finding.Rule, alert.Finding.Subject is { Length: > 0 } subject ? subject : null, alert.Finding.Part, alert.Finding.Figure, alert.Finding.Kind.ToString().ToLowerInvariant(),
        alert.Finding.Severity.ToString().ToLowerInvariant(), alert.Finding.Value, alert.Finding.Limit, alert.Finding.Usual, alert.Worst, alert.Finding.Since, alert.RaisedAt, alert.AcknowledgedBy,
        alert.AcknowledgedAt, alert.Note, alert.SnoozedUntil, alert.SnoozedBy, alert.ClearedAt, alert.Why);

    private static string Who(string? by) => Ids.Checked("by", by) ?? throw Problems.InvalidField("by", "The field 'by' is missing: who does this.");
}
