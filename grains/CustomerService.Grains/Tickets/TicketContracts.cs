using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Tickets;

namespace CustomerService.Grains.Tickets
{
    /// <summary>Notes an interaction on the ticket, opening it with the first one. Once per message id.</summary>
    /// <param name="Status"><c>open</c>, <c>pending</c> or <c>solved</c>: what the ticket is after it.</param>
    public sealed record LogInteraction(
        string ConversationId, string CustomerId, string MessageId, string Subject, string Status, string ResolutionType,
        ImmutableDictionary<string, string> Metrics) : Turns.Command
    {
        /// <summary>What was understood of the message; null where nobody said.</summary>
        public LoggedMessage? Message { get; init; }
    }

    /// <summary>The customer's message behind a logged interaction, in short, so that whoever reads the journal needs no second look.</summary>
    /// <param name="Channel">How it came.</param>
    /// <param name="Intent">What the customer wanted.</param>
    /// <param name="Sentiment">−1…1.</param>
    /// <param name="AcceptedAt">When it was accepted.</param>
    public sealed record LoggedMessage(string Channel, string Intent, double Sentiment, DateTimeOffset AcceptedAt);

    public sealed record CloseTicket(string By) : Turns.Command;

    /// <summary>An outside ticket system keeps this ticket too, under an id of its own. Refused with <c>no_such_ticket</c> before the ticket is open.</summary>
    public sealed record LinkTicket(string ExternalId) : Turns.Command;

    /// <summary>Answer: <see cref="TicketView"/>, or refused with <c>no_such_ticket</c>.</summary>
    public sealed record GetTicket : Turns.Query;

    public sealed record TicketView(TicketState Ticket) : Turns.Reply;

    public sealed record TicketState
    {
        public required string Id { get; init; }

        public string? ConversationId { get; init; }

        public string? CustomerId { get; init; }

        public string Subject { get; init; } = "";

        /// <summary><c>new</c> before the first interaction, then as logged; <c>closed</c> at the end.</summary>
        public string Status { get; init; } = "new";

        /// <summary>Its id in the outside ticket system; null when there is none, or it has not answered with one yet.</summary>
        public string? ExternalId { get; init; }

        public DateTimeOffset? OpenedAt { get; init; }

        public DateTimeOffset? UpdatedAt { get; init; }

        public int Interactions { get; init; }

        /// <summary>The last logged message ids, to know a repeated one.</summary>
        public ImmutableList<string> Remembered { get; init; } = [];
    }

    public sealed record TicketOpened(string ConversationId, string CustomerId, string Subject) : Journal.JournalEvent;

    public sealed record InteractionLogged(string MessageId, string Status, string ResolutionType, ImmutableDictionary<string, string> Metrics) : Journal.JournalEvent
    {
        /// <summary>Whose ticket it is since; null in events of before this was noted.</summary>
        public string? CustomerId { get; init; }

        /// <summary>What was understood of the message; null where nobody said.</summary>
        public LoggedMessage? Message { get; init; }
    }

    /// <summary>The outside ticket system keeps the ticket under this id.</summary>
    public sealed record TicketLinked(string ExternalId) : Journal.JournalEvent;

    public sealed record TicketClosed(string By) : Journal.JournalEvent
    {
        /// <summary>Whose ticket it is; null in events of before this was noted.</summary>
        public string? CustomerId { get; init; }
    }
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(LogInteraction), "ticket.log_interaction")]
    [JsonDerivedType(typeof(CloseTicket), "ticket.close")]
    [JsonDerivedType(typeof(LinkTicket), "ticket.link")]
    [JsonDerivedType(typeof(GetTicket), "ticket.get")]
    public partial record Command;

    [JsonDerivedType(typeof(TicketView), "ticket.view")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(TicketOpened), "ticket.opened")]
    [JsonDerivedType(typeof(InteractionLogged), "ticket.interaction_logged")]
    [JsonDerivedType(typeof(TicketLinked), "ticket.linked")]
    [JsonDerivedType(typeof(TicketClosed), "ticket.closed")]
    public partial record JournalEvent;
}
