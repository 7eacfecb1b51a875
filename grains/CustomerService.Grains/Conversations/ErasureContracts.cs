using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations
{
    /// <summary>
    /// Erase what was said in a conversation that is over, and all that knows of it beside it; only its places in the order of things stay. Its customer may write again, and
    /// begins it anew. Refused with <c>nothing_to_erase</c>, <c>on_legal_hold</c>, <c>still_active</c> or <c>written_since</c>.
    /// </summary>
    /// <param name="NotAfter">The last message must not be later than this, or the conversation stays.</param>
    /// <param name="Why">The rule, or whoever wants it; nothing personal, for it stays in the journal.</param>
    /// <param name="Files">References of all files that its journal names.</param>
    /// <param name="Mails">The Message-IDs of all mails that belong to it.</param>
    public sealed record EraseConversation(DateTimeOffset NotAfter, string Why, ImmutableArray<string> Files, ImmutableArray<string> Mails) : Turns.Command
    {
        public ImmutableArray<string> Files { get; init => field = value.OrEmpty(); } = Files;

        public ImmutableArray<string> Mails { get; init => field = value.OrEmpty(); } = Mails;
    }

    /// <summary>
    /// From now on the conversation is not erased, however old it is. A second one takes the place of the first. Refused with <c>no_such_conversation</c>,
    /// <c>reason_missing</c> or <c>message_too_long</c>.
    /// </summary>
    /// <param name="Reason">At most <see cref="LegalHold.MaxReason"/> characters.</param>
    public sealed record PlaceLegalHold(string By, string Reason) : Turns.Command;

    /// <summary>The conversation is erased again when its time comes. Refused with <c>no_legal_hold</c>.</summary>
    public sealed record LiftLegalHold(string By) : Turns.Command;

    /// <summary>A conversation must not be erased.</summary>
    public sealed record LegalHold(string By, string Reason, DateTimeOffset At)
    {
        public const int MaxReason = 500;
    }

    /// <summary>
    /// A conversation is erased: whoever keeps something of it beside it lets that go. Told by the conversation to its delivery, reviews and ticket grains.
    /// </summary>
    public sealed record EraseBeside : Turns.Command;

    /// <summary>
    /// Take away what lies outside grains of a conversation that was erased: files that no other has, what is known of its mails, and of its address where that has no other
    /// conversation. Done again, it finds less to do.
    /// </summary>
    public sealed record ClearAway(string ConversationId, string Channel, string Address, string CustomerId, ImmutableArray<string> Files, ImmutableArray<string> Mails) : Turns.Work
    {
        public ImmutableArray<string> Files { get; init => field = value.OrEmpty(); } = Files;

        public ImmutableArray<string> Mails { get; init => field = value.OrEmpty(); } = Mails;
    }

    /// <summary>It is time to try once more what could not be cleared away (alarm).</summary>
    public sealed record RetryClearing(ClearAway Work) : Turns.Command;

    /// <summary>What was said in the conversation before this is gone; <see cref="Journal.Emptied"/> stands in its places.</summary>
    public sealed record ConversationErased(string Why) : Journal.JournalEvent;

    public sealed record LegalHoldPlaced(string By, string Reason) : Journal.JournalEvent;

    public sealed record LegalHoldLifted(string By) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(EraseConversation), "conversation.erase")]
    [JsonDerivedType(typeof(PlaceLegalHold), "conversation.place_legal_hold")]
    [JsonDerivedType(typeof(LiftLegalHold), "conversation.lift_legal_hold")]
    [JsonDerivedType(typeof(EraseBeside), "conversation.erase_beside")]
    [JsonDerivedType(typeof(RetryClearing), "conversation.retry_clearing")]
    public partial record Command;

    [JsonDerivedType(typeof(ClearAway), "conversation.clear_away")]
    public partial record Work;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(ConversationErased), "conversation.erased")]
    [JsonDerivedType(typeof(LegalHoldPlaced), "conversation.legal_hold_placed")]
    [JsonDerivedType(typeof(LegalHoldLifted), "conversation.legal_hold_lifted")]
    public partial record JournalEvent;
}
