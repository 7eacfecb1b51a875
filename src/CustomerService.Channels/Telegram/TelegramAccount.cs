using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Social;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Telegram;

/// <summary>Messages to a bot.</summary>
internal sealed class TelegramAccount(TelegramSettings settings, AccountParts parts) : IWebhookAccount, ISendingAccount, IMediaAccount
{
    public const string Header = "X-Telegram-Bot-Api-Secret-Token";

    private readonly SigningKeys _secrets = new(settings.Bot.Secret, settings.Bot.PreviousSecret ?? "");
    private readonly TelegramUpdates _updates = new(settings);
    private readonly TelegramApi _api = new(settings.Bot, parts);

    public string Name => settings.Name;

    public string Channel => ChannelNames.Social;

    public ChannelRules Rules => settings.Rules;

    public WebhookReading Read(WebhookRequest request)
    {
        if (request.Method != "POST")
            return new WebhookReading.Refused(405, $"Telegram calls with POST, not with {request.Method}");
        if (!_secrets.Holds(request.Header(Header)))
            return new WebhookReading.Refused(401, $"the {Header} is missing or wrong; set the webhook again with the secret behind secret_env");
        return LenientJson.Parse(request.Body) is { } update
            ? _updates.Read(update, request.ReceivedAt)
            : new WebhookReading.Refused(400, "the body is no JSON object");
    }

    public Task<SendOutcome> SendAsync(MessageToSend message, CancellationToken cancellation) => new TelegramSending(_api, parts.Files, message).SendAsync(cancellation);

    /// <summary>A bot can't ask for messages.</summary>
    public Task<SendTrace> FindAsync(MessageToSend message, CancellationToken cancellation) => Task.FromResult<SendTrace>(new SendTrace.NoWayToTell());

    public Task<MediaContent> OpenMediaAsync(MediaReference media, CancellationToken cancellation) => _api.OpenAsync(media, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
