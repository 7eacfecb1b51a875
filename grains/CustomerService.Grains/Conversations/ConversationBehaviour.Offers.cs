using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// What the queue where it stands tells: its terms, offers and their ends, relaxations, closing hours, the agent at last. What is about
// another stay is old, and changes nothing.
public sealed partial class ConversationBehaviour
{
    private static bool IsAt(ConversationState state, string queue, long hop) => state.Stay is { } stay && stay.Queue == queue && stay.Hop == hop;

    private static Turn<ConversationState> NoteTerms(ConversationState state, NoteTerms note, Consequences then)
    {
        var known = state.Transfer is { } under ? under.Terms ?? state.Terms : state.Terms;
        if (!IsAt(state, note.Queue, note.Hop) || known?.Version == note.Terms.Version)
            return Done(state);

        var terms = Kept(note.Terms, then.Now);
        if (state.Transfer is { } transfer)
            return then.Turn(state with { Transfer = transfer with { Terms = terms } });

        state = state with { Terms = terms };
        if (!terms.WorkLanguages.SequenceEqual(known?.WorkLanguages ?? []))
            Translate(state, TailToTranslate(state), then);
        return then.Turn(state);
    }

    /// <summary>A calendar may name the holidays of many years; only those near enough are kept here.</summary>
    private static QueueTerms Kept(QueueTerms terms, DateTimeOffset now)
    {
        if (terms.Calendar is not { } calendar)
            return terms;

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return terms with
        {
            Calendar = calendar with
            {
                Week = calendar.Week.OrEmpty(),
                Exceptions = [.. calendar.Exceptions.OrEmpty().Where(each => each.Date >= today.AddDays(-31) && each.Date <= today.AddDays(400))],
            },
        };
    }

    private static Turn<ConversationState> NoteOffer(ConversationState state, NoteOffer note, Consequences then)
    {
        var number = OfferIds.NumberOf(note.OfferId);
        if (!IsAt(state, OfferIds.QueueOf(note.OfferId), note.Hop) || state.Stay is not { } stay || number <= stay.LastOffer)
            return Done(state);

        var match = note.Match with { Relaxed = note.Match.Relaxed.OrEmpty(), Considered = note.Match.Considered.OrEmpty() };
        then.Record(new OfferExplained(note.OfferId, note.AgentId, match));
        state = state with { Stay = stay with { LastOffer = number, Offers = stay.Offers.Add(new KnownOffer(note.OfferId, note.AgentId)) } };
        return then.Turn(state.Transfer is null ? Moved(state, ConversationStatus.Offered, $"offered to {note.AgentId}", then) : state);
    }

    private static Turn<ConversationState> NoteOfferEnd(ConversationState state, NoteOfferEnd note, Consequences then)
    {
        var offer = new KnownOffer(note.OfferId, note.AgentId);
        if (state.Stay is not { } stay || !stay.Offers.Contains(offer))
            return Done(state);

        then.Record(new OfferOver(note.OfferId, note.AgentId, note.Outcome, note.Reason));
        state = state with { Stay = stay with { Offers = stay.Offers.Remove(offer) } };

        // After an accepted one the assignment follows.
        var waitsAgain = state.Status == ConversationStatus.Offered && state.Stay.Offers.IsEmpty && note.Outcome != OfferStates.Accepted;
        return then.Turn(waitsAgain
            ? Moved(state, ConversationStatus.Queued, $"{note.AgentId}: {note.Reason ?? note.Outcome}", then)
            : state);
    }

    private static Turn<ConversationState> NoteRelaxed(ConversationState state, NoteRelaxed note, Consequences then)
    {
        if (!IsAt(state, note.Queue, note.Hop))
            return Done(state);

        then.Record(new NeedsRelaxed(note.Queue, note.What));
        return then.Turn(state);
    }

    private static Turn<ConversationState> NoteClosed(ConversationState state, NoteClosed note, Consequences then)
    {
        // In a warm transfer the customer has somebody to talk to.
        if (!IsAt(state, note.Queue, note.Hop) || state.Stay is not { ClosedTold: false } stay || state.Transfer is not null)
            return Done(state);

        var notice = ClosedNotices.For(LanguageOf(state), note.OpensAt, state.Terms?.Calendar, note.OfferCallback && state.Callback is null);
        return then.Turn(Send(state with { Stay = stay with { ClosedTold = true } }, $"closed-{stay.Hop}", inReplyTo: null, notice, then));
    }

    private static string? LanguageOf(ConversationState state) => state.Handoff?.Language ?? state.LastSignals?.Language;

    private static Turn<ConversationState> Assign(ConversationState state, AssignAgent assign, Consequences then)
    {
        // Offers are numbered and never used twice, so one that was acted on before is a repetition.
        if (SequenceOf(state, assign.OfferId, Author.System) is not null)
            return Done(state);

        state = Remember(state, assign.OfferId, Author.System);
        if (state.Stay is not { } stay || OfferIds.QueueOf(assign.OfferId) != stay.Queue)
        {
            then.Tell(Grain.Agent(assign.AgentId), new ReleaseWork(state.Id) { OfferId = assign.OfferId });
            return then.Turn(state);
        }

        foreach (var offer in stay.Offers)
        {
            var outcome = offer.OfferId == assign.OfferId ? OfferStates.Accepted : OfferStates.Rescinded;
            then.Record(new OfferOver(offer.OfferId, offer.AgentId, outcome, Reason: null));
        }

        if (state.Transfer is { } transfer)
        {
            then.Record(new HandedOff(transfer.Package));
            state = Released(state, then, settled: false) with { Handoff = transfer.Package, Terms = transfer.Terms ?? state.Terms, RouteStep = 0 };
        }

        // The withdrawal follows any repetition of the enqueueing that brought it there, so that none stays behind.
        then.Record(new AgentAssigned(assign.AgentId, assign.OfferId));
        then.Tell(Grain.Queue(stay.Queue), new Withdraw(state.Id));
        state = Moved(
            state with { Stay = null, Queue = stay.Queue, AgentId = assign.AgentId, OfferId = assign.OfferId },
            ConversationStatus.Assigned, $"{assign.AgentId} accepted", then);
        Translate(state, TailToTranslate(state), then); // for this agent's languages
        return then.Turn(state);
    }
}
