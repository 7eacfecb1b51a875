using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Explanations;

/// <summary>Reads one conversation's journal, event by event and in order, into its <see cref="Explanation"/>.</summary>
public sealed class ExplanationBuilder(string conversationId)
{
    private const int PageLength = 256;

    private readonly List<ExplainedHandoff> handoffs = [];
    private readonly List<ExplainedStay> stays = [];
    private readonly List<ExplainedAct> acts = [];
    private readonly List<ExplainedPromise> promises = [];
    private readonly List<ExplainedState> states = [];

    /// <summary>Messages that were held up on their way to the customer.</summary>
    private readonly HashSet<long> held = [];

    /// <summary>The offer by which an agent has it.</summary>
    private string? taken;

    /// <summary>The explanation of one conversation; an empty one where the journal has nothing of it.</summary>
    public static async ValueTask<Explanation> ReadAsync(IJournal journal, string conversationId, CancellationToken cancellation = default)
    {
        var builder = new ExplanationBuilder(conversationId);
        IReadOnlyList<JournalEntry> page;
        for (long after = 0; (page = await journal.ReadAsync(Grain.Conversation(conversationId), after, PageLength, cancellation)).Count > 0; after = page[^1].Sequence)
        {
            foreach (var entry in page)
                builder.Add(entry);
        }

        return builder.Build();
    }

    public Explanation Build() => new(conversationId, [.. handoffs], [.. stays], [.. acts], [.. promises], [.. states]);

    public void Add(JournalEntry entry)
    {
        var at = entry.At;
        switch (entry.Event)
        {
            case StatusChanged e: Change(e, at); break;
            case HandedOff e: HandOff(e.Package, at); break;
            case QueueEntered e: Enter(e, at); break;
            case QueueLeft e: Leave(stay => stay.Queue == e.Queue && stay.Hop == e.Hop, e.Why, at); break;
            case OfferExplained e: Offer(new ExplainedOffer(e.OfferId, e.AgentId, at, e.Match)); break;
            case OfferOver e: EndOffer(e.OfferId, e.AgentId, e.Outcome, e.Reason, at); break;
            case NeedsRelaxed e: ChangeStay(stay => stay.Queue == e.Queue, stay => stay with { Relaxed = stay.Relaxed.Add(new ExplainedRelaxation(at, e.What)) }); break;
            case AgentAssigned e: Assign(e, at); break;
            case Escalated e: Act(at, "escalated", e.By, $"escalated from {e.FromQueue} to {e.ToQueue}: {e.Reason}"); break;
            case TakenOver e: Act(at, "taken_over", e.By, $"taken over{(e.From is { } from ? $" from {from}" : "")}: {e.Reason}"); break;
            case PriorityChanged e: Act(at, "priority_changed", e.By, $"priority set to {e.Priority}: {e.Reason}"); break;
            case CallbackRequested e: Act(at, "callback_requested", e.By, $"a call back to {e.To} was asked for{(e.NotBefore is { } time ? $", not before {time:u}" : "")}; the place in line is kept"); break;
            case CalledBack e: Act(at, "called_back", e.AgentId, $"call {e.Attempts}: {(e.Reached ? "reached" : "nobody there")}"); break;
            case WrappedUp e: Act(at, "wrapped_up", e.AgentId, string.Join(": ", new[] { "paperwork done", e.Code, e.Note }.Where(part => !string.IsNullOrEmpty(part)))); break;
            case ColleagueAsked e: Act(at, "colleague_asked", e.By, $"asked {e.Agent ?? e.Queue} and kept the conversation"); break;
            case ConsultAnswered e: Act(at, "colleague_answered", e.By, "answered the question as a private note"); break;
            case ConversationReopened: Act(at, "reopened", "customer", "a new message opened it again"); break;
            case DeliveryReported e: Deliver(e, at); break;
            case RunFailed e: Act(at, "processing_failed", "assistant", $"processing failed: {e.Reason}"); break;
            case ConversationResolved e:
                Leave(_ => true, $"resolved by {e.By}", at);
                Act(at, "resolved", e.By, $"resolved by {e.By}");
                break;
            default: ExplanationPromises.Add(promises, entry.Event, at); break;
        }
    }

    private void Act(DateTimeOffset at, string act, string by, string text) => acts.Add(new ExplainedAct(at, act, by, text));

    /// <summary>Only what did not go smoothly needs an explanation, and that it went on.</summary>
    private void Deliver(DeliveryReported report, DateTimeOffset at)
    {
        var message = $"message {report.MessageSequence}";
        switch (report.Status)
        {
            case DeliveryStatus.Queued when report.Reason is { } reason:
                held.Add(report.MessageSequence);
                Act(at, "message_waits", "channel", $"{message} waits: {reason}");
                break;
            case DeliveryStatus.Failed:
                held.Add(report.MessageSequence);
                Act(at, "message_failed", "channel", $"{message} did not reach the customer: {report.Reason}");
                break;
            case DeliveryStatus.Unknown:
                held.Add(report.MessageSequence);
                Act(at, "message_unknown", "channel", $"nobody can tell whether {message} reached the customer: {report.Reason}");
                break;
            case DeliveryStatus.Sent or DeliveryStatus.Delivered or DeliveryStatus.Read when held.Remove(report.MessageSequence):
                Act(at, "message_sent", "channel", $"{message} went out after all");
                break;
        }
    }

    private void Change(StatusChanged change, DateTimeOffset at)
    {
        if (states.Count > 0)
            states[^1] = states[^1] with { Until = at };
        states.Add(new ExplainedState(change.To, at, null, change.Reason));
        if (change.To == ConversationStatus.WrapUp)
            MoveTaken(OfferStates.Wrapping);
        else if (change.To.IsHeld())
            MoveTaken(OfferStates.Accepted);
        else
            LetGoOfTaken();
    }

    /// <summary>Journals of old have no entry of the line itself, so the handoff counts as one until a better comes.</summary>
    private void HandOff(HandoffPackage package, DateTimeOffset at)
    {
        handoffs.Add(new ExplainedHandoff(at, package));
        Leave(stay => stay.Hop == 0, $"went on to {package.Queue}", at);
        if (!stays.Exists(stay => stay.LeftAt is null))
            stays.Add(new ExplainedStay(package.Queue, 0, package.Priority, at, at, package.NewestReason()));
    }

    private void Enter(QueueEntered entered, DateTimeOffset at)
    {
        var stay = new ExplainedStay(entered.Queue, entered.Hop, entered.Priority, at, entered.Since, entered.Why);
        var open = stays.FindLastIndex(each => each.LeftAt is null);
        if (open >= 0 && stays[open] is var before && (before.Hop == 0 || (before.Hop == stay.Hop && before.Queue == stay.Queue)))
        {
            // The same stay: at another priority, or known until now by its handoff only.
            stays[open] = before.Hop == 0 ? stay : before with { Priority = stay.Priority, Why = stay.Why };
            return;
        }

        Leave(_ => true, $"went on to {entered.Queue}", at);
        stays.Add(stay);
    }

    private void Leave(Predicate<ExplainedStay> which, string why, DateTimeOffset at) =>
        ChangeStay(stay => stay.LeftAt is null && which(stay), stay => stay with { LeftAt = at, Left = why });

    private void Assign(AgentAssigned assigned, DateTimeOffset at)
    {
        if (taken != assigned.OfferId)
            LetGoOfTaken();
        EndOffer(assigned.OfferId, assigned.AgentId, OfferStates.Accepted, null, at);
        taken = assigned.OfferId;
        Leave(_ => true, $"{assigned.AgentId} took it", at);
        Act(at, "assigned", assigned.AgentId, $"assigned to {assigned.AgentId}");
    }

    private void Offer(ExplainedOffer offer) =>
        ChangeStay(stay => stay.Queue == OfferIds.QueueOf(offer.OfferId), stay => stay with { Offers = stay.Offers.Add(offer) });

    private void LetGoOfTaken()
    {
        MoveTaken(OfferStates.Completed);
        taken = null;
    }

    private void MoveTaken(string state)
    {
        if (taken is { } offerId)
            ChangeOffer(offerId, offer => offer with { State = state });
    }

    private void EndOffer(string offerId, string agentId, string outcome, string? reason, DateTimeOffset at)
    {
        if (!stays.Exists(stay => stay.Offers.Any(offer => offer.OfferId == offerId)))
            Offer(new ExplainedOffer(offerId, agentId, at, null));
        ChangeOffer(offerId, offer => offer.EndedAt is null ? offer with { EndedAt = at, Outcome = outcome, State = outcome, Reason = reason } : offer);
    }

    private void ChangeOffer(string offerId, Func<ExplainedOffer, ExplainedOffer> change) => ChangeStay(
        stay => stay.Offers.Any(offer => offer.OfferId == offerId),
        stay => stay with { Offers = [.. stay.Offers.Select(offer => offer.OfferId == offerId ? change(offer) : offer)] });

    private void ChangeStay(Predicate<ExplainedStay> which, Func<ExplainedStay, ExplainedStay> change)
    {
        var found = stays.FindLastIndex(which);
        if (found >= 0)
            stays[found] = change(stays[found]);
    }
}
