namespace CustomerService.Silo.Running;

/// <summary>When the process ends, what it has leased of the day's budget for chat models goes back, as long as there are grains to take it.</summary>
internal sealed partial class ModelBudgetReturn(PipelineHolder parts, ILogger<ModelBudgetReturn> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (parts.Parts is { } running)
                await running.ReturnBudgetAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogLost(fault.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "What was leased of the day's budget for chat models and not spent could not be given back, and counts as spent: {Reason}")]
    private partial void LogLost(string reason);
}
