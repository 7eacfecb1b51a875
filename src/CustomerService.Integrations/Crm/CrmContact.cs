using CustomerService.Integrations.Outbound;

namespace CustomerService.Integrations.Crm;

/// <summary>What is known of a customer has changed.</summary>
/// <param name="CustomerId">Our id.</param>
/// <param name="Name">As the customer gave it.</param>
/// <param name="Email">As the customer gave it.</param>
/// <param name="Tier">Such as <c>gold</c>.</param>
/// <param name="Language">Two-letter code.</param>
public sealed record CrmContact(string CustomerId, string? Name, string? Email, string Tier, string? Language)
    : OutboundEvent("contact.upserted");
