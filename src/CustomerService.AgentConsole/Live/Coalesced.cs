using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Live;

/// <summary>Runs something again after it was asked for, once for however many askings, one at a time and with a pause between, so that a burst of news costs one reading.</summary>
internal sealed partial class Coalesced : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task> _run;
    private readonly TimeSpan _pause;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _asked = new(0, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _loop;

    /// <param name="pause">At least this between the end of one run and the beginning of the next.</param>
    /// <param name="logger">Is told of a run that failed; the next asking runs it again.</param>
    public Coalesced(TimeSpan pause, TimeProvider time, ILogger logger, Func<CancellationToken, Task> run)
    {
        (_pause, _time, _logger, _run) = (pause, time, logger, run);
        _loop = LoopAsync();
    }

    /// <summary>Have it run, soon. Cheap; from any thread.</summary>
    public void Ask()
    {
        try
        {
            _asked.Release();
        }
        catch (Exception already) when (already is SemaphoreFullException or ObjectDisposedException)
        {
            // It will run anyway, or never more.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _loop;
        _ending.Dispose();
        _asked.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                await _asked.WaitAsync(_ending.Token);
                await RunAsync();
                await Task.Delay(_pause, _time, _ending.Token);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // It ends.
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await _run(_ending.Token);
        }
        catch (ObjectDisposedException) when (_ending.IsCancellationRequested)
        {
            // So did what it ran for.
        }
#pragma warning disable CA1031 // Whatever it was: who follows something must not be left with what was, and nobody told.
        catch (Exception fault) when (!_ending.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(fault);
        }
    }

    [LoggerMessage(LogLevel.Error, "Something that is followed could not be read; it is read again with the next news")]
    private partial void LogFailed(Exception fault);
}
