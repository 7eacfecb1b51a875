using CustomerService.Channels.Email.Answering;
using CustomerService.Channels.Email.Reading;
using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Sending;
using MailKit;
using Microsoft.Extensions.Logging;

namespace CustomerService.Channels.Email.Receiving;

/// <summary>
/// Tells the senders of mails that are too large to be read, once each, and no programs. Whom the mail server can't be given a word for now is told later: who is still to be
/// told stands in the mailbox's position. What a process did not get to say that it has told, is not told again.
/// </summary>
internal sealed partial class LargeMails(
    EmailSettings settings, MailReader reader, MailComposer composer, Outbox outbox, IMailThreads threads, IMailboxPositions positions, TimeProvider time, ILogger logger)
{
    /// <summary>Somebody who sends more than these while the mail server is away is not told of each.</summary>
    private const int MostUntold = 100;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private DateTimeOffset _notBefore;
    private int _failures;

    public bool AreLarge(IMessageSummary summary) => summary.Size > settings.MaxMegabytes * EmailSettings.Megabyte;

    /// <summary>The position after such a mail, whose sender is to be told.</summary>
    public MailboxPosition After(MailboxPosition position, IMessageSummary summary)
    {
        LogTooLarge(settings.Name, summary.Size ?? 0);
        return position.Untold.Count < MostUntold ? position with { Untold = [.. position.Untold, summary.UniqueId.Id] } : position;
    }

    /// <summary>Tells who is still to be told, as far as the mail server takes it.</summary>
    /// <returns>The position then, which is durable.</returns>
    public async Task<MailboxPosition> TellAsync(IMailFolder folder, MailboxPosition position, CancellationToken cancellation)
    {
        if (position.Telling is { } begun)
        {
            if (await LetterAsync(folder, begun, cancellation) is var (letter, _))
                await RememberAsync(letter, cancellation);
            position = await KeepAsync(position with { Telling = null }, cancellation);
        }

        while (position.Untold.Count > 0 && time.GetUtcNow() >= _notBefore)
        {
            var uid = position.Untold[0];
            uint[] rest = [.. position.Untold.Skip(1)];
            if (await LetterAsync(folder, uid, cancellation) is not var (letter, bytes) || await threads.FindAsync(letter.Address, MarkOf(letter), cancellation) is not null)
            {
                position = await KeepAsync(position with { Untold = rest }, cancellation);
                continue;
            }

            position = await KeepAsync(position with { Untold = rest, Telling = uid }, cancellation);
            if (await SendAsync(letter, bytes, cancellation))
            {
                _failures = 0;
                await RememberAsync(letter, cancellation);
            }
            else
            {
                _notBefore = time.GetUtcNow() + (_failures < 4 ? FirstWait * (1 << _failures++) : LongestWait);
                position = position with { Untold = [uid, .. rest] };
            }

            position = await KeepAsync(position with { Telling = null }, cancellation);
        }

        return position;
    }

    /// <summary>What stands over the mail; null where nobody is to be told: a program sent it, or it is gone.</summary>
    private async Task<(LetterHead Letter, long Bytes)?> LetterAsync(IMailFolder folder, uint uid, CancellationToken cancellation)
    {
        using var impatience = MailConnections.Impatient(time, cancellation);
        var mails = await folder.FetchAsync([new UniqueId(uid)], MessageSummaryItems.UniqueId | MessageSummaryItems.Size, impatience.Token);
        if (mails is not [var mail])
            return null;
        await using var start = await folder.GetStreamAsync(mail.UniqueId, "HEADER", 0, HeaderBounds.Longest, impatience.Token);
        return await reader.ReadHeadAsync(start, impatience.Token) is { } letter ? (letter, mail.Size ?? 0) : null;
    }

    /// <returns>Whether it is done with, for good or ill.</returns>
    private async Task<bool> SendAsync(LetterHead letter, long bytes, CancellationToken cancellation)
    {
        switch (await outbox.SendAsync(composer.TooLarge(letter, bytes), settings.Address, cancellation))
        {
            case SendOutcome.Later later:
                LogToldLater(settings.Name, later.Reason);
                return false;
            case SendOutcome.Failed failed:
                LogNotTold(settings.Name, failed.Reason);
                return true;
            default:
                return true;
        }
    }

    private async Task RememberAsync(LetterHead letter, CancellationToken cancellation) => await threads.JoinAsync(letter.Address, MarkOf(letter), MarkOf(letter), cancellation);

    /// <summary>Under what it is remembered that its sender was told, for when the mail is read once more.</summary>
    private static string MarkOf(LetterHead letter) => $"too large: {letter.Id}";

    private async Task<MailboxPosition> KeepAsync(MailboxPosition position, CancellationToken cancellation)
    {
        await positions.WriteAsync(settings.Name, position, cancellation);
        return position;
    }

    [LoggerMessage(LogLevel.Warning, "{Account}: a mail of {Bytes} bytes is too large and was not read; its sender is told, if it is a person")]
    private partial void LogTooLarge(string account, long bytes);

    [LoggerMessage(LogLevel.Warning, "{Account}: the sender of a mail that is too large is told later: {Reason}")]
    private partial void LogToldLater(string account, string reason);

    [LoggerMessage(LogLevel.Warning, "{Account}: the sender of a mail that is too large can't be told: {Reason}")]
    private partial void LogNotTold(string account, string reason);
}
