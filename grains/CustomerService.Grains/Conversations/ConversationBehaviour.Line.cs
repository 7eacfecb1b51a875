using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// Into a queue's line and out of it.
public sealed partial class ConversationBehaviour
{
    /// <summary>Gives the conversation to people. What still waits for a run is for the person now.</summary>
    /// <param name="letGoBy">The agent who gives it away to the queue that they serve.</param>
    private static ConversationState HandOff(
        ConversationState state, HandoffPackage package, string why, Consequences then, string? letGoBy = null)
    {
        package = Checked(package);
        then.Record(new HandedOff(package));
        var comes = !state.Status.IsWithPeople();
        return Join(
            state with
            {
                Handoff = package,
                Waiting = [],
                Transfer = null,
                SnoozedUntil = null,
                RouteStep = 0,
                Visited = [],
                UnansweredSince = comes ? state.UnansweredSince ?? then.Now : state.UnansweredSince,
            },
            FirstStay(state, package, comes, then) with { LetGoBy = letGoBy }, why, then);
    }

    private static HandoffPackage Checked(HandoffPackage package)
    {
        var route = package.Route is { Targets.IsDefaultOrEmpty: false } given ? given : null;
        var queue = route?.Targets[0].Queue ?? package.Queue;
        return package with
        {
            Queue = string.IsNullOrWhiteSpace(queue) ? QueueNames.General : queue,
            Priority = Math.Clamp(package.Priority, 0, HandoffPackage.MaxPriority),
            Skills = package.Skills.Tidy(),
            ArticleIds = package.ArticleIds.OrEmpty(),
            Route = route,
        };
    }

    /// <param name="comesBack">From the assistant or after a resolution: then the last agent goes first, if the handoff or the queue's terms say so.</param>
    private static QueueStay FirstStay(ConversationState state, HandoffPackage package, bool comesBack, Consequences then)
    {
        var target = package.Route?.Targets[0];
        var (preferred, seconds) = package.PreferredAgent is { } asked ? (asked, package.PreferredSeconds)
            : comesBack ? (state.LastAgentId, package.PreferredSeconds > 0 ? package.PreferredSeconds : state.Terms?.LastAgentSeconds ?? 0)
            : (null, 0);
        return new QueueStay { Queue = package.Queue, Priority = Priority(target, package), SkipIf = target?.SkipIf }
            .Preferring(preferred, seconds, then);
    }

    private static int Priority(RouteTarget? target, HandoffPackage package) => Math.Clamp(target?.Priority ?? package.Priority, 0, HandoffPackage.MaxPriority);

    /// <summary>Puts it into a line, as a stay of its own. In a warm transfer its agent keeps it meanwhile.</summary>
    private static ConversationState Join(ConversationState state, QueueStay stay, string why, Consequences then)
    {
        stay = stay with { Hop = state.Hop + 1 };
        state = state with
        {
            Hop = stay.Hop,
            Stay = stay,
            WaitingSince = state.WaitingSince ?? then.Now,
            Visited = state.Visited.Contains(stay.Queue) ? state.Visited : state.Visited.Add(stay.Queue),
        };
        then.Record(new QueueEntered(stay.Queue, stay.Hop, stay.Priority, state.WaitingSince.Value, why));
        then.Tell(Grain.Queue(stay.Queue), EnqueueOf(state, stay));
        return state.Transfer is null
            ? Moved(state with { Queue = stay.Queue, AgentId = null, OfferId = null }, ConversationStatus.Queued, why, then)
            : state;
    }

    private static Enqueue EnqueueOf(ConversationState state, QueueStay stay)
    {
        var package = state.Transfer?.Package ?? state.Handoff;
        return new Enqueue(state.Id, stay.Priority, state.WaitingSince ?? DateTimeOffset.MinValue, package?.Skills ?? [])
        {
            Hop = stay.Hop,
            Channel = state.Channel,
            Needs = NeedsAt(state, stay.Queue),
            PreferredAgent = stay.PreferredAgent,
            PreferredUntil = stay.PreferredUntil,
            LetGoBy = stay.LetGoBy,
            SkipIf = stay.SkipIf,
            Keep = stay.Keep,
            CallbackTo = state.Callback?.To,
            NotBefore = stay.NotBefore,
            TermsVersion = (state.Transfer?.Terms ?? state.Terms)?.Version,
        };
    }

    /// <summary>
    /// Takes it out of the line, if it stands in one. The withdrawal follows any repetition of the enqueueing that brought it there, so that
    /// none stays behind; it is told also to a queue that has let it go already.
    /// </summary>
    private static ConversationState Leave(ConversationState state, string why, Consequences then)
    {
        if (state.Stay is not { } stay)
            return state;

        foreach (var offer in stay.Offers)
            then.Record(new OfferOver(offer.OfferId, offer.AgentId, OfferStates.Cancelled, why));
        then.Record(new QueueLeft(stay.Queue, stay.Hop, why));
        then.Tell(Grain.Queue(stay.Queue), new Withdraw(state.Id));
        return state with { Stay = null };
    }

    /// <summary>Takes it from whoever has it: the line, the agent, or both.</summary>
    private static ConversationState LetGo(ConversationState state, string why, Consequences then)
    {
        state = Leave(state, why, then);
        return state.Status.IsHeld() ? Released(state, then, settled: false) : state with { Transfer = null };
    }

    /// <param name="settled">The matter is: work may follow it. Else it goes on with others.</param>
    private static ConversationState Released(ConversationState state, Consequences then, bool settled)
    {
        then.Tell(Grain.Agent(state.AgentId!), new ReleaseWork(state.Id)
        {
            OfferId = state.OfferId,
            WrapUp = settled,
            Awaited = settled && WrapsUp(state),
        });
        return state with { LastAgentId = state.AgentId, Transfer = null };
    }
}
