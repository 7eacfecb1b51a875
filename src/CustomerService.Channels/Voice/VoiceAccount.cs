using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Voice;

/// <summary>Telephone calls by Twilio, which asks what to do and is told in TwiML.</summary>
internal sealed class VoiceAccount : ICallAccount, IMediaAccount
{
    private readonly TwilioGate _gate;
    private readonly CallReader _reader;
    private readonly CallFlow _flow;
    private readonly TwilioMedia _media;

    public VoiceAccount(VoiceSettings settings, AccountParts parts)
    {
        Name = settings.Name;
        _gate = new TwilioGate(settings.Credentials);
        _reader = new CallReader(settings.Name, settings.Number, settings.Plan);
        _flow = new CallFlow(settings.Plan, new CallTwiml(settings).Of);
        _media = new TwilioMedia(settings.Api, new TwilioApi(settings.Api, settings.Credentials, parts), parts.Http);
    }

    public string Name { get; }

    public string Channel => ChannelNames.Voice;

    public WebhookReading Read(WebhookRequest request) => _gate.TryOpen(request, out var values, out var refused) ? _reader.Read(TwilioCalls.Read(request, values)) : refused;

    public CallTurn Decide(CallRequest call, ConversationSight sight) => _flow.Decide(call.Moment, sight);

    public Task<MediaContent> OpenMediaAsync(MediaReference media, CancellationToken cancellation) => _media.OpenAsync(media, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
