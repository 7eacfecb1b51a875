using CustomerService.Integrations.Webhooks;

namespace CustomerService.Integrations.Crm;

/// <summary>Any CRM that takes signed JSON by HTTP, straight or through an automation tool in between.</summary>
public sealed class WebhookCrm(SignedWebhook webhook) : ICrm
{
    public Task<Delivery> UpsertContactAsync(CrmContact contact, string idempotencyKey, CancellationToken cancellation) =>
        webhook.PostAsync("contact.upserted", contact, WebhookJson.Default.CrmContact, idempotencyKey, cancellation);

    public Task<Delivery> LogActivityAsync(CrmActivity activity, string idempotencyKey, CancellationToken cancellation) =>
        webhook.PostAsync("activity.logged", activity, WebhookJson.Default.CrmActivity, idempotencyKey, cancellation);
}
