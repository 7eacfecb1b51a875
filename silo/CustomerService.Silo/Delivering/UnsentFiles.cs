using System.Data.Common;
using CustomerService.Channels.Files;
using CustomerService.Grains.Turns;
using CustomerService.Silo.Crm;

namespace CustomerService.Silo.Delivering;

/// <summary>Removes, each hour, the files that no message has: those that were uploaded and not sent, and those of erased conversations. One process of a cluster does it.</summary>
internal sealed partial class UnsentFiles(IAttachmentStore files, FilesInUse inUse, IDuty duty, TimeProvider time, ILogger<UnsentFiles> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => duty.WhileHeldAsync(SweepAsync, stoppingToken);

    private async Task SweepAsync(CancellationToken cancellation)
    {
        using var hour = new PeriodicTimer(Pace, time);
        try
        {
            do
            {
                await SweepOnceAsync(cancellation);
            }
            while (await hour.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The duty goes elsewhere, or the process ends.
        }
    }

    private async Task SweepOnceAsync(CancellationToken cancellation)
    {
        try
        {
            var swept = await files.SweepAsync(time.GetUtcNow(), inUse, cancellation);
            if (swept > 0)
                LogSwept(swept);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException or StoreUnavailableException)
        {
            LogFault(fault.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} files that no message has were removed")]
    private partial void LogSwept(int count);

    [LoggerMessage(LogLevel.Warning, "Files that no message has can't be removed now, and are tried again in an hour: {Reason}")]
    private partial void LogFault(string reason);
}
