using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Staff;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Conversations;

/// <param name="Score">1 (bad) to 5 (very good).</param>
/// <param name="Comment">Up to 2,000 characters, for the people who work here.</param>
public sealed record Rating(int? Score, string? Comment);

/// <summary>How it went, by the customer's word.</summary>
internal static class RatingEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{id}/rating", RateAsync)
        .ForAnyone()
        .WithTags("Conversations")
        .WithSummary("Rate a settled conversation")
        .WithDescription("Only its customer can, and only when it is resolved. A later rating replaces an earlier one; after a new message it is asked anew.")
        .Produces(204)
        .WithExamples(Examples.Rating, null)
        .Fails(400, 401, 403, 404, 409, 413, 415, 422, 429);

    private static async Task<IResult> RateAsync(
        string id, Body<Rating> body, HttpContext context, ConversationReader reader, IGrainClient grains, CancellationToken cancellation)
    {
        var visitor = context.Caller() as Caller.Visitor ?? throw Problems.TokenMissing("Rating needs the conversation's visitor's token: Authorization: Bearer <token>.");
        await reader.FindAsync(Ids.Checked("id", id)!, visitor, cancellation);
        var score = body.Value.Score ?? throw Problems.InvalidField("score", "The field 'score' is missing: 1 (bad) to 5 (very good).");
        await grains.AskForAsync<Done>(Grain.Conversation(id), new RateConversation(score, body.Value.Comment) { Id = IdempotencyKey.Of(context) }, cancellation);
        return Results.NoContent();
    }
}
