using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <summary>What agents and supervisors do to a conversation's way: put it away and back, move it up, on, or to an end.</summary>
internal static class ConversationActEndpoints
{
    public static void Map(RouteGroupBuilder staff)
    {
        var conversation = staff.MapGroup("/conversations/{id}").WithTags("Agents");

        Act<Act>(conversation, "/cancel-transfer", Examples.Act, body => new CancelTransfer(Who(body.By)))
            .For(Permission.WorkConversations)
            .WithSummary("Call a warm transfer off")
            .WithDescription("Only while nobody has taken it; whoever has the conversation keeps it.");

        Act<ReasonedAct>(conversation, "/escalate", Examples.ReasonedAct, body => new Escalate(Who(body.By), body.Reason ?? ""))
            .For(Permission.WorkConversations)
            .WithSummary("Give the conversation to the next tier")
            .WithDescription("The whole context goes with it. Refused at the top tier, and where the queue's settings name no next tier.");

        Act<AgentAction>(conversation, "/hold", Examples.AgentAction, body => new Hold(Agent(body.AgentId)))
            .For(Permission.WorkConversations)
            .WithSummary("Let the customer wait while the agent keeps the conversation")
            .WithDescription("The clock of the resolution stands still until it is taken off hold, or answered.");

        Act<AgentAction>(conversation, "/unhold", Examples.AgentAction, body => new Unhold(Agent(body.AgentId)))
            .For(Permission.WorkConversations)
            .WithSummary("Take the conversation off hold")
            .WithDescription("The clock of the resolution goes on.");

        Act<SnoozeRequest>(conversation, "/snooze", Examples.SnoozeRequest, body => new Snooze(Who(body.By), Given("until", body.Until), body.Reason ?? ""))
            .For(Permission.WorkConversations)
            .WithSummary("Put the conversation away until a time")
            .WithDescription("The agent is free meanwhile. At that time, or when the customer writes, it goes to the same agent if there, else to the queue.");

        Act<Act>(conversation, "/unsnooze", Examples.Act, body => new Unsnooze(Who(body.By)))
            .For(Permission.WorkConversations)
            .WithSummary("Bring the conversation back now")
            .WithDescription("As if its time had come.");

        Act<PriorityRequest>(conversation, "/priority", Examples.PriorityRequest, body => new ChangePriority(Who(body.By), Priority(body.Priority), body.Reason ?? ""))
            .For(Permission.Supervise)
            .WithSummary("Move the conversation up or down the line")
            .WithDescription("It keeps its place in time: among those of the same priority the longest wait still comes first.");

        Act<CallbackReport>(conversation, "/callback/report", Examples.CallbackReport, body => new ReportCallback(Agent(body.AgentId), Reached(body.Reached)))
            .For(Permission.WorkConversations)
            .WithSummary("Say how a call back went")
            .WithDescription("Not reached: it is tried again later, keeping the place in line; after three attempts it is given up.");

        Act<Act>(conversation, "/close", Examples.Act, body => new Close(Who(body.By)))
            .For(Permission.WorkConversations)
            .WithSummary("Close a resolved conversation")
            .WithDescription("The customer's next message begins a new matter instead of opening this one again.");

        Act<ReasonedAct>(conversation, "/legal-hold", Examples.ReasonedAct, body => new PlaceLegalHold(Who(body.By), body.Reason ?? ""))
            .For(Permission.Supervise)
            .WithSummary("Keep the conversation from being erased")
            .WithDescription("However old it gets, until the hold is lifted. A second hold takes the place of the first. The reason has to be given.");

        Act<Act>(conversation, "/legal-hold/lift", Examples.Act, body => new LiftLegalHold(Who(body.By)))
            .For(Permission.Supervise)
            .WithSummary("Let the conversation be erased again when its time comes")
            .WithDescription("Refused where nobody holds it.");

        conversation.MapPost("/messages/{sequence}/correction", CorrectAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Say what a customer's message really wanted")
            .WithDescription("The answer stands; the correction is kept as an example, which an owner reviews with 'examples list' before the understanding is trained with it.")
            .Produces(204)
            .WithExamples(Examples.Correction, null)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422);

        conversation.MapPost("/return", ReturnAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Give the conversation back to its queue")
            .WithDescription("The agent does not keep it; it is offered to somebody else, with its place in the line kept.")
            .Produces(204)
            .WithExamples(Examples.ReturnRequest, null)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422);
    }

    /// <summary>An address that gives one command to the conversation.</summary>
    private static RouteHandlerBuilder Act<TBody>(RouteGroupBuilder conversation, string path, string example, Func<TBody, Command> command)
        where TBody : class =>
        conversation
            .MapPost(path, (string id, Body<TBody> body, HttpContext context, CancellationToken cancellation) =>
                context.ActAsync(Grain.Conversation(Ids.Checked("id", id)!), command(body.Value), cancellation))
            .Produces(204)
            .WithExamples(example, null)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422);

    private static Task<IResult> CorrectAsync(
        string id, long sequence, Body<Correction> body, HttpContext context, CancellationToken cancellation) => context.ActAsync(
            Grain.Conversation(Ids.Checked("id", id)!),
            new CorrectMessage(
                Who(body.Value.By), sequence, body.Value.Intent ?? throw Problems.InvalidField("intent", "The field 'intent' is missing: what the customer wanted."), body.Value.Language),
            cancellation);

    /// <summary>The agent's desk knows by which offer it came, which the conversation wants to hear.</summary>
    private static async Task<IResult> ReturnAsync(string id, Body<ReturnRequest> body, HttpContext context, IGrainClient grains, CancellationToken cancellation)
    {
        var agent = Agent(body.Value.AgentId);
        var desk = await grains.AskForAsync<AgentView>(Grain.Agent(agent), new GetAgent(), cancellation);
        var held = desk.Work.FirstOrDefault(work => work.ConversationId == Ids.Checked("id", id))
            ?? throw Problems.Refused(new Refused("not_assigned", $"Agent {agent} does not hold conversation {id}."));
        return await context.ActAsync(Grain.Conversation(id), new ReturnToQueue(agent, held.OfferId, body.Value.Reason ?? "given back"), cancellation);
    }

    private static string Agent(string? agentId) =>
        Ids.Checked("agentId", agentId) ?? throw Problems.InvalidField("agentId", "The field 'agentId' is missing: who does this.");

    private static string Who(string? by) => Ids.Checked("by", by) ?? throw Problems.InvalidField("by", "The field 'by' is missing: who does this.");

    private static int Priority(int? priority) => priority is >= 0 and <= HandoffPackage.MaxPriority and var given
        ? given
        : throw Problems.InvalidField("priority", $"Priority must be given and lie between 0 and {HandoffPackage.MaxPriority}.");

    private static DateTimeOffset Given(string field, DateTimeOffset? time) =>
        time ?? throw Problems.InvalidField(field, $"The field '{field}' is missing: a time such as 2030-01-01T10:00:00Z.");

    private static bool Reached(bool? reached) => reached ?? throw Problems.InvalidField("reached", "The field 'reached' is missing: true or false.");
}
