using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Chat;

/// <summary>What customers' pages and programs send.</summary>
internal static class ChatEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var chat = api.MapGroup("/chat").WithTags("Chat").ForAnyone();

        SessionEndpoint.Map(chat);
        SignEndpoint.Map(chat);

        api.MapPost("/visitors/{name}/session", (string name, VisitorTokens tokens) =>
                Json.Created(tokens.IssueFor(Ids.Checked("name", name)!), GatewayJson.Default.SessionStarted))
            .WithTags("Chat").For(Permission.EditCustomers)
            .WithSummary("Begin the session of a known visitor")
            .WithDescription("For a shop's own server, which knows its visitors: the same name is always the same visitor. The name has 1 to 128 of letters, digits and . _ : -")
            .Produces<SessionStarted>(201)
            .WithExamples(null, Examples.SessionStarted)
            .Fails(400, 401, 403);

        chat.MapPost("/messages", SendAsync)
            .WithSummary("Send a customer's message")
            .WithDescription(
                "Answers when the message is durable. The same messageId again changes nothing and gets the same sequence. "
                + "Without a token a session is begun, and its token is in the answer.")
            .Produces<AcceptedMessage>(202)
            .WithExamples(Examples.SendMessage, Examples.AcceptedMessage)
            .Fails(400, 401, 403, 413, 415, 429, 503);
    }

    private static async Task<IResult> SendAsync(
        Body<SendMessage> body, HttpContext context, VisitorTokens tokens, MessageIntake intake, CancellationToken cancellation)
    {
        switch (context.Caller())
        {
            case Caller.Visitor visitor:
                return Json.Accepted(await intake.AcceptAsync(visitor.Id, body.Value, CallerLanguage.Find(context), cancellation), GatewayJson.Wire.AcceptedMessage);
            case Caller.Unknown:
                var session = tokens.Issue();
                var accepted = await intake.AcceptAsync(session.Visitor, body.Value, CallerLanguage.Find(context), cancellation);
                return Json.Accepted(accepted with { Token = session.Token }, GatewayJson.Wire.AcceptedMessage);
            default:
                throw Problems.Forbidden("Customers write here. An agent answers with POST /api/conversations/{id}/replies.");
        }
    }
}
