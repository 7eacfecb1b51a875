using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Integrations.Outbound;

namespace CustomerService.Integrations.Ticketing;

/// <summary>What of the journal a ticket system is told: every ticket, as it stands after each thing that happens to it.</summary>
public static class TicketEvents
{
    /// <param name="entry">What happened.</param>
    /// <param name="ticket">How the ticket began that it happened to; null where it did not happen to a ticket.</param>
    /// <returns>Null when it is of no concern to a ticket system.</returns>
    public static OutboundEvent? Of(JournalEntry entry, TicketOpened? ticket) => ticket is null ? null : entry.Event switch
    {
        TicketOpened => Snapshot(entry, ticket, ticket.CustomerId, "new"),
        InteractionLogged logged => Snapshot(entry, ticket, logged.CustomerId, logged.Status),
        TicketClosed closed => Snapshot(entry, ticket, closed.CustomerId, "closed"),
        _ => null,
    };

    private static TicketSnapshot Snapshot(JournalEntry entry, TicketOpened ticket, string? customerId, string status) =>
        new(entry.Grain.Key, ticket.ConversationId, customerId ?? ticket.CustomerId, ticket.Subject, status, entry.At);
}
