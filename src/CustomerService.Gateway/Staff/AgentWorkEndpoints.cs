using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <summary>What agents do with conversations, and what they look at: queues and tickets.</summary>
internal static class AgentWorkEndpoints
{
    private const int MaxPriority = 10;

    public static void Map(RouteGroupBuilder staff)
    {
        var conversation = staff.MapGroup("/conversations/{id}").WithTags("Agents");

        conversation.MapPost("/replies", ReplyAsync)
            .WithSummary("Answer the customer")
            .WithDescription("Only the agent who has the conversation can. Answers when the message is durable; the same messageId again changes nothing.")
            .Produces<AcceptedMessage>(202)
            .WithExamples(Examples.AgentReply, Examples.AcceptedReply)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422);

        conversation.MapPost("/notes", NoteAsync)
            .WithSummary("Write a private note")
            .WithDescription("Agents see it with the conversation; the customer never does.")
            .Produces(204)
            .WithExamples(Examples.AgentNote, null)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422);

        conversation.MapPost("/resolve", ResolveAsync)
            .WithSummary("Settle the matter")
            .WithDescription("The agent is free again; the customer's next message opens the conversation anew.")
            .Produces(204)
            .WithExamples(Examples.AgentAction, null)
            .Fails(400, 401, 403, 404, 409, 415);

        conversation.MapPost("/transfer", TransferAsync)
            .WithSummary("Give the conversation to a queue")
            .WithDescription("Whoever has it is released; it joins the queue's line with everything known about it.")
            .Produces(204)
            .WithExamples(Examples.TransferRequest, null)
            .Fails(400, 401, 403, 404, 409, 415, 422);

        conversation.MapPost("/typing", (string id, TypingSignals typing) =>
            {
                Ids.Checked("id", id);
                typing.Report(id, TypingSide.Agent);
                return Results.NoContent();
            })
            .WithSummary("Show the customer that an answer is being written")
            .WithDescription("A hint that fades after some seconds; nothing is stored.")
            .Produces(204)
            .WithExamples(null, null)
            .Fails(400, 401, 403);

        staff.MapGet("/queues/{name}", async (string name, IGrainClient grains, CancellationToken cancellation) =>
                Json.Ok(await grains.AskForAsync<QueueView>(Grain.Queue(Ids.Checked("name", name)!), new GetQueue(), cancellation), GatewayJson.Wire.QueueView))
            .WithTags("Agents")
            .WithSummary("Read a queue")
            .WithDescription("How many wait, since when, who is ready, and the head of the line.")
            .Produces<QueueView>()
            .WithExamples(null, Examples.QueueView)
            .Fails(400, 401, 403);

        staff.MapGet("/tickets/{id}", async (string id, IGrainClient grains, CancellationToken cancellation) =>
                Json.Ok((await grains.AskForAsync<TicketView>(Grain.Ticket(Ids.Checked("id", id)!), new GetTicket(), cancellation)).Ticket, GatewayJson.Wire.TicketState))
            .WithTags("Agents")
            .WithSummary("Read a ticket")
            .WithDescription("What a conversation is about, as it was logged.")
            .Produces<TicketState>()
            .WithExamples(null, Examples.Ticket)
            .Fails(400, 401, 403, 404);
    }

    private static async Task<IResult> ReplyAsync(string id, Body<AgentReply> body, IGrainClient grains, CancellationToken cancellation)
    {
        var messageId = Ids.Checked("messageId", body.Value.MessageId) ?? Ids.New("m");
        var command = new SendAgentReply(AgentIn(body.Value.AgentId), messageId, MessageIntake.CheckedText(body.Value.Text)) { Id = messageId };
        var accepted = await grains.AskForAsync<MessageAccepted>(Grain.Conversation(Ids.Checked("id", id)!), command, cancellation);
        return Json.Accepted(new AcceptedMessage(id, messageId, accepted.Sequence, accepted.Duplicate, Token: null), GatewayJson.Wire.AcceptedMessage);
    }

    private static Task<IResult> NoteAsync(string id, Body<AgentNote> body, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
        DoAsync(grains, id, new AddNote(AgentIn(body.Value.AgentId), MessageIntake.CheckedText(body.Value.Text)), context, cancellation);

    private static Task<IResult> ResolveAsync(string id, Body<AgentAction> body, HttpContext context, IGrainClient grains, CancellationToken cancellation) =>
        DoAsync(grains, id, new Resolve(AgentIn(body.Value.AgentId)), context, cancellation);

    private static Task<IResult> TransferAsync(string id, Body<TransferRequest> body, HttpContext context, IGrainClient grains, CancellationToken cancellation)
    {
        var queue = Ids.Checked("queue", body.Value.Queue) ?? throw Problems.InvalidField("queue", "The field 'queue' is missing: the name of the queue to give it to.");
        if (body.Value.Priority is not (null or (>= 0 and <= MaxPriority)))
            throw Problems.InvalidField("priority", $"Priority must lie between 0 and {MaxPriority}.");
        var command = new Transfer(queue, body.Value.Priority ?? 0, body.Value.Reason ?? "", AgentIn(body.Value.AgentId));
        return DoAsync(grains, id, command, context, cancellation);
    }

    private static async Task<IResult> DoAsync(IGrainClient grains, string id, Command command, HttpContext context, CancellationToken cancellation)
    {
        await grains.AskForAsync<Done>(Grain.Conversation(Ids.Checked("id", id)!), command with { Id = IdempotencyKey.Of(context) }, cancellation);
        return Results.NoContent();
    }

    private static string AgentIn(string? agentId) =>
        Ids.Checked("agentId", agentId) ?? throw Problems.InvalidField("agentId", "The field 'agentId' is missing: who does this.");
}
