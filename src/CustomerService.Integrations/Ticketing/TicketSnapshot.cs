using CustomerService.Integrations.Outbound;

namespace CustomerService.Integrations.Ticketing;

/// <summary>A ticket was opened, or something was logged on it, or it was closed. <see cref="Delivery.Delivered.ExternalId"/> is its id over there.</summary>
/// <param name="TicketId">Our id.</param>
/// <param name="ConversationId">What it is about.</param>
/// <param name="CustomerId">Whose it is.</param>
/// <param name="Subject">One line.</param>
/// <param name="Status"><c>new</c>, <c>open</c>, <c>pending</c>, <c>solved</c> or <c>closed</c>.</param>
/// <param name="At">When it came to that.</param>
public sealed record TicketSnapshot(
    string TicketId, string ConversationId, string CustomerId, string Subject, string Status, DateTimeOffset At)
    : OutboundEvent("ticket.changed");
