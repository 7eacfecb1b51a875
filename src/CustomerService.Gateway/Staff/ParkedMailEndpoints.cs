using System.Collections.Immutable;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace CustomerService.Gateway.Staff;

public sealed record ParkedMailList(ImmutableArray<ParkedMail> Mails);

/// <summary>What operators do with mails that could not be taken in.</summary>
internal static class ParkedMailEndpoints
{
    private const int MaxListed = 1_000;

    public static void Map(RouteGroupBuilder staff)
    {
        var parked = staff.MapGroup("/operations/parked-mails").WithTags("Operations");

        parked.MapGet("", async (string? account, ParkedMailDesk desk, CancellationToken cancellation) =>
                Json.Ok(new ParkedMailList([.. await desk.ListAsync(account, MaxListed, cancellation)]), GatewayJson.Wire.ParkedMailList))
            .For(Permission.SeeOperations)
            .WithSummary("List mails that could not be taken in")
            .WithDescription("The oldest first, at most 1000, each with its reason; with 'account' only those of that mailbox.")
            .Produces<ParkedMailList>()
            .WithExamples(null, Examples.ParkedMailList)
            .Fails(401, 403);

        parked.MapGet("/{account}/{id}", ReadAsync)
            .For(Permission.SeeOperations)
            .WithSummary("Read a parked mail as it came")
            .WithDescription("Its source (message/rfc822), to be saved and opened with a mail program.")
            .Produces(200)
            .WithExamples(null, null)
            .Fails(401, 403, 404);

        parked.MapPost("/{account}/{id}/retry", async (string account, string id, HttpContext context, OperatorActs acts, CancellationToken cancellation) =>
            {
                await acts.RetryMailAsync(context.StaffMember(), account, id, cancellation);
                return Results.NoContent();
            })
            .For(Permission.ActOnOperations)
            .WithSummary("Take a parked mail in again")
            .WithDescription("It is read anew. It stays parked, with the new reason, if it can't be taken now either.")
            .Produces(204)
            .WithExamples(null, null)
            .Fails(401, 403, 404, 409, 503);

        parked.MapPost("/{account}/{id}/drop", async (string account, string id, HttpContext context, OperatorActs acts, CancellationToken cancellation) =>
            {
                await acts.DropMailAsync(context.StaffMember(), account, id, null, cancellation);
                return Results.NoContent();
            })
            .For(Permission.ActOnOperations)
            .WithSummary("Give a parked mail up")
            .WithDescription("It is never taken in. The mailbox still has it.")
            .Produces(204)
            .WithExamples(null, null)
            .Fails(401, 403, 404);
    }

    private static async Task<IResult> ReadAsync(string account, string id, HttpContext context, ParkedMailDesk desk, CancellationToken cancellation)
    {
        if (await desk.FindAsync(account, id, cancellation) is not var (_, raw))
            throw OperatorActs.NoSuchMail(account, id);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{account}-{id}.eml");
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Bytes(raw, "message/rfc822");
    }
}
