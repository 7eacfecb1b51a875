using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// From person to person: transferred cold or warm, given back, moved up and down the line.
public sealed partial class ConversationBehaviour
{
    /// <summary>How long a transfer to one agent waits for them, if they are there; then anybody of the queue may take it.</summary>
    private const double DirectTransferSeconds = 120;

    private static Turn<ConversationState> Transfer(ConversationState state, Transfer transfer, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (state.Status.IsSettled())
            return AlreadySettled(state);
        if (string.IsNullOrWhiteSpace(transfer.Queue))
            return Refuse(state, "queue_missing", "A transfer goes to a queue: give its name.");
        if (transfer.Warm && !state.Status.IsHeld())
            return Refuse(state, "not_assigned", $"Nobody holds conversation {state.Id}, so there is nobody to keep it during a warm transfer; transfer it cold.");

        if (!string.IsNullOrWhiteSpace(transfer.Note))
            then.Record(new NoteAdded(transfer.By, transfer.Note));
        var package = PackageOf(state, transfer);
        var why = $"transferred by {transfer.By}: {transfer.Reason}";
        if (transfer.Warm)
            return then.Turn(BeginWarm(state, package, transfer.By, why, then));

        // Within its line it keeps its stay: only what is asked and how urgent it is changes.
        if (state.Stay is { } stay && state.Transfer is null && stay.Queue == package.Queue)
        {
            package = Checked(package);
            then.Record(new HandedOff(package));
            stay = (stay with { Priority = package.Priority, SkipIf = null }).Preferring(package.PreferredAgent, package.PreferredSeconds, then);
            return then.Turn(Enqueued(state with { Handoff = package, RouteStep = 0, Visited = [stay.Queue] }, stay, then));
        }

        var letGoBy = state.Status.IsHeld() && state.Queue == package.Queue ? state.AgentId : null;
        return then.Turn(HandOff(LetGo(state, why, then), package, why, then, letGoBy));
    }

    private static HandoffPackage PackageOf(ConversationState state, Transfer transfer)
    {
        var sameQueue = transfer.Queue == state.Queue;
        var package = Onward(state, transfer.Queue, $"{transfer.Reason} (transferred by {transfer.By})");
        return package with
        {
            Priority = transfer.KeepPriority ? package.Priority : transfer.Priority,
            Skills = sameQueue && transfer.Needs.IsEmpty ? package.Skills : [],
            Needs = !transfer.Needs.IsEmpty ? transfer.Needs : sameQueue ? package.Needs : [],
            PreferredAgent = transfer.ToAgent,
            PreferredSeconds = transfer.ToAgent is null ? 0 : DirectTransferSeconds,
        };
    }

    /// <summary>The same stay, asked for in another way.</summary>
    private static ConversationState Enqueued(ConversationState state, QueueStay stay, Consequences then)
    {
        then.Tell(Grain.Queue(stay.Queue), EnqueueOf(state, stay));
        return state with { Stay = stay };
    }

    private static ConversationState BeginWarm(ConversationState state, HandoffPackage package, string by, string why, Consequences then)
    {
        package = Checked(package);
        state = Leave(state, "another transfer takes its place", then) with { Transfer = new WarmTransfer(package, by, Terms: null), Visited = [] };
        return Join(state, FirstStay(state, package, comesBack: false, then) with { LetGoBy = state.AgentId }, why, then);
    }

    private static Turn<ConversationState> CancelTransfer(ConversationState state, CancelTransfer cancel, Consequences then) =>
        state.Transfer is null
            ? Refuse(state, "no_transfer", "No warm transfer of this conversation is under way; whoever accepted it has it already.")
            : then.Turn(Leave(state, $"called off by {cancel.By}", then) with { Transfer = null });

    private static Turn<ConversationState> Return(ConversationState state, ReturnToQueue back, Consequences then)
    {
        if (!state.Status.IsHeld() || state.AgentId != back.AgentId || state.OfferId != back.OfferId)
            return Done(state);

        var why = $"{back.AgentId} gave it back: {back.Reason}";
        var transfer = state.Transfer;
        var stay = state.Stay;
        state = Released(state, then, settled: false);
        if (transfer is null || stay is null)
        {
            var next = new QueueStay { Queue = state.Queue!, Priority = state.Handoff?.Priority ?? 0, LetGoBy = back.AgentId };
            return then.Turn(Join(state, next, why, then));
        }

        // It stands in the next queue's line already: from now on it only waits there.
        then.Record(new HandedOff(transfer.Package));
        state = state with
        {
            Handoff = transfer.Package,
            Terms = transfer.Terms ?? state.Terms,
            RouteStep = 0,
            Queue = stay.Queue,
            AgentId = null,
            OfferId = null,
        };
        return then.Turn(Moved(state, stay.Offers.IsEmpty ? ConversationStatus.Queued : ConversationStatus.Offered, why, then));
    }

    private static Turn<ConversationState> ChangePriority(ConversationState state, ChangePriority change, Consequences then)
    {
        if (NotWithPeople(state) is { } refusal)
            return refusal;
        if (change.Priority is < 0 or > HandoffPackage.MaxPriority)
            return Refuse(state, "priority_out_of_range", $"A priority is 0 to {HandoffPackage.MaxPriority}; higher is served first.");
        if ((state.Stay?.Priority ?? state.Handoff?.Priority) == change.Priority)
            return Done(state);

        // What a person says about urgency holds for the rest of the route as well.
        HandoffPackage With(HandoffPackage package) => package with
        {
            Priority = change.Priority,
            Route = package.Route is { } route ? route with { Targets = [.. route.Targets.OrEmpty().Select(target => target with { Priority = null })] } : null,
        };
        then.Record(new PriorityChanged(change.By, change.Priority, change.Reason));
        state = state with
        {
            Handoff = state.Handoff is { } handoff ? With(handoff) : null,
            Transfer = state.Transfer is { } transfer ? transfer with { Package = With(transfer.Package) } : null,
        };
        return then.Turn(state.Stay is { } stay ? Enqueued(state, stay with { Priority = change.Priority }, then) : state);
    }

    private static Turn<ConversationState>? NotWithPeople(ConversationState state) =>
        state.Status == ConversationStatus.New ? NoSuchConversation(state)
        : state.Status.IsSettled() ? AlreadySettled(state)
        : state.Status.IsWithPeople() ? null
        : Refuse(state, "not_with_people", "The assistant has the conversation; transfer it to a queue first.");
}
