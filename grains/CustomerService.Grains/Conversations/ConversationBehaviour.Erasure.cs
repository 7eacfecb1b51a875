using System.Collections.Immutable;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// Kept by law, or erased when its time is over. What is erased is gone here and beside; numbers go on, so that none is ever given twice.
public sealed partial class ConversationBehaviour
{
    private const string ClearingAlarm = "clearing";

    private static readonly TimeSpan BeforeClearingAgain = TimeSpan.FromHours(1);

    private static Turn<ConversationState> Erase(ConversationState state, EraseConversation erase, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return Refuse(state, "nothing_to_erase", "There is nothing to erase: the conversation never began, or is erased already.");
        if (state.LegalHold is { } hold)
            return Refuse(state, "on_legal_hold", $"{hold.By} holds the conversation by law; it is erased when the hold is lifted.");
        if (IsWaitedFor(state))
            return Refuse(state, "still_active", "Somebody still has to do something in the conversation; it is erased when it is settled.");
        if (LastWordAt(state) > erase.NotAfter)
            return Refuse(state, "written_since", $"Something was said in the conversation after {erase.NotAfter.UtcDateTime:yyyy-MM-dd HH:mm}Z; its time is not over.");

        then.Add(new EmptyJournal());
        then.Record(new ConversationErased(erase.Why));
        then.Tell(Grain.Delivery(state.Id), new EraseBeside());
        then.Tell(Grain.Reviews(state.Id), new EraseBeside());
        if (state.TicketId is { } ticket)
            then.Tell(Grain.Ticket(ticket), new EraseBeside());
        foreach (var record in state.Records.Add(RecordOf(state)).Add(state.CustomerId).Tidy())
            then.Tell(Grain.Customer(record), new ForgetConversation(state.Id));
        then.Add(new Perform(new ClearAway(state.Id, state.Channel, state.Address, state.CustomerId, erase.Files, erase.Mails)));

        // Places in the transcript and in lines, questions and mailed transcripts are known elsewhere by their numbers.
        return then.Turn(Initial(state.Id) with
        {
            LastSequence = state.LastSequence,
            Hop = state.Hop,
            LastConsult = state.LastConsult,
            Transcripts = state.Transcripts,
        });
    }

    /// <summary>Whether anybody, or the assistant, still has something to do. What the assistant alone had and nobody settled is over as well.</summary>
    private static bool IsWaitedFor(ConversationState state) =>
        state.Status.IsWithPeople() || state.Status == ConversationStatus.WrapUp
        || state is not { Stay: null, Transfer: null, Callback: null, SnoozedUntil: null }
        || !state.Waiting.IsEmpty || !state.Consults.IsEmpty || !RepliesOf(state).IsEmpty;

    private static DateTimeOffset? LastWordAt(ConversationState state) => state.Tail is [.., var last] ? last.At : state.CreatedAt;

    /// <summary>What could not be cleared away is parked for an operator, and tried again: nobody else knows of it any more.</summary>
    private static Turn<ConversationState> ClearLater(ConversationState state, ClearAway work, Consequences then)
    {
        then.Add(new Wake($"{ClearingAlarm}-{state.Hop}-{state.LastSequence}", then.Now + BeforeClearingAgain, new RetryClearing(work)));
        return then.Turn(state);
    }

    private static Turn<ConversationState> ClearAgain(ConversationState state, RetryClearing retry, Consequences then)
    {
        then.Add(new Perform(retry.Work));
        return then.Turn(state);
    }

    private static Turn<ConversationState> PlaceHold(ConversationState state, PlaceLegalHold place, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (string.IsNullOrWhiteSpace(place.Reason))
            return Refuse(state, "reason_missing", "Say why the conversation must be kept: who may lift the hold reads it.");
        var reason = place.Reason.Trim();
        if (reason.Length > LegalHold.MaxReason)
            return Refuse(state, "message_too_long", $"The reason has {reason.Length} characters; at most {LegalHold.MaxReason} are accepted.");
        if (state.LegalHold is { } hold && hold.By == place.By && hold.Reason == reason)
            return Done(state);

        then.Record(new LegalHoldPlaced(place.By, reason));
        return then.Turn(state with { LegalHold = new LegalHold(place.By, reason, then.Now) });
    }

    private static Turn<ConversationState> LiftHold(ConversationState state, LiftLegalHold lift, Consequences then)
    {
        if (state.LegalHold is null)
            return Refuse(state, "no_legal_hold", "Nobody holds the conversation by law, so there is nothing to lift.");

        then.Record(new LegalHoldLifted(lift.By));
        return then.Turn(state with { LegalHold = null });
    }
}
