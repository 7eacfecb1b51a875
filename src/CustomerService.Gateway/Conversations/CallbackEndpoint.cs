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

/// <summary>A call back, which a customer asks for instead of waiting, or an agent for them.</summary>
internal static class CallbackEndpoint
{
    private const int MaxAddress = 200;

    /// <summary>Who asked, where it was the customer.</summary>
    private const string Customer = "customer";

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{id}/callback", RequestAsync)
        .ForAnyone()
        .WithTags("Conversations")
        .WithSummary("Ask for a call back")
        .WithDescription("The customer need not wait any more: an agent calls when it is their turn, so the place in the line is kept. A visitor asks for their own conversation, staff for any.")
        .Produces(204)
        .WithExamples(Examples.CallbackRequest, null)
        .Fails(400, 401, 403, 404, 409, 413, 415, 422, 429);

    private static async Task<IResult> RequestAsync(
        string id, Body<CallbackRequest> body, HttpContext context, ConversationReader reader, IGrainClient grains, CancellationToken cancellation)
    {
        var caller = context.Caller();
        var by = caller switch
        {
            Caller.Visitor => Customer,
            Caller.Staff => Ids.Checked("by", body.Value.By) ?? throw Problems.InvalidField("by", "The field 'by' is missing: who asks for it."),
            _ => throw Problems.TokenMissing("Asking for a call back needs the conversation's visitor's token: Authorization: Bearer <token>."),
        };
        var to = body.Value.To?.Trim() ?? "";
        if (to.Length is 0 or > MaxAddress || to.Any(char.IsControl))
            throw Problems.InvalidField("to", $"The field 'to' must say where to call, in 1 to {MaxAddress} characters: a telephone number or another address.");
        await reader.FindAsync(Ids.Checked("id", id)!, caller, cancellation);
        var command = new RequestCallback(by, to, body.Value.NotBefore) { Id = IdempotencyKey.Of(context) };
        if (caller is Caller.Staff)
            return await context.ActAsync(Grain.Conversation(id), command, cancellation);
        await grains.AskForAsync<Done>(Grain.Conversation(id), command, cancellation);
        return Results.NoContent();
    }
}
