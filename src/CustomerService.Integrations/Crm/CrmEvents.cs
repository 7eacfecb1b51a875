using System.Collections.Immutable;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Integrations.Outbound;

namespace CustomerService.Integrations.Crm;

/// <summary>What of the journal a CRM is told: contacts, and each interaction with them.</summary>
public static class CrmEvents
{
    /// <param name="entry">What happened.</param>
    /// <param name="ticket">How the ticket began that it happened to; null where it did not happen to a ticket.</param>
    /// <returns>Null when it is of no concern to a CRM.</returns>
    public static OutboundEvent? Of(JournalEntry entry, TicketOpened? ticket) => entry.Event switch
    {
        ProfileUpdated { Profile: var known } => new CrmContact(known.Id, known.Name, known.Email, known.Tier, known.Language),
        InteractionLogged logged when ticket is not null => new CrmActivity(
            logged.MessageId,
            logged.CustomerId ?? ticket.CustomerId,
            ticket.ConversationId,
            entry.Grain.Key,
            logged.Message?.Channel,
            logged.Message?.Intent,
            logged.ResolutionType,
            logged.Message?.Sentiment,
            logged.Metrics.ToImmutableSortedDictionary(StringComparer.Ordinal),
            logged.Message?.AcceptedAt ?? entry.At),
        _ => null,
    };
}
