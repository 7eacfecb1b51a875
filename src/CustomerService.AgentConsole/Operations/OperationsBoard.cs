using CustomerService.AgentConsole.Live;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Health;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Turns;

namespace CustomerService.AgentConsole.Operations;

/// <summary>The picture of the system, read again every two seconds while somebody looks, once for all of them.</summary>
internal sealed class OperationsBoard : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly IClusterView _cluster;
    private readonly IStoreSize _store;
    private readonly IParkedCommands _parked;
    private readonly ParkedMailDesk _mails;
    private readonly ChannelHealth _channels;
    private readonly ProcessFigures _process;
    private readonly Coalesced _reading;
    private readonly ITimer _timer;
    private int _watchers;

    public OperationsBoard(
        IClusterView cluster, IStoreSize store, IParkedCommands parked, ParkedMailDesk mails, ChannelHealth channels, ProcessFigures process, TimeProvider time)
    {
        (_cluster, _store, _parked, _mails, _channels, _process) = (cluster, store, parked, mails, channels, process);
        _reading = new Coalesced(TimeSpan.FromMilliseconds(300), time, ReadAsync);
        _timer = time.CreateTimer(_ => AskIfWatched(), null, Pace, Pace);
    }

    private event Action? Changed;

    /// <summary>Null before the first reading.</summary>
    public OperationsPicture? Picture { get; private set; }

    /// <summary>Why the last reading failed; what was read before still stands. Null: it did not.</summary>
    public string? Fault { get; private set; }

    /// <summary>Calls back after each reading, until disposed. Nothing is read while nobody watches.</summary>
    public IDisposable Watch(Action changed)
    {
        Changed += changed;
        Interlocked.Increment(ref _watchers);
        _reading.Ask();
        return new Watching(this, changed);
    }

    /// <summary>Reads again soon: whoever did something wants to see it.</summary>
    public void Refresh() => _reading.Ask();

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _reading.DisposeAsync();
    }

    private void AskIfWatched()
    {
        if (Volatile.Read(ref _watchers) > 0)
            _reading.Ask();
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            Picture = new OperationsPicture(
                await _cluster.LookAsync(cancellation),
                await _store.LookAsync(cancellation),
                [.. await _parked.ListAsync(OperationsPicture.MostListed, cancellation)],
                [.. await _mails.ListAsync(null, OperationsPicture.MostListed, cancellation)],
                _channels.Look(),
                _process.Look());
            Fault = null;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever is out of order is what this page is for: it says so and goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fault = fault is StoreUnavailableException or HostBusyException ? fault.Message : $"{fault.GetType().Name}: {fault.Message}";
        }

        Changed?.Invoke();
    }

    private sealed class Watching(OperationsBoard board, Action changed) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) != 0)
                return;
            board.Changed -= changed;
            Interlocked.Decrement(ref board._watchers);
        }
    }
}
