using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Reporting.Figures;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Reports;

/// <param name="Report">Times are in seconds, shares 0…1.</param>
internal sealed record FiguresAnswer(FiguresReport Report);

/// <summary>What happened, in numbers.</summary>
internal static class ReportEndpoints
{
    private const string Asking =
        "Of the cases that began between 'from' and 'until', or in the last 'days' whole days (usually 7) by the clock of the owner's calendar; 'channel', 'language', 'intent' "
        + "and 'queue' narrow it. Beside it stands as long before. A case is one matter of a customer: it goes on when they write after it was resolved, and another begins after it was closed.";

    public static void Map(RouteGroupBuilder staff)
    {
        staff.MapGet("/reports/figures", async ([AsParameters] FiguresQuery query, [FromServices] IFigures figures, TimeProvider time, CancellationToken cancellation) =>
                Json.Ok(new FiguresAnswer(await figures.ReadAsync(query.ToQuestion(time.GetUtcNow(), figures.Zone), cancellation)), GatewayJson.Wire.FiguresAnswer))
            .For(Permission.SeeReports)
            .WithTags("Reports")
            .WithSummary("Read the figures of a time")
            .WithDescription(Asking)
            .Produces<FiguresAnswer>()
            .WithExamples(null, Examples.FiguresAnswer)
            .Fails(400, 401, 403);

        staff.MapGet("/reports/figures.csv", CsvAsync)
            .For(Permission.ExportReports)
            .WithTags("Reports")
            .WithSummary("Take the figures of a time out as a table")
            .WithDescription($"{Asking} One row for all, one for as long before, and one for each channel, language, intent, queue, hour and time. Noted in the audit log.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .WithExamples(null, null)
            .Fails(400, 401, 403);
    }

    private static async Task<IResult> CsvAsync(
        [AsParameters] FiguresQuery query, [FromServices] IFigures figures, [FromServices] IStaffDoor door, HttpContext context, TimeProvider time, CancellationToken cancellation)
    {
        var question = query.ToQuestion(time.GetUtcNow(), figures.Zone);
        await door.RequireAsync(context.StaffMember(), Permission.ExportReports, "reports/figures", cancellation);
        return Results.Text(FiguresCsv.Of(await figures.ReadAsync(question, cancellation)), "text/csv; charset=utf-8");
    }
}
