using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Tickets;

namespace CustomerService.Grains.Tickets
{
    /// <summary>Notes an interaction on the ticket, opening it with the first one. Once per message id.</summary>
    /// <param name="Status"><c>open</c>, <c>pending</c> or <c>solved</c>: what the ticket is after it.</param>
    public sealed record LogInteraction(
        string ConversationId, string CustomerId, string MessageId, string Subject, string Status, string ResolutionType,
        ImmutableDictionary<string, string> Metrics) : Turns.Command;

    public sealed record CloseTicket(string By) : Turns.Command;

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

        public DateTimeOffset? OpenedAt { get; init; }

        public DateTimeOffset? UpdatedAt { get; init; }

        public int Interactions { get; init; }

        /// <summary>The last logged message ids, to know a repeated one.</summary>
        public ImmutableList<string> Remembered { get; init; } = [];
    }

    public sealed record TicketOpened(string ConversationId, string CustomerId, string Subject) : Journal.JournalEvent;

    public sealed record InteractionLogged(string MessageId, string Status, string ResolutionType, ImmutableDictionary<string, string> Metrics) : Journal.JournalEvent;

    public sealed record TicketClosed(string By) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(LogInteraction), "ticket.log_interaction")]
    [JsonDerivedType(typeof(CloseTicket), "ticket.close")]
    [JsonDerivedType(typeof(GetTicket), "ticket.get")]
    public partial record Command;

    [JsonDerivedType(typeof(TicketView), "ticket.view")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(TicketOpened), "ticket.opened")]
    [JsonDerivedType(typeof(InteractionLogged), "ticket.interaction_logged")]
    [JsonDerivedType(typeof(TicketClosed), "ticket.closed")]
    public partial record JournalEvent;
}
