namespace CustomerService.Integrations.Ticketing;

/// <summary>
/// An outside ticket system. The product's own tickets are grains and always there; this mirrors them elsewhere.
/// May be repeated with the same key and must then change nothing.
/// </summary>
public interface ITicketing
{
    /// <summary>A ticket was opened or its status changed. <see cref="Delivery.Delivered.ExternalId"/> is its id over there.</summary>
    Task<Delivery> MirrorAsync(TicketSnapshot ticket, string idempotencyKey, CancellationToken cancellation);
}

/// <param name="TicketId">Our id.</param>
/// <param name="ConversationId">What it is about.</param>
/// <param name="CustomerId">Whose it is.</param>
/// <param name="Subject">One line.</param>
/// <param name="Status"><c>new</c>, <c>open</c>, <c>pending</c>, <c>solved</c> or <c>closed</c>.</param>
/// <param name="At">When it came to that.</param>
public sealed record TicketSnapshot(string TicketId, string ConversationId, string CustomerId, string Subject, string Status, DateTimeOffset At);
