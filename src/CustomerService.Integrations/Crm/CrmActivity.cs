using System.Collections.Immutable;
using CustomerService.Integrations.Outbound;

namespace CustomerService.Integrations.Crm;

/// <summary>A customer and we had something to do with each other.</summary>
/// <param name="InteractionId">The message's id.</param>
/// <param name="CustomerId">Our id.</param>
/// <param name="ConversationId">The conversation that it belongs to.</param>
/// <param name="TicketId">The ticket that it was noted on.</param>
/// <param name="Channel">Such as <c>chat</c>.</param>
/// <param name="Intent">What the customer wanted.</param>
/// <param name="ResolutionType"><c>automated</c>, <c>human</c> or <c>error_fallback</c>.</param>
/// <param name="Sentiment">−1…1.</param>
/// <param name="Metrics">Further figures by name, such as the response time.</param>
/// <param name="At">When the message came in.</param>
public sealed record CrmActivity(
    string InteractionId,
    string CustomerId,
    string ConversationId,
    string TicketId,
    string? Channel,
    string? Intent,
    string ResolutionType,
    double? Sentiment,
    ImmutableSortedDictionary<string, string> Metrics,
    DateTimeOffset At)
    : OutboundEvent("activity.logged");
