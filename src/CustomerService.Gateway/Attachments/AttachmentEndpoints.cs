using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains.Conversations;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Attachments;

/// <summary>Files of messages, up and down.</summary>
internal static class AttachmentEndpoints
{
    private const string UploadDescription =
        "The body is the file, up to 25 MB, its type in Content-Type; 'name' is its name. The answer's ticket goes into the 'attachments' of a message, which only whoever "
        + "uploaded the file can send, for a day; a file that no message took by then is removed.";

    public static void MapForCustomers(IEndpointRouteBuilder api) => api.MapPost("/chat/attachments", async (
            string name, HttpContext context, AttachmentDesk desk, ChatLimits limits, CancellationToken cancellation) =>
        {
            var visitor = context.Caller() as Caller.Visitor ?? throw Problems.TokenMissing("Uploading a file needs a visitor's token: Authorization: Bearer <token>.");
            limits.CountUpload(visitor);
            return Json.Created(await desk.KeepAsync(visitor.Id, name, context.Request, cancellation), GatewayJson.Wire.UploadedFile);
        })
        .ForAnyone()
        .WithTags("Chat")
        .WithSummary("Upload a customer's file")
        .WithDescription(UploadDescription)
        .Produces<UploadedFile>(201)
        .WithExamples(null, Examples.UploadedFile)
        .Fails(400, 401, 413, 429);

    public static void MapForStaff(IEndpointRouteBuilder staff) => staff.MapPost("/attachments", async (
            string name, HttpContext context, AttachmentDesk desk, CancellationToken cancellation) =>
            Json.Created(await desk.KeepAsync(AttachmentTickets.Staff, name, context.Request, cancellation), GatewayJson.Wire.UploadedFile))
        .WithTags("Agents")
        .For(Permission.WorkConversations)
        .WithSummary("Upload a file for a reply")
        .WithDescription(UploadDescription)
        .Produces<UploadedFile>(201)
        .WithExamples(null, Examples.UploadedFile)
        .Fails(400, 401, 403, 413);

    public static void MapForBoth(IEndpointRouteBuilder api) => api.MapGet("/conversations/{id}/attachments/{reference}", ReadAsync)
        .ForAnyone()
        .WithTags("Conversations")
        .WithSummary("Read a message's file")
        .WithDescription("A visitor reads those of their own conversations, an agent all. Pictures may be shown, and a mail's page (text/html), which was made harmless; everything else is to be saved, and never opened in a page.")
        .Produces(200)
        .WithExamples(null, null)
        .Fails(400, 401, 404, 429);

    private static async Task<IResult> ReadAsync(
        string id, string reference, HttpContext context, ConversationReader reader, AttachmentDesk desk, CancellationToken cancellation)
    {
        var caller = context.Caller();
        if (caller is Caller.Unknown)
            throw Problems.TokenMissing("Reading a file needs the conversation's visitor's token: Authorization: Bearer <token>.");
        return await SendAsync(await reader.FindAsync(Ids.Checked("id", id)!, caller, cancellation), reference, context, reader, desk, cancellation);
    }

    /// <summary>A file of a conversation that the caller may see.</summary>
    internal static async Task<IResult> SendAsync(
        ConversationView view, string reference, HttpContext context, ConversationReader reader, AttachmentDesk desk, CancellationToken cancellation)
    {
        var file = await reader.FindAttachmentAsync(view, reference, cancellation) ?? throw Problems.FileNotFound();

        FileHeaders.Set(context.Response.Headers, file.Name, file.MediaType);
        context.Response.Headers.CacheControl = "private, max-age=86400, immutable";
        return Results.Stream(await desk.OpenAsync(file, cancellation), file.MediaType == FileHeaders.MailPage ? $"{FileHeaders.MailPage}; charset=utf-8" : file.MediaType);
    }
}
