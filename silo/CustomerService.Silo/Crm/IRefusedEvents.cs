using CustomerService.Grains.Journal;
using CustomerService.Integrations.Outbound;

namespace CustomerService.Silo.Crm;

/// <summary>What an outside system would not take, kept for a person to look at.</summary>
internal interface IRefusedEvents
{
    /// <summary>Returns when it is durable.</summary>
    ValueTask AddAsync(JournalEntry entry, string key, OutboundEvent what, string reason, CancellationToken cancellation);
}
