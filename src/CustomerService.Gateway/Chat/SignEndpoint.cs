using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Sockets;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Chat;

/// <param name="Type"><c>received</c>, <c>read</c> or <c>typing</c>.</param>
/// <param name="UpTo">The sequence of the last message that was received or read.</param>
public sealed record CustomerSign(string? ConversationId, string? Type, long? UpTo);

/// <summary>What a page says over its socket besides messages, for pages that have none.</summary>
internal static class SignEndpoint
{
    public static void Map(RouteGroupBuilder chat) => chat.MapPost("/signs", SayAsync)
        .WithSummary("Say that messages were received or read, or that the customer types")
        .WithDescription("For pages that can't open a socket: they wait by GET /api/conversations/{id}?wait=25, write by POST /api/chat/messages, and say this here.")
        .Produces(204)
        .WithExamples(Examples.CustomerSign, null)
        .Fails(400, 401, 403, 413, 415, 429);

    private static async Task<IResult> SayAsync(Body<CustomerSign> body, HttpContext context, ChatSocketParts parts, CancellationToken cancellation)
    {
        var visitor = context.Caller() as Caller.Visitor ?? throw Problems.TokenMissing("This needs the conversation's visitor's token: Authorization: Bearer <token>.");
        var sign = body.Value;
        var id = Ids.Checked("conversationId", sign.ConversationId) ?? throw Problems.InvalidField("conversationId", "The field 'conversationId' is missing.");
        switch (sign.Type)
        {
            case "received" or "read":
                var upTo = sign.UpTo is > 0 and var sequence ? sequence : throw Problems.InvalidField("upTo", "'upTo' must be the sequence of a message.");
                await parts.ReceiptAsync(Grain.Conversation(id), visitor, upTo, sign.Type == "read" ? "read" : "delivered", cancellation);
                break;
            case "typing":
                await parts.Reader.FindAsync(id, visitor, cancellation);
                parts.Typing.Report(id, TypingSide.Customer);
                break;
            default:
                throw Problems.InvalidField("type", "'type' must be received, read or typing.");
        }

        return Results.NoContent();
    }
}
