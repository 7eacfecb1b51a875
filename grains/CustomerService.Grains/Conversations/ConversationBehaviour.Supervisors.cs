using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// Supervisors: a word to the agent alone, and taking the conversation over.
public sealed partial class ConversationBehaviour
{
    private static Turn<ConversationState> Whisper(ConversationState state, Whisper whisper, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (!state.Status.IsHeld())
            return Refuse(state, "not_assigned", $"No agent holds conversation {state.Id}, so there is nobody to whisper to; write a note instead.");
        if (TextFault(whisper.Text) is { } fault)
            return Turn.Unchanged(state, fault);

        then.Record(new NoteAdded(whisper.By, whisper.Text) { WhisperTo = state.AgentId });
        return then.Turn(state);
    }

    private static Turn<ConversationState> TakeOver(ConversationState state, TakeOver take, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (state.Status.IsSettled())
            return AlreadySettled(state);
        if (string.IsNullOrWhiteSpace(take.Reason))
            return Refuse(state, "reason_missing", "Say why you take it over: whoever had it is told.");
        if (state.Status.IsHeld() && state.AgentId == take.By)
            return Done(state);

        var why = $"taken over by {take.By}: {take.Reason}";
        var from = state.Status.IsHeld() ? state.AgentId : null;
        then.Record(new TakenOver(take.By, from, take.Reason));
        state = Leave(state, why, then) with { Transfer = null, SnoozedUntil = null };
        if (from is not null)
        {
            then.Tell(Grain.Agent(from), new ReleaseWork(state.Id) { OfferId = state.OfferId, TakenBy = take.By, Why = take.Reason });
            state = state with { LastAgentId = from };
        }
        else if (!state.Status.IsWithPeople())
        {
            state = FromAssistant(state, why, then);
        }

        // A stay of its own, so that what the line tells of the one before is known as old.
        var hop = state.Hop + 1;
        var offerId = OfferIds.Of($"taken.{state.Id}", hop);
        state = state with
        {
            Hop = hop,
            Queue = state.Queue ?? QueueNames.General,
            AgentId = take.By,
            OfferId = offerId,
            WaitingSince = state.WaitingSince ?? then.Now,
        };
        then.Record(new AgentAssigned(take.By, offerId));
        then.Tell(Grain.Agent(take.By), new TakeWork(state.Id, offerId, state.Queue) { Channel = state.Channel, CallbackTo = state.Callback?.To });
        state = Moved(state, ConversationStatus.Assigned, why, then);
        Translate(state, TailToTranslate(state), then); // for this agent's languages
        return then.Turn(state);
    }

    /// <summary>It is for people from now on: what still waits for a run, a person answers.</summary>
    private static ConversationState FromAssistant(ConversationState state, string why, Consequences then)
    {
        var package = Checked(Onward(state, state.Handoff?.Queue ?? QueueNames.General, why));
        then.Record(new HandedOff(package));
        return state with
        {
            Handoff = package,
            Waiting = [],
            Queue = package.Queue,
            RouteStep = 0,
            Visited = [package.Queue],
            UnansweredSince = state.UnansweredSince ?? then.Now,
        };
    }
}
