using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Meta.Pages;

/// <summary>Messages to a page, by Messenger or Instagram.</summary>
internal sealed class PageAccount(PageSettings settings, AccountParts parts) : IWebhookAccount, ISendingAccount, IMediaAccount
{
    private readonly MetaGate _gate = new(settings.App);
    private readonly GraphApi _api = new(settings.App, parts);
    private readonly PageEvents _events = new(settings);

    public string Name => settings.Name;

    public string Channel => ChannelNames.Social;

    public ChannelRules Rules => settings.Rules;

    public WebhookReading Read(WebhookRequest request) => _gate.Read(request, settings.Network.Object, json => _events.Read(json, request.ReceivedAt));

    public Task<SendOutcome> SendAsync(MessageToSend message, CancellationToken cancellation) => new PageSending(settings.Network, _api, message).SendAsync(cancellation);

    /// <summary>What Meta lists of a conversation does not say which program sent it; its receipts tell.</summary>
    public Task<SendTrace> FindAsync(MessageToSend message, CancellationToken cancellation) => Task.FromResult<SendTrace>(new SendTrace.NoWayToTell());

    public Task<MediaContent> OpenMediaAsync(MediaReference media, CancellationToken cancellation) => _api.OpenAsync(media, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
