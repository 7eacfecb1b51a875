using CustomerService.AgentConsole.SignIn;
using CustomerService.Reporting.Figures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.AgentConsole.Figures;

/// <summary>The figures that the page shows, as a file for spreadsheets.</summary>
internal static class FiguresDownload
{
    public static void Map(RouteGroupBuilder console) => console.MapGet("/figures.csv", async (HttpContext context, [FromServices] IFigures figures, [FromServices] IStaffDoor door, [FromServices] TimeProvider time) =>
    {
        await door.RequireAsync(StaffClaims.MemberOf(context.User)!, Permission.ExportReports, "reports/figures", context.RequestAborted);
        var question = FiguresAddress.Parse(context.Request.QueryString.Value ?? "").ToQuestion(time.GetUtcNow(), figures.Zone);
        var table = FiguresCsv.Of(await figures.ReadAsync(question, context.RequestAborted));
        return Results.File(System.Text.Encoding.UTF8.GetBytes(table), "text/csv; charset=utf-8", FormattableString.Invariant($"figures-{question.From:yyyy-MM-dd}.csv"));
    }).RequireAuthorization();
}
