using System.Data.Common;
using System.Threading.Channels;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;
using CustomerService.Integrations;
using CustomerService.Integrations.Outbound;
using CustomerService.Integrations.Ticketing;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Journal;

namespace CustomerService.Silo.Crm;

/// <summary>
/// Tells one outside system what the journal says, in its order, each event until it was taken or refused. The journal is the
/// outbox: the feed only keeps how far it has come. What a crash leaves unkept is sent again, under the same keys.
/// </summary>
/// <param name="grains">Never refuses for load.</param>
internal sealed partial class CrmFeed(
    FeedTarget target, IDestination system, IJournal journal, IGrainClient grains, IFeedPosition position, IRefusedEvents refused,
    IDuty duty, IntegrationsInstruments instruments, Backoff backoff, TimeProvider time, ILogger<CrmFeed> logger) : BackgroundService
{
    private const int BatchSize = 100;

    /// <summary>However long a system asks to be left alone, it is tried again after this.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _newest;
    private volatile bool _onDuty;

    /// <summary>Entries of the journal that are still to be passed, by this process.</summary>
    public long Lag => _onDuty ? position.Behind(Interlocked.Read(ref _newest)) : 0;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        instruments.WatchLag(target.Name, () => Lag);
        return duty.WhileHeldAsync(TellAsync, stoppingToken);
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        using var subscription = journal.Subscribe(null, Notice);
        var looking = Task.CompletedTask;
        try
        {
            await UntilDoneAsync(FindPlaceAsync, cancellation);
            _onDuty = true;
            if (duty.LookEvery is { } often)
                looking = LookAsync(often, cancellation);
            while (true)
                await UntilDoneAsync(FollowAsync, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Shutting down, or another process goes on.
        }
        finally
        {
            _onDuty = false;
            await looking;
            await KeepAtTheEndAsync();
        }
    }

    private async Task KeepAtTheEndAsync()
    {
        try
        {
            await position.KeepAsync(CancellationToken.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            LogNotKept(fault, target.Name, position.Value);
        }
    }

    /// <summary>Other processes' news don't come here, so their entries are looked for.</summary>
    private async Task LookAsync(TimeSpan often, CancellationToken cancellation)
    {
        using var clock = new PeriodicTimer(often, time);
        try
        {
            while (await clock.WaitForNextTickAsync(cancellation))
                await UntilDoneAsync(LookOnceAsync, cancellation);
        }
        catch (OperationCanceledException)
        {
            // So ends the feed.
        }
    }

    private async Task LookOnceAsync(CancellationToken cancellation)
    {
        Awaits(await JournalEnd.FindAsync(journal, cancellation, Interlocked.Read(ref _newest)));
        await position.CountAsync(cancellation);
    }

    /// <summary>Called for each event that has become durable: some wake the feed, which then reads the journal itself.</summary>
    private void Notice(JournalEntry entry)
    {
        if (entry.Grain.Kind is GrainKinds.Ticket or GrainKinds.Customer or GrainKinds.Alerts)
            Awaits(entry.Position);
    }

    private void Awaits(long newest)
    {
        for (var known = Interlocked.Read(ref _newest); known < newest; known = Interlocked.Read(ref _newest))
            Interlocked.CompareExchange(ref _newest, newest, known);
        _news.Writer.TryWrite(true);
    }

    private async Task FindPlaceAsync(CancellationToken cancellation)
    {
        await position.LoadAsync(cancellation);
        var end = await JournalEnd.FindAsync(journal, cancellation);
        if (position.Value > end)
        {
            LogBeyondTheEnd(target.Name, position.Value, end);
            position.MoveTo(0);
        }

        if (target.BeginsNow && position.Value == 0)
        {
            position.MoveTo(end);
            await position.KeepAsync(cancellation);
        }

        Awaits(end);
        LogFollows(target.Name, position.Value, end);
    }

    /// <summary>Passes on what there is, then waits for more.</summary>
    private async Task FollowAsync(CancellationToken cancellation)
    {
        var batch = await journal.ReadAllAsync(position.Value, BatchSize, cancellation);
        var sent = false;
        foreach (var entry in batch)
        {
            if (await ChooseAsync(entry, cancellation) is { } what)
            {
                await DeliverAsync(entry, what, cancellation);
                sent = true;
            }

            position.MoveTo(entry.Position);
        }

        if (sent)
            await position.KeepAsync(cancellation);
        if (batch.Count == 0)
            await _news.Reader.ReadAsync(cancellation);
    }

    private async ValueTask<OutboundEvent?> ChooseAsync(JournalEntry entry, CancellationToken cancellation)
    {
        if (entry.Grain.Kind != GrainKinds.Ticket)
            return target.Choose(entry, null);

        if (entry.Event is Emptied)
            return null;
        if (await FindOpeningAsync(entry, cancellation) is { } opened)
            return target.Choose(entry, opened);
        LogNoOpening(target.Name, entry.Grain, entry.Sequence);
        return null;
    }

    /// <summary>A ticket's first event says what it is about; of one that was erased and opened again, the first that is left.</summary>
    private async ValueTask<TicketOpened?> FindOpeningAsync(JournalEntry entry, CancellationToken cancellation)
    {
        if (entry.Event is TicketOpened opens)
            return opens;
        for (var (after, limit) = (0L, 1); after < entry.Sequence; limit = BatchSize)
        {
            var page = await journal.ReadAsync(entry.Grain, after, limit, cancellation);
            if (page.FirstOrDefault(line => line.Event is not Emptied) is { } first)
                return first.Event as TicketOpened;
            if (page.Count == 0)
                return null;
            after = page[^1].Sequence;
        }

        return null;
    }

    /// <summary>Returns when the event was taken, or refused for good.</summary>
    private async Task DeliverAsync(JournalEntry entry, OutboundEvent what, CancellationToken cancellation)
    {
        var key = target.KeyOf(entry);
        for (var attempt = 1; ; attempt++)
        {
            switch (await system.SendAsync(what, key, cancellation))
            {
                case Delivery.Delivered delivered:
                    await NoteIdAsync(entry, what, delivered.ExternalId, cancellation);
                    instruments.Attempted(target.Name, "delivered");
                    return;
                case Delivery.Refused no:
                    await refused.AddAsync(entry, key, what, no.Reason, cancellation);
                    instruments.Attempted(target.Name, "refused");
                    LogRefused(target.Name, what.Kind, key, no.Reason);
                    return;
                case Delivery.Retry later:
                    instruments.Attempted(target.Name, "retried");
                    var wait = Wait(attempt, later.After);
                    LogRetry(target.Name, what.Kind, key, later.Reason, wait.TotalSeconds);
                    await position.KeepAsync(cancellation);
                    await Task.Delay(wait, time, cancellation);
                    break;
            }
        }
    }

    /// <summary>The id under which a ticket system keeps our ticket is noted on ours.</summary>
    private async Task NoteIdAsync(JournalEntry entry, OutboundEvent what, string? externalId, CancellationToken cancellation)
    {
        if (what is not TicketSnapshot || externalId is null)
            return;
        try
        {
            await grains.AskAsync(entry.Grain, new LinkTicket(externalId), cancellation);
        }
        catch (CommandParkedException parked)
        {
            LogNotNoted(target.Name, externalId, entry.Grain, parked.ParkedId); // For operators now; the next ticket must not wait for them.
        }
    }

    private TimeSpan Wait(int attempt, TimeSpan? asked)
    {
        var own = backoff.After(attempt);
        var longer = asked > own ? asked.Value : own;
        return longer < LongestWait ? longer : LongestWait;
    }

    /// <summary>Tries a step until it goes through; the store or the disk may be out of order for a while.</summary>
    private async Task UntilDoneAsync(Func<CancellationToken, Task> step, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await step(cancellation);
                return;
            }
#pragma warning disable CA1031 // Whatever it is, giving up would lose events.
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
            {
                var wait = Wait(attempt, null);
                LogFault(fault, target.Name, position.Value, wait.TotalSeconds);
                await Task.Delay(wait, time, cancellation);
            }
        }
    }
}
