using System.Text.Json;
using CustomerService.AgentConsole.SignIn;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using Microsoft.AspNetCore.Http;

namespace CustomerService.AgentConsole.Audit;

/// <summary>The audit log as a file: JSON, one record a line with its hash, as <c>audit export</c> prints it. That somebody took it stands in the log.</summary>
internal static class AuditExport
{
    public static async Task WriteAsync(HttpContext context, IStaffDoor door, AuditLog log)
    {
        var cancellation = context.RequestAborted;
        await door.RequireAsync(StaffClaims.MemberOf(context.User)!, Permission.ExportAudit, "audit.export", cancellation);
        var filter = AuditQuestion.Of(context.Request.Query).ToFilter();
        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.ContentDisposition = "attachment; filename=audit.jsonl";
        context.Response.Headers.CacheControl = "no-store";
        await foreach (var act in log.ReadAllAsync(0, cancellation))
        {
            if (!filter.Matches(act))
                continue;
            await JsonSerializer.SerializeAsync<JournalEvent>(context.Response.Body, act, GrainsJson.Default.JournalEvent, cancellation);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), cancellation);
        }
    }
}
