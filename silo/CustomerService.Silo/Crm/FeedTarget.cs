using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Integrations.Alerting;
using CustomerService.Integrations.Crm;
using CustomerService.Integrations.Outbound;
using CustomerService.Integrations.Ticketing;

namespace CustomerService.Silo.Crm;

/// <summary>One kind of outside system: what it is called in files, figures and keys, and what of the journal it is told.</summary>
/// <param name="Choose">The event to send for an entry, given how its ticket began; null when the entry is of no concern.</param>
internal sealed record FeedTarget(string Name, Func<JournalEntry, TicketOpened?, OutboundEvent?> Choose)
{
    public static FeedTarget Crm { get; } = new("crm", CrmEvents.Of);

    public static FeedTarget Ticketing { get; } = new("ticketing", TicketEvents.Of);

    /// <summary>Whoever is called by them wants none that are long over.</summary>
    public static FeedTarget Alerts { get; } = new("alerts", AlertEvents.Of) { BeginsNow = true };

    /// <summary>Whether its first start begins at the journal's end; else at its beginning, so that nothing is missed.</summary>
    public bool BeginsNow { get; private init; }

    /// <summary>The environment variable with the secret that its webhook is signed with.</summary>
    public string SecretVariable => $"CUSTOMERSERVICE_{Name.ToUpperInvariant()}_SECRET";

    /// <summary>The same for every try of the same event. The target is in it, for one receiver may serve both.</summary>
    public string KeyOf(JournalEntry entry) => $"{Name}.{entry.Grain.Kind}.{entry.Grain.Key}.{entry.Sequence}";
}
