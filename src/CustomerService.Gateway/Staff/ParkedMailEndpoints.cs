using System.Collections.Immutable;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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

        parked.MapPost("/{account}/{id}/retry", (string account, string id, HttpContext context, ParkedMailDesk desk, CancellationToken cancellation) =>
                ActAsync(context, "operations.retry_mail", account, id, async ending => await desk.RetryAsync(account, id, ending) switch
                {
                    ParkedMailRetry.NotFound => throw NotFound(account, id),
                    ParkedMailRetry.StillParked parkedStill => throw Problems.MailNotTaken($"The mail {account}/{id} stays parked: {parkedStill.Reason}."),
                    _ => Results.NoContent(),
                }, cancellation))
            .For(Permission.ActOnOperations)
            .WithSummary("Take a parked mail in again")
            .WithDescription("It is read anew. It stays parked, with the new reason, if it can't be taken now either.")
            .Produces(204)
            .WithExamples(null, null)
            .Fails(401, 403, 404, 409, 503);

        parked.MapPost("/{account}/{id}/drop", (string account, string id, HttpContext context, ParkedMailDesk desk, CancellationToken cancellation) =>
                ActAsync(context, "operations.drop_mail", account, id, async ending =>
                    await desk.DropAsync(account, id, ending) ? Results.NoContent() : throw NotFound(account, id), cancellation))
            .For(Permission.ActOnOperations)
            .WithSummary("Give a parked mail up")
            .WithDescription("It is never taken in. The mailbox still has it.")
            .Produces(204)
            .WithExamples(null, null)
            .Fails(401, 403, 404);
    }

    private static async Task<IResult> ActAsync(
        HttpContext context, string act, string account, string id, Func<CancellationToken, ValueTask<IResult>> doIt, CancellationToken cancellation) =>
        await context.RequestServices.GetRequiredService<IStaffDoor>().ActAsync(
            context.StaffMember(), Permission.ActOnOperations, act, $"{account}/{id}", doIt, cancellation: cancellation);

    private static async Task<IResult> ReadAsync(string account, string id, HttpContext context, ParkedMailDesk desk, CancellationToken cancellation)
    {
        if (await desk.FindAsync(account, id, cancellation) is not var (_, raw))
            throw NotFound(account, id);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{account}-{id}.eml");
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Bytes(raw, "message/rfc822");
    }

    private static ProblemException NotFound(string account, string id) =>
        Problems.NotFound("no_such_parked_mail", $"There is no parked mail {account}/{id}; list them with GET /api/operations/parked-mails.");
}
