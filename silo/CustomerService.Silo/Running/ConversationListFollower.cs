using System.Threading.Channels;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Reporting.Conversations;
using CustomerService.Runtime.Effects;
using CustomerService.Silo.Crm;

namespace CustomerService.Silo.Running;

/// <summary>While the duty is this process's, keeps the list of conversations up with the journal: at once for what happens here, soon for the rest.</summary>
internal sealed partial class ConversationListFollower(
    ConversationListKeeper keeper, ConversationListFeed feed, IJournal journal, IDuty duty, Backoff backoff, TimeProvider time, ILogger<ConversationListFollower> logger)
    : BackgroundService
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => duty.WhileHeldAsync(FollowAsync, stoppingToken);

    private async Task FollowAsync(CancellationToken cancellation)
    {
        using var subscription = journal.Subscribe(null, Notice);
        using var looking = duty.LookEvery is null ? null : time.CreateTimer(_ => _news.Writer.TryWrite(true), null, ConversationListFeed.Pace, ConversationListFeed.Pace);
        try
        {
            for (var failures = 0; ;)
            {
                failures = await CatchUpAsync(cancellation) ? 0 : failures + 1;
                if (failures > 0)
                    await Task.Delay(backoff.After(failures), time, cancellation);
                else
                    await _news.Reader.ReadAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Shutting down, or another process goes on.
        }
    }

    /// <summary>Called for each event that has become durable here; the keeper then reads the journal itself.</summary>
    private void Notice(JournalEntry entry)
    {
        if (entry.Grain.Kind is GrainKinds.Conversation or GrainKinds.Customer)
            _news.Writer.TryWrite(true);
    }

    /// <returns>False: something is out of order; it is to be tried again.</returns>
    private async Task<bool> CatchUpAsync(CancellationToken cancellation)
    {
        try
        {
            while (await keeper.AdvanceAsync(cancellation))
                await feed.LookAsync(cancellation);
            return true;
        }
#pragma warning disable CA1031 // Whatever it is, the list must go on when it is over.
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFault(fault);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The list of conversations can't be kept up for now; it is tried again")]
    private partial void LogFault(Exception fault);
}
