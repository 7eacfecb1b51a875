using CustomerService.Channels.Files;
using CustomerService.Runtime;
using CustomerService.Silo.Crm;

namespace CustomerService.Silo.Delivering;

/// <summary>Removes, each hour, the files that no message has: those that were uploaded and not sent, and those of erased conversations. One process of a cluster does it.</summary>
internal sealed partial class UnsentFiles(IAttachmentStore files, FilesInUse inUse, IDuty duty, TimeProvider time, ILogger<UnsentFiles> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => duty.WhileHeldAsync(
        held => new Rounds("Removing files that no message has", time, logger).NowAndEachAsync(Pace, SweepAsync, held), stoppingToken);

    private async Task SweepAsync(CancellationToken cancellation)
    {
        var swept = await files.SweepAsync(time.GetUtcNow(), inUse, cancellation);
        if (swept > 0)
            LogSwept(swept);
    }

    [LoggerMessage(LogLevel.Information, "{Count} files that no message has were removed")]
    private partial void LogSwept(int count);
}
