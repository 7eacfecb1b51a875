using CustomerService.AgentConsole.SignIn;
using CustomerService.Grains.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.AgentConsole.Operations;

/// <summary>A conversation's log as a file of JSON lines. With what was said in it, it is an export, and noted as one.</summary>
internal static class LogDownload
{
    public static void Map(RouteGroupBuilder console) => console.MapGet("/operations/log-file/{id}", async (string id, HttpContext context, IStaffDoor door, IJournal journal) =>
    {
        var who = StaffClaims.MemberOf(context.User)!;
        await door.RequireAsync(who, Permission.SeeOperations, "operations", context.RequestAborted);
        var withTexts = who.May(Permission.SeeConversations) && who.May(Permission.ExportReports);
        if (withTexts)
            await door.RequireAsync(who, Permission.ExportReports, $"conversation/{id}", context.RequestAborted);
        var lines = await ConversationLog.ReadAsync(journal, id, withTexts, context.RequestAborted);
        if (lines.IsEmpty)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(string.Concat(lines.Select(line => line.ToJson() + "\n")), "application/x-ndjson", System.Text.Encoding.UTF8);
    }).RequireAuthorization();
}
