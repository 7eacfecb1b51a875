using System.Collections.Immutable;

namespace CustomerService.Integrations.Crm;

/// <summary>
/// An outside system of customer records. The product's own customer records are grains; this is how another system learns of them.
/// Both calls may be repeated with the same key and must then change nothing.
/// </summary>
public interface ICrm
{
    /// <summary>A customer appeared or changed.</summary>
    Task<Delivery> UpsertContactAsync(CrmContact contact, string idempotencyKey, CancellationToken cancellation);

    /// <summary>A customer and we had something to do with each other.</summary>
    Task<Delivery> LogActivityAsync(CrmActivity activity, string idempotencyKey, CancellationToken cancellation);
}

/// <param name="CustomerId">Our id.</param>
/// <param name="Name">As the customer gave it.</param>
/// <param name="Email">As the customer gave it.</param>
/// <param name="Tier">Such as <c>gold</c>.</param>
/// <param name="Language">Two-letter code.</param>
public sealed record CrmContact(string CustomerId, string? Name, string? Email, string Tier, string? Language);

/// <param name="InteractionId">The message's id.</param>
/// <param name="CustomerId">Our id.</param>
/// <param name="ConversationId">The conversation that it belongs to.</param>
/// <param name="TicketId">The ticket that it was noted on.</param>
/// <param name="Channel">Such as <c>chat</c>.</param>
/// <param name="Intent">What the customer wanted.</param>
/// <param name="ResolutionType"><c>automated</c> or <c>human</c>.</param>
/// <param name="Sentiment">−1…1.</param>
/// <param name="Metrics">Further figures by name, such as the response time.</param>
/// <param name="At">When the message came in.</param>
public sealed record CrmActivity(
    string InteractionId,
    string CustomerId,
    string ConversationId,
    string? TicketId,
    string Channel,
    string? Intent,
    string ResolutionType,
    double? Sentiment,
    ImmutableSortedDictionary<string, string> Metrics,
    DateTimeOffset At);
