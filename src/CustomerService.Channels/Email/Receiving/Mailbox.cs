using CustomerService.Channels.Health;
using CustomerService.Grains.Turns;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using Microsoft.Extensions.Logging;

namespace CustomerService.Channels.Email.Receiving;

/// <summary>
/// Reads one mailbox for as long as it is asked to, in the order in which mails came, each until it is seen to. It changes nothing in the mailbox; how far it
/// got is kept here, so an outage may last as long as it likes.
/// </summary>
/// <param name="take">Takes one mail; returns why it can't be taken.</param>
internal sealed partial class Mailbox(
    string account,
    EmailSettings settings,
    MailParts parts,
    Func<byte[], DateTimeOffset, CancellationToken, Task<string?>> take,
    LargeMails large,
    TimeProvider time,
    ILogger logger,
    AccountHealth health)
{
    private const int Batch = 50;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public async Task FollowAsync(CancellationToken cancellation)
    {
        health.FollowerConnects();
        for (var failures = 0; !cancellation.IsCancellationRequested;)
        {
            try
            {
                await SessionAsync(() => failures = 0, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever a server or the network does, the mailbox is tried again.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                var reason = fault is OperationCanceledException ? "it does not answer" : fault.Message;
                health.FollowerIsLost(reason);
                if (failures++ == 0)
                    LogLost(fault, account, settings.Imap.Server.Host, reason);
            }

            await PauseAsync(failures, cancellation);
        }

        health.FollowerLeaves();
    }

    private async Task SessionAsync(Action working, CancellationToken cancellation)
    {
        ImapClient client;
        IMailFolder folder;
        MailboxPosition position;
        using (var impatience = MailConnections.Impatient(time, cancellation))
        {
            client = await MailConnections.ImapAsync(settings.Imap.Server, impatience.Token);
        }

        using (client)
        {
            using (var impatience = MailConnections.Impatient(time, cancellation))
            {
                folder = await client.GetFolderAsync(settings.Imap.Folder, impatience.Token);
                await folder.OpenAsync(FolderAccess.ReadOnly, impatience.Token);
                position = await PositionAsync(folder, impatience.Token);
            }

            LogFollowing(account, settings.Imap.Folder, settings.Imap.Server.Host);
            while (!cancellation.IsCancellationRequested)
            {
                var count = folder.Count;
                position = await BringInAsync(folder, position, cancellation);
                position = await large.TellAsync(folder, position, cancellation);
                working();
                health.FollowerIsThere();
                // What came while others were brought in may have been told already, and is not told again.
                if (folder.Count <= count)
                    await NewsAsync(client, folder, cancellation);
            }
        }
    }

    private async Task<MailboxPosition> PositionAsync(IMailFolder folder, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var known = await parts.Positions.ReadAsync(account, cancellation);
        if (known?.UidValidity == folder.UidValidity)
            return known;

        MailboxPosition position;
        if (known is not null)
        {
            // The days before are read once more: which of them were seen to is known by their conversations.
            LogRenumbered(account, known.Reached);
            position = new MailboxPosition(folder.UidValidity, 0, known.Reached, known.Reached.AddDays(-1));
        }
        else if (settings.Imap.ReadBack > TimeSpan.Zero)
        {
            position = new MailboxPosition(folder.UidValidity, 0, now - settings.Imap.ReadBack, now - settings.Imap.ReadBack);
        }
        else
        {
            position = new MailboxPosition(folder.UidValidity, await LastUidAsync(folder, cancellation), now, null);
        }

        await parts.Positions.WriteAsync(account, position, cancellation);
        return position;
    }

    private static async Task<uint> LastUidAsync(IMailFolder folder, CancellationToken cancellation) =>
        folder.UidNext is { } next ? next.Id - 1 : (await folder.SearchAsync(SearchQuery.All, cancellation)).Select(uid => uid.Id).DefaultIfEmpty(0u).Max();

    private async Task<MailboxPosition> BringInAsync(IMailFolder folder, MailboxPosition position, CancellationToken cancellation)
    {
        IList<UniqueId> found;
        using (var impatience = MailConnections.Impatient(time, cancellation))
        {
            var above = SearchQuery.Uids(new UniqueIdRange(new UniqueId(position.LastUid + 1), UniqueId.MaxValue));
            found = await folder.SearchAsync(position.Since is { } since ? above.And(SearchQuery.DeliveredAfter(since.UtcDateTime)) : above, impatience.Token);
        }

        // “All above” gives the last one even where it is not above.
        foreach (var batch in found.Where(uid => uid.Id > position.LastUid).OrderBy(uid => uid.Id).Chunk(Batch))
            position = await BringInAsync(folder, batch, position, cancellation);

        if (position.Since is null)
            return position;
        using (var impatience = MailConnections.Impatient(time, cancellation))
        {
            // The older ones may have higher numbers than the younger, where a mailbox was copied.
            var older = await folder.SearchAsync(SearchQuery.DeliveredBefore(position.Since.Value.UtcDateTime), impatience.Token);
            position = position with { LastUid = older.Concat(found).Select(uid => uid.Id).Append(position.LastUid).Max(), Since = null };
        }

        await parts.Positions.WriteAsync(account, position, cancellation);
        return position;
    }

    private async Task<MailboxPosition> BringInAsync(IMailFolder folder, UniqueId[] batch, MailboxPosition position, CancellationToken cancellation)
    {
        IList<IMessageSummary> summaries;
        using (var impatience = MailConnections.Impatient(time, cancellation))
            summaries = await folder.FetchAsync(batch, MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate, impatience.Token);

        try
        {
            foreach (var summary in summaries.OrderBy(summary => summary.UniqueId.Id))
            {
                if (large.AreLarge(summary))
                    position = large.After(position, summary);
                else
                    await SeeToAsync(folder, summary, cancellation);
                var came = summary.InternalDate ?? position.Reached;
                position = position with { LastUid = summary.UniqueId.Id, Reached = came > position.Reached ? came : position.Reached };
            }

            position = position with { LastUid = batch[^1].Id }; // those that somebody deleted meanwhile included
            return position;
        }
        finally
        {
            await parts.Positions.WriteAsync(account, position, CancellationToken.None);
        }
    }

    private async Task SeeToAsync(IMailFolder folder, IMessageSummary summary, CancellationToken cancellation)
    {
        if (await RawAsync(folder, summary.UniqueId, cancellation) is not { } raw)
            return;
        var now = time.GetUtcNow();
        var receivedAt = summary.InternalDate < now ? summary.InternalDate.Value.ToUniversalTime() : now;
        for (var failures = 0; ;)
        {
            try
            {
                if (await take(raw, receivedAt, cancellation) is { } reason)
                    LogParked(account, (await parts.Parked.ParkAsync(account, raw, reason, receivedAt, cancellation)).Id, reason);
                return;
            }
            catch (Exception fault) when (fault is HostBusyException or StoreUnavailableException or IOException && !cancellation.IsCancellationRequested)
            {
                // Ours to wait for: no mail may be passed over for it.
                if (failures++ == 0)
                    LogWaiting(account, fault.Message);
            }
#pragma warning disable CA1031 // One bad mail must not keep away those after it.
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogParked(account, (await parts.Parked.ParkAsync(account, raw, fault.ToString(), receivedAt, cancellation)).Id, fault.Message);
                return;
            }

            await PauseAsync(failures, cancellation);
        }
    }

    private async Task<byte[]?> RawAsync(IMailFolder folder, UniqueId uid, CancellationToken cancellation)
    {
        using var impatience = MailConnections.Impatient(time, cancellation);
        try
        {
            await using var stream = await folder.GetStreamAsync(uid, impatience.Token);
            using var raw = new MemoryStream();
            await stream.CopyToAsync(raw, impatience.Token);
            return raw.ToArray();
        }
        catch (MessageNotFoundException)
        {
            return null; // Somebody deleted it meanwhile.
        }
    }

    /// <summary>Returns when there is news, or when it is time to ask.</summary>
    private async Task NewsAsync(ImapClient client, IMailFolder folder, CancellationToken cancellation)
    {
        if (!settings.Imap.Idle || !client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await Task.Delay(settings.Imap.Poll, time, cancellation);
            using var impatience = MailConnections.Impatient(time, cancellation);
            await client.NoOpAsync(impatience.Token); // Only so some servers look for news.
            return;
        }

        using var asked = new CancellationTokenSource(settings.Imap.Poll, time);
        void OnMore(object? sender, EventArgs news) => asked.Cancel();
        folder.CountChanged += OnMore;
        try
        {
            // A server that is gone without a word shows at the end of it.
            using var patience = new CancellationTokenSource(settings.Imap.Poll + MailConnections.Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
            await client.IdleAsync(asked.Token, either.Token);
        }
        finally
        {
            folder.CountChanged -= OnMore;
        }
    }

    private async Task PauseAsync(int failures, CancellationToken cancellation)
    {
        var pause = failures > 6 ? LongestPause : TimeSpan.FromSeconds(1 << Math.Max(0, failures - 1));
        await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(LogLevel.Information, "{Account}: following {Folder} of {Host}")]
    private partial void LogFollowing(string account, string folder, string host);

    [LoggerMessage(LogLevel.Warning, "{Account}: the mail server {Host} can't be read ({Reason}); it is tried again until it can")]
    private partial void LogLost(Exception fault, string account, string host, string reason);

    [LoggerMessage(LogLevel.Warning, "{Account}: the mail server has numbered its mails anew; those since the day before {Reached} are read once more")]
    private partial void LogRenumbered(string account, DateTimeOffset reached);

    [LoggerMessage(LogLevel.Warning, "{Account}: mails wait to be taken ({Reason})")]
    private partial void LogWaiting(string account, string reason);

    [LoggerMessage(LogLevel.Error, "{Account}: a mail can't be taken and is parked as {Mail} (see 'mails'): {Reason}")]
    private partial void LogParked(string account, string mail, string reason);
}
