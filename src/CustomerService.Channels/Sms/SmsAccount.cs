using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Sms;

/// <summary>Text messages by Twilio: they come by webhook, and go by its REST interface.</summary>
internal sealed class SmsAccount : IWebhookAccount, ISendingAccount, IMediaAccount
{
    private readonly SmsSettings _settings;
    private readonly TwilioGate _gate;
    private readonly InboundSms _inbound;
    private readonly OutboundSms _outbound;
    private readonly TwilioMedia _media;

    public SmsAccount(SmsSettings settings, AccountParts parts)
    {
        var api = new TwilioApi(settings.Api, settings.Credentials, parts);
        _settings = settings;
        _gate = new TwilioGate(settings.Credentials);
        _inbound = new InboundSms(settings.Name, settings.Keywords);
        _outbound = new OutboundSms(settings, api, parts);
        _media = new TwilioMedia(settings.Api, api, parts.Http);
    }

    public string Name => _settings.Name;

    public string Channel => ChannelNames.Sms;

    public ChannelRules Rules => _settings.Rules;

    public WebhookReading Read(WebhookRequest request)
    {
        if (!_gate.TryOpen(request, out var values, out var refused))
            return refused;
        return request.Rest switch
        {
            "" or "inbound" => _inbound.Message(values, request.ReceivedAt),
            SmsReceipts.Path => SmsReceipts.Read(values),
            var unknown => new WebhookReading.Refused(404, $"there is nothing at '{unknown}'; messages come to the account's own address"),
        };
    }

    public Task<SendOutcome> SendAsync(MessageToSend message, CancellationToken cancellation) => _outbound.SendAsync(message, cancellation);

    public Task<SendTrace> FindAsync(MessageToSend message, CancellationToken cancellation) => _outbound.FindAsync(message, cancellation);

    public Task<MediaContent> OpenMediaAsync(MediaReference media, CancellationToken cancellation) => _media.OpenAsync(media, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
