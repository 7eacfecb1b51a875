using System.Threading.Channels;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Runtime.Effects;
using CustomerService.Silo.Crm;

namespace CustomerService.Silo.Running;

/// <summary>While the duty is this process's, keeps tables that follow from the journal up with it: at once for what happens here, soon for the rest.</summary>
/// <param name="what">What they are, for the log.</param>
/// <param name="advance">Goes on by one stretch of the journal; false: it was at its end.</param>
internal sealed partial class ProjectionFollower(
    string what, Func<CancellationToken, Task<bool>> advance, IJournal journal, IDuty duty, Backoff backoff, TimeProvider time, ILogger<ProjectionFollower> logger)
    : BackgroundService
{
    /// <summary>How often to look where other processes write the journal too.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => duty.WhileHeldAsync(FollowAsync, stoppingToken);

    private async Task FollowAsync(CancellationToken cancellation)
    {
        using var subscription = journal.Subscribe(null, Notice);
        using var looking = duty.LookEvery is null ? null : time.CreateTimer(_ => _news.Writer.TryWrite(true), null, Pace, Pace);
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

    /// <summary>Called for each event that has become durable here; whoever keeps the tables then reads the journal itself.</summary>
    private void Notice(JournalEntry entry)
    {
        if (entry.Grain.Kind is GrainKinds.Conversation or GrainKinds.Customer or GrainKinds.Reviews)
            _news.Writer.TryWrite(true);
    }

    /// <returns>False: something is out of order; it is to be tried again.</returns>
    private async Task<bool> CatchUpAsync(CancellationToken cancellation)
    {
        try
        {
            while (await advance(cancellation))
            {
                // One stretch after another, to the end.
            }

            return true;
        }
#pragma warning disable CA1031 // Whatever it is, the tables must go on when it is over.
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFault(what, fault);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Can't keep {What} up with the journal for now; it is tried again")]
    private partial void LogFault(string what, Exception fault);
}
