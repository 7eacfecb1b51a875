using System.Data.Common;
using CustomerService.Reporting.Conversations;

namespace CustomerService.Silo.Running;

/// <summary>Looks for what other processes changed in the list of conversations, for those who listen here.</summary>
internal sealed partial class ConversationListWatch(ConversationListFeed feed, TimeProvider time, ILogger<ConversationListWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(ConversationListFeed.Pace, time);
        try
        {
            while (await pace.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Shutting down.
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            await feed.LookAsync(cancellation);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or IOException)
        {
            LogLater(fault.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The list of conversations could not be looked at for news: {Reason}")]
    private partial void LogLater(string reason);
}
