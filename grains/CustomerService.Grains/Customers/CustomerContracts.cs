using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Customers
{
    /// <summary>Which customer is behind an address? Asked of the directory grain of that address (key <c>channel:address</c>).</summary>
    /// <remarks>Answer: <see cref="AddressOwner"/>. An address that nobody linked belongs to a customer of its own, whose id follows from the address.</remarks>
    public sealed record ResolveAddress : Turns.Query;

    /// <summary>From now on the address belongs to this customer.</summary>
    public sealed record LinkAddress(string CustomerId) : Turns.Command;

    public sealed record AddressOwner(string CustomerId, bool Linked) : Turns.Reply
    {
        /// <summary>Who the owner's site says that they are; it holds until its end. Null: it says nothing.</summary>
        public VouchedCustomer? Vouched { get; init; }
    }

    /// <summary>The owner's site says who is behind the address now; what it said before holds no more.</summary>
    /// <param name="Customer">Null: it names nobody whom the shop could know.</param>
    public sealed record Vouch(VouchedCustomer? Customer) : Turns.Command;

    /// <summary>A customer by the signed word of the owner's site.</summary>
    /// <param name="ShopCustomerId">The id in the order system; null: the site does not say, and <paramref name="Email"/> tells.</param>
    /// <param name="Email">A mail address that the site has verified.</param>
    public sealed record VouchedCustomer(string? ShopCustomerId, string? Email, DateTimeOffset At, DateTimeOffset Until);

    /// <summary>
    /// A transcript is to be mailed to this address, or somebody at this address asks for one: counted once for each id, so that nobody's mailbox is filled by strangers.
    /// Refused with <c>too_many_transcripts</c>.
    /// </summary>
    public sealed record CountTranscript : Turns.Command;

    /// <summary>An interaction took place; it is added to the customer's short history, once per message id.</summary>
    public sealed record NoteInteraction(PastInteraction Interaction) : Turns.Command;

    /// <summary>An agent's work for the customer ended with the matter resolved. The latest one counts, in whatever order they are told.</summary>
    public sealed record NoteServedBy(string AgentId, DateTimeOffset At) : Turns.Command;

    /// <summary>Sets what is known about a customer; null leaves a field as it is.</summary>
    public sealed record UpdateProfile(string? Name, string? Email, string? Tier, string? Language, string? PreferredTone) : Turns.Command;

    /// <summary>The conversation is erased: its messages go from the short history.</summary>
    public sealed record ForgetConversation(string ConversationId) : Turns.Command;

    /// <summary>
    /// Forget who this customer is. Refused with <c>nothing_to_erase</c> where nothing is known, and <c>still_known</c> where they have a history here, were never in touch (so that
    /// somebody else put them in) or were served later.
    /// </summary>
    /// <param name="NotAfter">Whoever was served after this stays.</param>
    public sealed record EraseCustomer(DateTimeOffset NotAfter) : Turns.Command;

    /// <summary>Forget an address with its key; nobody has it any more.</summary>
    public sealed record ForgetAddress : Turns.Command;

    /// <summary>Answer: <see cref="CustomerView"/>.</summary>
    public sealed record GetCustomer : Turns.Query;

    /// <param name="Recent">The last interactions over all channels, oldest first, at most <see cref="CustomerState.HistoryLength"/>.</param>
    public sealed record CustomerView(CustomerProfile Profile, ImmutableList<PastInteraction> Recent, long Interactions) : Turns.Reply
    {
        /// <summary>Who served the customer last; null: nobody yet.</summary>
        public ServedBy? LastServedBy { get; init; }
    }

    /// <param name="At">When the matter was resolved.</param>
    public sealed record ServedBy(string AgentId, DateTimeOffset At);

    /// <param name="Tier"><c>standard</c>, <c>silver</c>, <c>gold</c> or <c>platinum</c>.</param>
    public sealed record CustomerProfile(string Id, string? Name, string? Email, string Tier, string? Language, string PreferredTone);

    /// <summary>One message of a customer's past, in short.</summary>
    public sealed record PastInteraction(
        string MessageId, string ConversationId, string Channel, string Text, string Intent, double Sentiment, string ResolutionType, DateTimeOffset At);

    public sealed record CustomerState
    {
        public const int HistoryLength = 20;

        /// <summary>How much of a past message's text is kept, in characters.</summary>
        public const int MaxText = 280;

        public required CustomerProfile Profile { get; init; }

        public ImmutableList<PastInteraction> Recent { get; init; } = [];

        public long Interactions { get; init; }

        /// <summary>Who served the customer last, in any conversation; null: nobody yet.</summary>
        public ServedBy? LastServedBy { get; init; }
    }

    public sealed record AddressState(string Address, string? LinkedTo)
    {
        /// <summary>So many transcripts go to one address, or are asked for by one visitor, within <see cref="TranscriptsWithin"/>.</summary>
        public const int MaxTranscripts = 5;

        public static readonly TimeSpan TranscriptsWithin = TimeSpan.FromDays(1);

        public VouchedCustomer? Vouched { get; init; }

        /// <summary>The last transcripts, oldest first; at most <see cref="MaxTranscripts"/>.</summary>
        public ImmutableArray<CountedTranscript> Transcripts { get; init => field = value.OrEmpty(); } = [];
    }

    public readonly record struct CountedTranscript(string Id, DateTimeOffset At);

    public sealed record AddressLinked(string CustomerId) : Journal.JournalEvent;

    public sealed record ProfileUpdated(CustomerProfile Profile) : Journal.JournalEvent;

    /// <summary>Who this customer was is gone.</summary>
    public sealed record CustomerErased : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(ResolveAddress), "address.resolve")]
    [JsonDerivedType(typeof(LinkAddress), "address.link")]
    [JsonDerivedType(typeof(Vouch), "address.vouch")]
    [JsonDerivedType(typeof(CountTranscript), "address.count_transcript")]
    [JsonDerivedType(typeof(NoteInteraction), "customer.note_interaction")]
    [JsonDerivedType(typeof(NoteServedBy), "customer.note_served_by")]
    [JsonDerivedType(typeof(UpdateProfile), "customer.update_profile")]
    [JsonDerivedType(typeof(GetCustomer), "customer.get")]
    [JsonDerivedType(typeof(ForgetConversation), "customer.forget_conversation")]
    [JsonDerivedType(typeof(EraseCustomer), "customer.erase")]
    [JsonDerivedType(typeof(ForgetAddress), "address.forget")]
    public partial record Command;

    [JsonDerivedType(typeof(AddressOwner), "address.owner")]
    [JsonDerivedType(typeof(CustomerView), "customer.view")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(AddressLinked), "address.linked")]
    [JsonDerivedType(typeof(ProfileUpdated), "customer.profile_updated")]
    [JsonDerivedType(typeof(CustomerErased), "customer.erased")]
    public partial record JournalEvent;
}
