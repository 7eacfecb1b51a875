using CustomerService.Gateway.Attachments;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <summary>How agents work on conversations: answers, notes, transfers; and tickets.</summary>
internal static class AgentWorkEndpoints
{
    public static void Map(RouteGroupBuilder staff)
    {
        var conversation = staff.MapGroup("/conversations/{id}").WithTags("Agents");

        conversation.MapPost("/replies", ReplyAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Answer the customer")
            .WithDescription(
                "Only the agent who has the conversation can. Answers when the message is durable; the same messageId again changes nothing. Where the customer writes in "
                + "another language and the queue translates, it is translated first ('translating'), in the order of the replies; one that can't be is kept back and shown "
                + "with the conversation until it is sent again, sent with 'asIs', or cancelled. What the owner's rules "
                + "forbid is held back (422, draft_held, with the findings); with 'anyway' and a 'reason' it goes out, except card numbers and secrets. What the customer's "
                + "channel would not take now (its reply window, size, types of files, or that they asked not to be written to) is refused (409, channel_refuses) with what to do; "
                + "'internal.sending' of the conversation says it beforehand.")
            .Produces<AcceptedMessage>(202)
            .WithExamples(Examples.AgentReply, Examples.AcceptedReply)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422);

        conversation.MapPost("/drafts/review", ReviewAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Have a draft reviewed before it is sent")
            .WithDescription("Scores for compliance, tone and accuracy, what is wrong with what to do about it, and the text with personal details taken out. Nothing is stored.")
            .Produces<DraftReview>()
            .WithExamples(Examples.DraftText, Examples.DraftReview)
            .Fails(400, 401, 403, 404, 413, 415);

        conversation.MapPost("/notes", NoteAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Write a private note")
            .WithDescription("Agents see it with the conversation; the customer never does. Who is named by id, as in '@ann', is told in the console.")
            .Produces(204)
            .WithExamples(Examples.AgentNote, null)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422);

        conversation.MapPost("/resolve", ResolveAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Settle the matter")
            .WithDescription("The agent is free again; the customer's next message opens the conversation anew.")
            .Produces(204)
            .WithExamples(Examples.AgentAction, null)
            .Fails(400, 401, 403, 404, 409, 415);

        conversation.MapPost("/transfer", TransferAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Give the conversation to a queue")
            .WithDescription(
                "Cold: whoever has it is released, and it joins the queue's line with everything known about it. Warm: whoever has it keeps it until the next agent "
                + "has accepted. With 'toAgent' that agent goes first, if there. A supervisor moves a conversation the same way, with 'by' instead of 'agentId'.")
            .Produces(204)
            .WithExamples(Examples.TransferRequest, null)
            .Fails(400, 401, 403, 404, 409, 415, 422);

        conversation.MapPost("/typing", (string id, TypingSignals typing) =>
            {
                Ids.Checked("id", id);
                typing.Report(id, TypingSide.Agent);
                return Results.NoContent();
            })
            .For(Permission.WorkConversations)
            .WithSummary("Show the customer that an answer is being written")
            .WithDescription("A hint that fades after some seconds; nothing is stored.")
            .Produces(204)
            .WithExamples(null, null)
            .Fails(400, 401, 403);

        staff.MapGet("/tickets/{id}", async (string id, IGrainClient grains, CancellationToken cancellation) =>
                Json.Ok((await grains.AskForAsync<TicketView>(Grain.Ticket(Ids.Checked("id", id)!), new GetTicket(), cancellation)).Ticket, GatewayJson.Wire.TicketState))
            .WithTags("Agents")
            .For(Permission.SeeConversations)
            .WithSummary("Read a ticket")
            .WithDescription("What a conversation is about, as it was logged.")
            .Produces<TicketState>()
            .WithExamples(null, Examples.Ticket)
            .Fails(400, 401, 403, 404);
    }

    private static async Task<IResult> ReplyAsync(
        string id, Body<AgentReply> body, StaffConversations conversations, AttachmentDesk desk, HttpContext context, CancellationToken cancellation)
    {
        var files = await desk.TakeAsync(AttachmentTickets.Staff, body.Value.Attachments, cancellation);
        var messageId = Ids.Checked("messageId", body.Value.MessageId) ?? Ids.New("m");
        var reply = new SendAgentReply(AgentIn(body.Value.AgentId), messageId, AttachmentDesk.TextWith(files, body.Value.Text))
        {
            Language = TranslationEndpoints.Language("language", body.Value.Language),
            AsIs = body.Value.AsIs ?? false,
            Attachments = files,
        };
        var command = await conversations.ReplyAsync(id, reply, body.Value.Anyway ? body.Value.Reason ?? "" : null, cancellation);
        var accepted = await context.AskAsync<MessageAccepted>(Grain.Conversation(id), command, cancellation);
        return Json.Accepted(
            new AcceptedMessage(id, messageId, accepted.Sequence, accepted.Duplicate, Token: null) { Translating = accepted.Translating ? true : null },
            GatewayJson.Wire.AcceptedMessage);
    }

    private static async Task<IResult> ReviewAsync(string id, Body<DraftText> body, StaffConversations conversations, CancellationToken cancellation) =>
        Json.Ok(await conversations.ReviewAsync(id, body.Value.Text, cancellation), GatewayJson.Wire.DraftReview);

    private static async Task<IResult> NoteAsync(string id, Body<AgentNote> body, HttpContext context, NoteMentions mentions, CancellationToken cancellation) =>
        await DoAsync(id, await mentions.NoteAsync(AgentIn(body.Value.AgentId), MessageIntake.CheckedText(body.Value.Text), cancellation), context, cancellation);

    private static Task<IResult> ResolveAsync(string id, Body<AgentAction> body, HttpContext context, CancellationToken cancellation) =>
        DoAsync(id, new Resolve(AgentIn(body.Value.AgentId)), context, cancellation);

    private static async Task<IResult> TransferAsync(
        string id, Body<TransferRequest> body, HttpContext context, KnownQueues known, IGrainClient grains, CancellationToken cancellation)
    {
        var queue = Ids.Checked("queue", body.Value.Queue) ?? throw Problems.InvalidField("queue", "The field 'queue' is missing: the name of the queue to give it to.");
        if (body.Value.Priority is not (null or (>= 0 and <= HandoffPackage.MaxPriority)))
            throw Problems.InvalidField("priority", $"Priority must lie between 0 and {HandoffPackage.MaxPriority}.");
        var command = new Transfer(queue, body.Value.Priority ?? 0, body.Value.Reason ?? "", Ids.Checked("by", body.Value.By) ?? AgentIn(body.Value.AgentId))
        {
            KeepPriority = body.Value.Priority is null,
            Warm = body.Value.Warm ?? false,
            ToAgent = Ids.Checked("toAgent", body.Value.ToAgent),
            Note = body.Value.Note is null ? null : MessageIntake.CheckedText(body.Value.Note),
            Needs = [.. (body.Value.Needs ?? []).Select(Need)],
        };
        if (!await known.IsServedAsync(queue, grains, cancellation))
            throw Problems.UnknownQueue(queue, known.Names);
        return await DoAsync(id, command, context, cancellation);
    }

    private static SkillNeed Need(WantedSkill wanted) => wanted switch
    {
        { Skill: null or "" } => throw Problems.InvalidField("needs", "Each of 'needs' names a skill."),
        { Level: not (null or (>= 1 and <= 5)) } => throw Problems.InvalidField("needs", $"The level of '{wanted.Skill}' must lie between 1 (some) and 5 (expert)."),
        _ => new SkillNeed(wanted.Skill, wanted.Level ?? 1, wanted.Required ?? false),
    };

    private static Task<IResult> DoAsync(string id, Command command, HttpContext context, CancellationToken cancellation) =>
        context.ActAsync(Grain.Conversation(Ids.Checked("id", id)!), command, cancellation);

    private static string AgentIn(string? agentId) =>
        Ids.Checked("agentId", agentId) ?? throw Problems.InvalidField("agentId", "The field 'agentId' is missing: who does this.");
}
