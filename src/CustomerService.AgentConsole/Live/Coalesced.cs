namespace CustomerService.AgentConsole.Live;

/// <summary>Runs something again after it was asked for, once for however many askings, one at a time and with a pause between, so that a burst of news costs one reading.</summary>
internal sealed class Coalesced : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task> _run;
    private readonly TimeSpan _pause;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _asked = new(0, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _loop;

    /// <param name="pause">At least this between the end of one run and the beginning of the next.</param>
    /// <param name="run">Must deal with its own faults.</param>
    public Coalesced(TimeSpan pause, TimeProvider time, Func<CancellationToken, Task> run)
    {
        (_pause, _time, _run) = (pause, time, run);
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
                await _run(_ending.Token);
                await Task.Delay(_pause, _time, _ending.Token);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // It ends.
        }
    }
}
