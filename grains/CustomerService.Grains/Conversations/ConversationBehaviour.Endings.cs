using CustomerService.Grains.Agents;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// Resolved, wrapped up, closed; and opened again.
public sealed partial class ConversationBehaviour
{
    private static Turn<ConversationState> Resolve(ConversationState state, Resolve resolve, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (state.Status.IsSettled())
            return Done(state);
        if (!RepliesOf(state).IsEmpty)
            return Refuse(state, "reply_not_sent", "A reply is being translated or could not be; resolve the conversation when it has gone out, or cancel the reply.");
        return state.Waiting.IsEmpty
            ? then.Turn(Settle(state, resolve.By, then))
            : Refuse(state, "run_in_progress", "The assistant is still answering; resolve the conversation when every message has its answer.");
    }

    private static bool WrapsUp(ConversationState state) => state.Status.IsHeld() && state.Terms is { WrapUp: true };

    private static ConversationState Settle(ConversationState state, string by, Consequences then)
    {
        var why = $"resolved by {by}";
        then.Record(new ConversationResolved(by));
        var wrapsUp = WrapsUp(state);
        var held = state.Status.IsHeld();
        state = WithoutConsults(Leave(state, why, then), by, then) with { Transfer = null };
        if (held)
        {
            then.Tell(Grain.Customer(RecordOf(state)), new NoteServedBy(state.AgentId!, then.Now));
            state = Released(state, then, settled: true);
        }

        if (state.TicketId is { } ticket)
            then.Tell(Grain.Ticket(ticket), new CloseTicket(by));
        state = state with
        {
            // The way back leads to where it was last.
            Handoff = state.Handoff is { } handoff && state.Queue is { } queue ? handoff with { Queue = queue } : state.Handoff,
            WaitingSince = null,
            UnansweredSince = null,
            SnoozedUntil = null,
            Callback = null,
        };
        return wrapsUp ? Moved(state, ConversationStatus.WrapUp, why, then) : Ended(state, why, then);
    }

    private static ConversationState Ended(ConversationState state, string why, Consequences then) =>
        Moved(state with { Queue = null, AgentId = null, OfferId = null }, ConversationStatus.Resolved, why, then);

    private static Turn<ConversationState> NoteWrapUp(ConversationState state, NoteWrapUp note, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return Done(state);
        then.Record(new WrappedUp(note.AgentId, note.Code, note.Note));
        var awaited = state.Status == ConversationStatus.WrapUp && state.OfferId == note.OfferId;
        return then.Turn(awaited ? Ended(state, $"wrapped up by {note.AgentId}", then) : state);
    }

    private static Turn<ConversationState> Close(ConversationState state, Close close, Consequences then)
    {
        var byAlarm = close.By == ByAlarm;
        if (state.Status == ConversationStatus.Closed || (byAlarm && (CloseDueAt(state) is not { } due || due > then.Now)))
            return Done(state);
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        return state.Status == ConversationStatus.Resolved
            ? then.Turn(Moved(state, ConversationStatus.Closed, byAlarm ? "nothing more came" : $"closed by {close.By}", then))
            : Refuse(state, "conversation_open", "Only a resolved conversation is closed; resolve it first, and let its wrap-up end.");
    }

    /// <summary>When a resolved conversation closes; null: not by itself.</summary>
    private static DateTimeOffset? CloseDueAt(ConversationState state) =>
        state is { Status: ConversationStatus.Resolved, StatusSince: { } since, Terms.CloseAfterSeconds: > 0 and var seconds }
            ? Consequences.After(since, seconds)
            : null;

    /// <summary>Whether a message goes to the assistant; else it is for people.</summary>
    private static bool IsForAssistant(ConversationState state) => state.Status switch
    {
        ConversationStatus.New or ConversationStatus.Assistant or ConversationStatus.Closed => true,
        ConversationStatus.Resolved => state.Handoff is null || state.Terms?.Reopen is not ("agent" or "queue"),
        _ => false,
    };

    /// <summary>
    /// The customer writes again to people. They wait from now on: nobody was waiting since the resolution.
    /// </summary>
    private static ConversationState Reopened(ConversationState state, Consequences then)
    {
        const string why = "the customer wrote again after it was resolved";
        var package = Onward(state, state.Handoff!.Queue, why);
        if (state.Terms is { Reopen: "agent" })
            package = package with { PreferredAgent = state.LastAgentId, PreferredSeconds = LastAgentSeconds(state) };
        return HandOff(state, package, why, then);
    }

    /// <summary>Its agent still has it on the desk and goes on; if not, the desk gives it back to the queue.</summary>
    private static ConversationState Resumed(ConversationState state, Consequences then)
    {
        then.Tell(Grain.Agent(state.AgentId!), new ResumeWork(state.Id, state.OfferId!));
        return Moved(state with { WaitingSince = then.Now }, ConversationStatus.Assigned, "the customer wrote before the wrap-up was over", then);
    }

    /// <summary>The customer says how the settled matter went; once more is another word about the same.</summary>
    private static Turn<ConversationState> Rate(ConversationState state, RateConversation rate, Consequences then)
    {
        if (state.Status is not (ConversationStatus.Resolved or ConversationStatus.WrapUp or ConversationStatus.Closed))
            return Refuse(state, "not_resolved", "The matter is not settled yet; it is rated when it is.");
        if (rate.Score is < 1 or > 5)
            return Refuse(state, "rating_out_of_range", $"The score is {rate.Score}; give one from 1 (bad) to 5 (very good).");
        var comment = string.IsNullOrWhiteSpace(rate.Comment) ? null : rate.Comment.Trim();
        if (comment?.Length > ConversationRating.MaxComment)
            return Refuse(state, "comment_too_long", $"The comment has {comment.Length} characters; at most {ConversationRating.MaxComment} are accepted.");
        if (state.Rating is { } said && said.Score == rate.Score && said.Comment == comment)
            return Done(state);

        then.Record(new ConversationRated(rate.Score, comment, state.AgentId ?? state.LastAgentId));
        return then.Turn(state with { Rating = new ConversationRating(rate.Score, comment, then.Now) });
    }

    /// <summary>After a closing everything about the matter begins afresh; the transcript goes on.</summary>
    private static ConversationState NewMatter(ConversationState state) => state with
    {
        Handoff = null,
        Pending = null,
        Procedure = null,
        Handoffs = 0,
        Terms = null,
        Answered = false,
        LastAgentId = null,
        Visited = [],
        RouteStep = 0,
    };
}
