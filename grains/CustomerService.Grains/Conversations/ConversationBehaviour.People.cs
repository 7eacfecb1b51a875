using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// Between people: handed to a queue, assigned to an agent, answered, transferred, resolved.
public sealed partial class ConversationBehaviour
{
    /// <summary>Puts the conversation into a queue's line. What still waits for a run is for the person now.</summary>
    private static ConversationState HandOff(
        ConversationState state, HandoffPackage package, DateTimeOffset now, ImmutableArray<Effect>.Builder effects)
    {
        package = package with
        {
            Queue = string.IsNullOrWhiteSpace(package.Queue) ? QueueNames.General : package.Queue,
            Priority = Math.Clamp(package.Priority, 0, HandoffPackage.MaxPriority),
            Skills = package.Skills.Tidy(),
            ArticleIds = package.ArticleIds.OrEmpty(),
        };
        effects.Add(new Record(new HandedOff(package)));
        effects.Add(new Tell(Grain.Queue(package.Queue), new Enqueue(state.Id, package.Priority, now, package.Skills)));
        return state with
        {
            Status = ConversationStatus.Queued,
            Queue = package.Queue,
            Handoff = package,
            AgentId = null,
            OfferId = null,
            Waiting = [],
        };
    }

    private static Turn<ConversationState> Assign(ConversationState state, AssignAgent assign)
    {
        // Offers are numbered and never used twice, so one that was acted on before is a repetition.
        if (SequenceOf(state, assign.OfferId, Author.System) is not null)
            return Turn.Unchanged(state, Turns.Reply.Done);

        var next = Remember(state, assign.OfferId, Author.System);
        if (state.Status != ConversationStatus.Queued || OfferIds.QueueOf(assign.OfferId) != state.Queue)
        {
            return Turn.Of(
                next, Turns.Reply.Done, new Tell(Grain.Agent(assign.AgentId), new ReleaseWork(state.Id) { OfferId = assign.OfferId }));
        }

        // The withdrawal follows any repetition of the enqueueing that brought the conversation there, so that none stays behind.
        return Turn.Of(
            next with { Status = ConversationStatus.Assigned, AgentId = assign.AgentId, OfferId = assign.OfferId }, Turns.Reply.Done, new Record(new AgentAssigned(assign.AgentId, assign.OfferId)), new Tell(Grain.Queue(state.Queue), new Withdraw(state.Id)));
    }

    private static Turn<ConversationState> Reply(ConversationState state, SendAgentReply reply, DateTimeOffset now)
    {
        if (SequenceOf(state, reply.MessageId, Author.Agent) is { } sent)
            return Turn.Unchanged(state, new MessageAccepted(sent, Duplicate: true));
        if (state.Status != ConversationStatus.Assigned || state.AgentId != reply.AgentId)
            return Refuse(state, "not_assigned", $"Agent {reply.AgentId} does not hold conversation {state.Id}; only the agent who holds it can answer.");
        if (string.IsNullOrEmpty(reply.MessageId))
            return Refuse(state, "message_id_missing", "A reply needs an id of its own, so that it is known when it comes again.");
        if (TextFault(reply.Text) is { } fault)
            return Turn.Unchanged(state, fault);

        var next = Remember(Append(state, Author.Agent, reply.Text, now), reply.MessageId, Author.Agent);
        return Turn.Of(next, new MessageAccepted(next.LastSequence, Duplicate: false), new Record(new MessageSent(
            next.LastSequence, reply.MessageId, Author.Agent, reply.AgentId, reply.Text, Actions: [], Sources: [], InReplyTo: null)));
    }

    private static Turn<ConversationState> AddNote(ConversationState state, AddNote note)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        return TextFault(note.Text) is { } fault
            ? Turn.Unchanged(state, fault)
            : Turn.Of(state, Turns.Reply.Done, new Record(new NoteAdded(note.AgentId, note.Text)));
    }

    private static Turn<ConversationState> Transfer(ConversationState state, Transfer transfer, DateTimeOffset now)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (state.Status == ConversationStatus.Resolved)
            return Refuse(state, "conversation_resolved", "The conversation is resolved; the customer's next message opens it again.");
        if (string.IsNullOrWhiteSpace(transfer.Queue))
            return Refuse(state, "queue_missing", "A transfer goes to a queue: give its name.");

        var effects = ImmutableArray.CreateBuilder<Effect>(3);
        var sameQueue = transfer.Queue == state.Queue;
        if (!(sameQueue && state.Status == ConversationStatus.Queued))
            LetGo(state, effects);
        var package = new HandoffPackage(
            transfer.Queue, transfer.Priority, $"{transfer.Reason} (transferred by {transfer.By})", state.Handoff?.Summary ?? "",
            sameQueue ? state.Handoff?.Skills ?? [] : [], state.Handoff?.ArticleIds ?? []);
        var next = HandOff(state, package, now, effects);
        return Turn.Of(next, Turns.Reply.Done, effects.DrainToImmutable());
    }

    private static Turn<ConversationState> Resolve(ConversationState state, Resolve resolve)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (state.Status == ConversationStatus.Resolved)
            return Turn.Unchanged(state, Turns.Reply.Done);
        if (!state.Waiting.IsEmpty)
            return Refuse(state, "run_in_progress", "The assistant is still answering; resolve the conversation when every message has its answer.");

        var effects = ImmutableArray.CreateBuilder<Effect>(3);
        effects.Add(new Record(new ConversationResolved(resolve.By)));
        LetGo(state, effects);
        if (state.TicketId is { } ticket)
            effects.Add(new Tell(Grain.Ticket(ticket), new CloseTicket(resolve.By)));
        var next = state with { Status = ConversationStatus.Resolved, Queue = null, AgentId = null, OfferId = null, Handoff = null };
        return Turn.Of(next, Turns.Reply.Done, effects.DrainToImmutable());
    }

    /// <summary>Takes the conversation from the line or the agent that has it.</summary>
    private static void LetGo(ConversationState state, ImmutableArray<Effect>.Builder effects)
    {
        if (state is { Status: ConversationStatus.Queued, Queue: { } queue })
            effects.Add(new Tell(Grain.Queue(queue), new Withdraw(state.Id)));
        else if (state is { Status: ConversationStatus.Assigned, AgentId: { } agent })
            effects.Add(new Tell(Grain.Agent(agent), new ReleaseWork(state.Id) { OfferId = state.OfferId }));
    }

    private static Reply? TextFault(string text) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => Turns.Reply.Refuse("empty_message", "There is no text; write some."),
        { Length: > Interaction.MaxContentLength } => Turns.Reply.Refuse(
            "message_too_long", $"The text has {text.Length} characters; at most {Interaction.MaxContentLength} are accepted. Send it in parts."),
        _ => null,
    };
}
