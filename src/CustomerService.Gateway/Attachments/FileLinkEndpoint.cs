using CustomerService.Channels.Files;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Attachments;

/// <summary>A file for the provider that sends it: what <see cref="FileLinks"/> gave a ticket for.</summary>
internal static class FileLinkEndpoint
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    public static void Map(IEndpointRouteBuilder api) => api.MapMethods("/files/{ticket}", Methods, async (
            string ticket, HttpContext context, FileLinks links, IAttachmentStore store, CancellationToken cancellation) =>
        {
            var file = links.Read(ticket) ?? throw Problems.FileNotFound();
            var content = await store.OpenAsync(file.Reference, cancellation) ?? throw Problems.FileNotFound();
            FileHeaders.Set(context.Response.Headers, file.Name, file.MediaType);
            context.Response.Headers.CacheControl = "no-store"; // its time is over when it says so
            return Results.Stream(content, file.MediaType);
        })
        .ForAnyone()
        .WithTags("Channels")
        .WithSummary("Fetch a file that is being sent")
        .WithDescription("For providers that fetch the pictures of a message themselves. The ticket stands for one file, for two hours.")
        .Produces(200)
        .WithExamples(null, null)
        .Fails(404, 429);
}
