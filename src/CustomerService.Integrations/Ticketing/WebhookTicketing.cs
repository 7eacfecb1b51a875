using CustomerService.Integrations.Webhooks;

namespace CustomerService.Integrations.Ticketing;

/// <summary>Any ticket system that takes signed JSON by HTTP and may answer with <c>{"id": …}</c>.</summary>
public sealed class WebhookTicketing(SignedWebhook webhook) : ITicketing
{
    public Task<Delivery> MirrorAsync(TicketSnapshot ticket, string idempotencyKey, CancellationToken cancellation) =>
        webhook.PostAsync("ticket.changed", ticket, WebhookJson.Default.TicketSnapshot, idempotencyKey, cancellation);
}
