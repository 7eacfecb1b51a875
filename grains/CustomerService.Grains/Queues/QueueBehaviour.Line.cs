using CustomerService.Grains.Conversations;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

// Who stands in the line: joining, being passed on, leaving.
public sealed partial class QueueBehaviour
{
    private static void Join(QueueTurn turn, Enqueue enqueue)
    {
        var old = turn.Floor.Find(enqueue.ConversationId);

        // A word about an earlier stay, told again; the later one comes again after it.
        if (old is not null && enqueue.Hop < old.Hop)
            return;

        var returns = old is not null && enqueue.Hop > old.Hop;
        var waiting = Known(enqueue, returns ? null : old);
        if (old is not null && !returns && SameAs(old, waiting))
            return;

        if (returns)
            TakeOut(turn, old!, "it joined the line anew");
        var isNew = old is null || returns;
        if (isNew && WhyPassedOn(turn, enqueue) is { } pass)
        {
            PassOn(turn, enqueue.ConversationId, enqueue.Hop, pass.Reason, pass.To, escalate: false);
            return;
        }

        if (!isNew)
        {
            turn.Record(new ConversationEnqueued(waiting.ConversationId, waiting.Priority));
            turn.Put(waiting);
        }
        else
        {
            Welcome(turn, enqueue, waiting);
        }

        Relax(turn);
        OfferOut(turn, waiting.ConversationId);
        if (isNew)
            NoteJoined(turn, waiting.ConversationId);
    }

    /// <summary>What is known of a conversation after it was told; what it was offered to stays.</summary>
    private static WaitingConversation Known(Enqueue enqueue, WaitingConversation? old)
    {
        old ??= new WaitingConversation(enqueue.ConversationId, enqueue.Priority, enqueue.Since, [], Offers: 0);
        return old with
        {
            Priority = enqueue.Priority,
            Since = old.Since < enqueue.Since ? old.Since : enqueue.Since,
            Skills = enqueue.Skills.OrEmpty(),
            Hop = enqueue.Hop,
            Channel = enqueue.Channel,
            Needs = enqueue.Needs,
            PreferredAgent = enqueue.PreferredAgent,
            PreferredUntil = enqueue.PreferredUntil,
            LetGoBy = old.LetGoBy ?? enqueue.LetGoBy,
            CallbackTo = enqueue.CallbackTo,
            NotBefore = enqueue.NotBefore,
            Keep = enqueue.Keep,
        };
    }

    // Records compare their lists by identity, so those are compared apart.
    private static bool SameAs(WaitingConversation old, WaitingConversation told) =>
        old.Skills.OrEmpty().SequenceEqual(told.Skills) && old.Needs.SequenceEqual(told.Needs)
        && old == told with { Skills = old.Skills, Needs = old.Needs };

    private static void Welcome(QueueTurn turn, Enqueue enqueue, WaitingConversation waiting)
    {
        if ((enqueue.TermsVersion ?? "") != turn.Policy.Terms.Version)
            turn.TellConversation(waiting.ConversationId, new NoteTerms(turn.State.Name, waiting.Hop, turn.Policy.Terms));

        turn.Record(new ConversationEnqueued(waiting.ConversationId, waiting.Priority));
        turn.Put(waiting);
        turn.State = turn.State with { Arrivals = turn.State.Arrivals.WithArrival(turn.Now) };
        if (turn.IsClosed)
            TellClosed(turn, waiting);
    }

    private static void TellClosed(QueueTurn turn, WaitingConversation waiting)
    {
        var opensAt = BusinessTime.NextOpening(turn.Policy.Terms.Calendar, turn.Now);
        turn.TellConversation(
            waiting.ConversationId, new NoteClosed(turn.State.Name, waiting.Hop, opensAt, turn.Policy.WhenClosed == QueuePolicy.OfferCallback));
        turn.Put(waiting with { ToldClosed = true });
    }

    /// <summary>Why a conversation that arrives does not stay, and where to; null: it stays.</summary>
    private static (string Reason, string? To)? WhyPassedOn(QueueTurn turn, Enqueue enqueue)
    {
        if (enqueue.Keep)
            return null;

        var (state, policy, skip) = (turn.State, turn.Policy, enqueue.SkipIf);
        if (skip is { Paused: true } && state.Pause is { } pause)
            return ($"the queue is paused: {pause.Reason}", null);
        if (skip is { Closed: true } && turn.IsClosed)
            return ("the queue is closed", null);
        if (skip is { NoAgents: true } && state.AgentsThere == 0)
            return ("no agent of the queue is there", null);
        if (skip?.WaitingOver is { } most && state.Floor.Count > most)
            return ($"{state.Floor.Count} wait, more than {most}", null);
        if (skip?.WaitOverSeconds is { } longest && WaitOfNext(state, turn.Now) is { } wait && wait.P50 > longest)
            return (Text($"the estimated wait is {wait.P50:0} s, over {longest:0} s"), null);
        return policy is { MaxWaiting: > 0, Overflow: { } overflow } && state.Floor.Count >= policy.MaxWaiting
            ? ($"the line is full: {state.Floor.Count} wait", overflow)
            : null;
    }

    private static void PassOn(QueueTurn turn, string conversationId, long hop, string reason, string? to, bool escalate)
    {
        turn.Record(new ConversationPassedOn(conversationId, reason));
        turn.TellConversation(conversationId, new PassOn(turn.State.Name, hop, reason, to) { Escalate = escalate });
    }

    private static void Leave(QueueTurn turn, string conversationId)
    {
        if (turn.Floor.Find(conversationId) is not { } waiting)
            return;

        turn.Record(new ConversationWithdrawn(conversationId));
        TakeOut(turn, waiting, "the conversation left the line");
        FillFreed(turn, waiting.Pending);
    }

    /// <summary>Out of the line; what was offered is taken back.</summary>
    private static void TakeOut(QueueTurn turn, WaitingConversation waiting, string reason)
    {
        foreach (var offer in waiting.Pending)
            EndOffer(turn, waiting, offer, OfferStates.Cancelled, reason);
        turn.Remove(waiting.ConversationId);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
