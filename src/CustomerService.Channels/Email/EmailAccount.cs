using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email.Answering;
using CustomerService.Channels.Email.Reading;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Email.Transcripts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using MailKit;
using Microsoft.Extensions.Logging;

namespace CustomerService.Channels.Email;

/// <summary>A mailbox in use: read by IMAP, answered by SMTP.</summary>
internal sealed partial class EmailAccount : IFollowingAccount, ISendingAccount
{
    private readonly EmailSettings _settings;
    private readonly AccountParts _parts;
    private readonly MailParts _mail;
    private readonly ILogger _logger;
    private readonly MailReader _reader;
    private readonly MailComposer _composer;
    private readonly Outbox _outbox;
    private readonly ThreadToken _tokens;

    public EmailAccount(EmailSettings settings, AccountParts parts)
    {
        _settings = settings;
        _parts = parts;
        _mail = parts.Mail ?? throw new InvalidOperationException("A mailbox needs AccountParts.Mail.");
        _logger = parts.Loggers.CreateLogger<EmailAccount>();
        _reader = new MailReader(settings.Address, settings.OurLists.All);
        _tokens = new ThreadToken(settings.TokenKey);
        _composer = new MailComposer(settings, _tokens, parts.Files, parts.Time);
        _outbox = new Outbox(settings, parts.Time, _logger);
    }

    public string Name => _settings.Name;

    public string Channel => _settings.Channel;

    public ChannelRules Rules => _settings.Rules;

    public Task FollowAsync(IChannelIntake intake, CancellationToken cancellation)
    {
        var letters = new LetterIntake(this, _reader, new Threading(Name, _tokens, _mail.Threads), _parts.Files, _logger);
        var mailbox = new Mailbox(
            Name, _settings, _mail, (raw, receivedAt, stop) => letters.TakeAsync(raw, receivedAt, intake, stop), TellTooLargeAsync, _parts.Time, _logger, _parts.Health.Of(Name));
        return mailbox.FollowAsync(cancellation);
    }

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

    /// <summary>Its sender is told once, unless a program sent it.</summary>
    private async Task TellTooLargeAsync(IMailFolder folder, IMessageSummary summary, CancellationToken cancellation)
    {
        LetterHead? letter;
        using (var impatience = MailConnections.Impatient(_parts.Time, cancellation))
        {
            await using var start = await folder.GetStreamAsync(summary.UniqueId, "HEADER", 0, HeaderBounds.Longest, impatience.Token);
            letter = await _reader.ReadHeadAsync(start, impatience.Token);
        }

        if (letter is null)
        {
            LogTooLarge(Name, summary.Size ?? 0, "nobody");
            return;
        }

        var told = $"too large: {letter.Id}";
        if (await _mail.Threads.FindAsync(letter.Address, told, cancellation) is not null)
            return;
        LogTooLarge(Name, summary.Size ?? 0, "its sender");
        var outcome = await _outbox.SendAsync(_composer.TooLarge(letter, summary.Size ?? 0), _settings.Address, cancellation);
        if (outcome is SendOutcome.Accepted or SendOutcome.Unknown)
            await _mail.Threads.JoinAsync(letter.Address, told, told, cancellation);
        else
            LogNotTold(Name, outcome is SendOutcome.Failed failed ? failed.Reason : ((SendOutcome.Later)outcome).Reason);
    }

    [LoggerMessage(LogLevel.Warning, "{Account}: a mail of {Bytes} bytes is too large and was not read; {Told} is told")]
    private partial void LogTooLarge(string account, long bytes, string told);

    [LoggerMessage(LogLevel.Warning, "{Account}: the sender of a mail that is too large could not be told: {Reason}")]
    private partial void LogNotTold(string account, string reason);
}
