using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email.Answering;
using CustomerService.Channels.Email.Reading;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Email.Transcripts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using Microsoft.Extensions.Logging;

namespace CustomerService.Channels.Email;

/// <summary>A mailbox in use: read by IMAP, answered by SMTP.</summary>
internal sealed class EmailAccount : IFollowingAccount, ISendingAccount, IMailAccount
{
    private readonly EmailSettings _settings;
    private readonly AccountParts _parts;
    private readonly MailParts _mail;
    private readonly ILogger _logger;
    private readonly MailReader _reader;
    private readonly MailComposer _composer;
    private readonly Outbox _outbox;
    private readonly LetterIntake _letters;

    public EmailAccount(EmailSettings settings, AccountParts parts)
    {
        _settings = settings;
        _parts = parts;
        _mail = parts.Mail ?? throw new InvalidOperationException("A mailbox needs AccountParts.Mail.");
        _logger = parts.Loggers.CreateLogger<EmailAccount>();
        _reader = new MailReader(settings.Address, settings.OurLists.All);
        var tokens = new ThreadToken(settings.TokenKey);
        _letters = new LetterIntake(this, _reader, new Threading(Name, tokens, _mail.Threads), parts.Files, _logger);
        _composer = new MailComposer(settings, tokens, parts.Files, parts.Time);
        _outbox = new Outbox(settings, parts.Time, _logger);
    }

    public string Name => _settings.Name;

    public string Channel => _settings.Channel;

    public ChannelRules Rules => _settings.Rules;

    public Task FollowAsync(IChannelIntake intake, CancellationToken cancellation)
    {
        var large = new LargeMails(_settings, _reader, _composer, _outbox, _mail.Threads, _mail.Positions, _parts.Time, _logger);
        var mailbox = new Mailbox(Name, _settings, _mail, (raw, receivedAt, stop) => TakeAsync(raw, receivedAt, intake, stop), large, _parts.Time, _logger, _parts.Health.Of(Name));
        return mailbox.FollowAsync(cancellation);
    }

    public Task<string?> TakeAsync(byte[] raw, DateTimeOffset receivedAt, IChannelIntake intake, CancellationToken cancellation) =>
        _letters.TakeAsync(raw, receivedAt, intake, cancellation);

    public async Task<SendOutcome> SendAsync(MessageToSend message, CancellationToken cancellation)
    {
        MimeKit.MimeMessage mail;
        try
        {
            mail = message.Message.Transcript is { } copy
                ? _composer.Transcript(message, await TranscriptReader.ReadAsync(_mail.Journal(), message.ConversationId, copy.UpTo, cancellation))
                : await _composer.ComposeAsync(message, cancellation);
        }
        catch (FileNotFoundException gone)
        {
            return new SendOutcome.Failed(gone.Message);
        }
#pragma warning disable CA1031 // Nothing has gone out yet: what can't be read now can be later.
        catch (Exception fault) when (message.Message.Transcript is not null && !cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new SendOutcome.Later($"the conversation can't be read now ({fault.Message.TrimEnd('.')})");
        }

        var outcome = await _outbox.SendAsync(mail, _composer.Sender(message), cancellation);
        if (outcome is SendOutcome.Accepted)
            await _outbox.KeepCopyAsync(mail, cancellation);
        return outcome;
    }

    public Task<SendTrace> FindAsync(MessageToSend message, CancellationToken cancellation) => _outbox.FindAsync(_composer.IdOf(message), cancellation);

    public ValueTask DisposeAsync()
    {
        _outbox.Dispose();
        return ValueTask.CompletedTask;
    }
}
