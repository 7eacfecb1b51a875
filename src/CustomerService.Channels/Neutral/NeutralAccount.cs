using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Neutral;

/// <summary>A channel of the owner's making: a program of theirs posts what comes, and is posted what goes.</summary>
internal sealed class NeutralAccount : IWebhookAccount, ISendingAccount, IMediaAccount
{
    private readonly NeutralSettings _settings;
    private readonly HttpClient _http;
    private readonly SigningKeys _keys;
    private readonly NeutralReader _reader;
    private readonly NeutralSender _sender;

    public NeutralAccount(NeutralSettings settings, AccountParts parts)
    {
        _settings = settings;
        _http = parts.Http;
        _keys = new SigningKeys(settings.Secret, settings.PreviousSecret ?? "");
        _reader = new NeutralReader(settings);
        _sender = new NeutralSender(settings, parts);
    }

    public string Name => _settings.Name;

    public string Channel => _settings.Channel;

    public ChannelRules Rules => _settings.Rules;

    public WebhookReading Read(WebhookRequest request)
    {
        if (request.Method != "POST")
            return new WebhookReading.Refused(405, $"messages are posted, not {request.Method}");
        return NeutralSignature.Fault(request, _keys) is { } fault ? new WebhookReading.Refused(401, fault) : _reader.Read(request);
    }

    public Task<SendOutcome> SendAsync(MessageToSend message, CancellationToken cancellation) => _sender.SendAsync(message, cancellation);

    public Task<SendTrace> FindAsync(MessageToSend message, CancellationToken cancellation) =>
        Task.FromResult<SendTrace>(_settings.IgnoresRepeats ? new SendTrace.NotThere() : new SendTrace.NoWayToTell());

    public async Task<MediaContent> OpenMediaAsync(MediaReference media, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(media.Id, UriKind.Absolute, out var where) || (_settings.FilesFrom ?? _settings.SendTo) is not { } home || where.Scheme != home.Scheme || where.Authority != home.Authority)
            throw new MediaUnavailableException($"'{media.Id}' is not at {(_settings.FilesFrom ?? _settings.SendTo)?.Authority ?? "files_from or send_to, which are not set"}");
        var answer = await _http.GetAsync(where, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (answer.IsSuccessStatusCode)
            return new MediaContent(await answer.Content.ReadAsStreamAsync(cancellation), answer.Content.Headers.ContentType?.MediaType ?? media.MediaType, answer.Content.Headers.ContentLength);
        answer.Dispose();
        throw new MediaUnavailableException($"{where.Authority} answered {(int)answer.StatusCode}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
