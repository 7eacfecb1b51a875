using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Meta.WhatsApp;

/// <summary>WhatsApp by Meta's Cloud API.</summary>
internal sealed class WhatsAppAccount(WhatsAppSettings settings, AccountParts parts) : IWebhookAccount, ISendingAccount, IMediaAccount
{
    private readonly MetaGate _gate = new(settings.App);
    private readonly GraphApi _api = new(settings.App, parts);
    private readonly WhatsAppEvents _events = new(settings.Name, settings.NumberId);

    public string Name => settings.Name;

    public string Channel => ChannelNames.Social;

    public ChannelRules Rules => settings.Rules;

    public WebhookReading Read(WebhookRequest request) =>
        _gate.Read(request, "whatsapp_business_account", json => _events.Read(json, request.ReceivedAt));

    public Task<SendOutcome> SendAsync(MessageToSend message, CancellationToken cancellation) =>
        new WhatsAppSending(settings, _api, message).SendAsync(cancellation);

    public string? WhyNotOutsideWindow(Outbound message) => WhatsAppTemplate.WhyNot(settings.Template, message);

    /// <summary>Cloud API can't be asked for messages; its receipts tell.</summary>
    public Task<SendTrace> FindAsync(MessageToSend message, CancellationToken cancellation) => Task.FromResult<SendTrace>(new SendTrace.NoWayToTell());

    public Task<MediaContent> OpenMediaAsync(MediaReference media, CancellationToken cancellation) => _api.OpenByIdAsync(media, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
