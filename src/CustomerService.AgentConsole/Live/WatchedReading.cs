using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Live;

/// <summary>Something that is read once for everybody who watches it: again soon after somebody asks, and now and then because time passes. Nothing is read while nobody watches.</summary>
internal sealed class WatchedReading : IAsyncDisposable
{
    private readonly Watchers _watchers = new();
    private readonly Coalesced _reading;
    private readonly ITimer _timer;

    /// <param name="between">So long lies between two readings, however often somebody asks.</param>
    /// <param name="atLeastEach">So often it is read while somebody watches.</param>
    /// <param name="read">Its watchers are told when it has read; deals with what may be out of order for a while.</param>
    public WatchedReading(TimeSpan between, TimeSpan atLeastEach, TimeProvider time, ILogger logger, Func<CancellationToken, Task> read)
    {
        _reading = new Coalesced(between, time, logger, async cancellation =>
        {
            await read(cancellation);
            _watchers.Tell();
        });
        _timer = time.CreateTimer(_ => AskIfWatched(), null, atLeastEach, atLeastEach);
    }

    /// <summary>Calls back after each reading, until disposed.</summary>
    public IDisposable Watch(Action changed)
    {
        var watching = _watchers.Add(changed);
        _reading.Ask();
        return watching;
    }

    /// <summary>Reads again soon: whoever did something wants to see it.</summary>
    public void Ask() => _reading.Ask();

    /// <summary>The same where somebody would see it.</summary>
    public void AskIfWatched()
    {
        if (_watchers.Any)
            _reading.Ask();
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _reading.DisposeAsync();
    }
}
