using CustomerService.Channels.Email;
using CustomerService.Channels.Files;
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
using Microsoft.Net.Http.Headers;

namespace CustomerService.Gateway.Attachments;

/// <summary>Gives agents a mail as it came, for what its text and files don't show: who it went through, what it claims, how it was written.</summary>
internal static class MailSourceEndpoint
{
    public static void Map(RouteGroupBuilder staff) => staff.MapGet("/conversations/{id}/messages/{sequence}/source", ReadAsync)
        .WithTags("Agents")
        .For(Permission.SeeConversations)
        .WithSummary("Read a mail as it came")
        .WithDescription("The source (message/rfc822) of a message that came by mail, to be saved and opened with a mail program.")
        .Produces(200)
        .WithExamples(null, null)
        .Fails(401, 403, 404);

    private static async Task<IResult> ReadAsync(
        string id, long sequence, HttpContext context, ConversationReader reader, IAttachmentStore files, CancellationToken cancellation)
    {
        var view = await reader.FindAsync(Ids.Checked("id", id)!, Caller.Staff.Inside, cancellation);
        var message = await reader.FindReceivedAsync(view, sequence, cancellation);
        // What other channels bring as metadata is their writers' own, and names no file of ours.
        if (message is not { Channel: ChannelNames.Email }
            || message.ChannelMetadata.GetValueOrDefault(MailMetadata.Source) is not { } reference
            || await files.OpenAsync(reference, cancellation) is not { } source)
        {
            throw Problems.NotFound("no_such_source", $"Message {sequence} did not come by mail, or its source was not kept.");
        }

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{view.Id}-{sequence}.eml");
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Stream(source, "message/rfc822");
    }
}
