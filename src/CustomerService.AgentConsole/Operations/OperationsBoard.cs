using CustomerService.AgentConsole.Live;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Operations;

/// <summary>The picture of the system, read again every two seconds while somebody looks, once for all of them.</summary>
internal sealed class OperationsBoard : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly IClusterView _cluster;
    private readonly IStoreSize _store;
    private readonly IParkedCommands _parked;
    private readonly ParkedMailDesk _mails;
    private readonly ProcessReporter _own;
    private readonly WatchedReading _reading;

    public OperationsBoard(
        IClusterView cluster, IStoreSize store, IParkedCommands parked, ParkedMailDesk mails, ProcessReporter own, TimeProvider time, ILogger<OperationsBoard> logger)
    {
        (_cluster, _store, _parked, _mails, _own) = (cluster, store, parked, mails, own);
        _reading = new WatchedReading(TimeSpan.FromMilliseconds(300), Pace, time, logger, ReadAsync);
    }

    /// <summary>Null before the first reading.</summary>
    public OperationsPicture? Picture { get; private set; }

    /// <summary>Why the last reading failed; what was read before still stands. Null: it did not.</summary>
    public string? Fault { get; private set; }

    /// <summary>Calls back after each reading, until disposed. Nothing is read while nobody watches.</summary>
    public IDisposable Watch(Action changed) => _reading.Watch(changed);

    /// <summary>Reads again soon: whoever did something wants to see it.</summary>
    public void Refresh() => _reading.Ask();

    public ValueTask DisposeAsync() => _reading.DisposeAsync();

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var cluster = await _cluster.LookAsync(cancellation);
            var (figures, channels) = ProcessReports.Together(cluster.Silos.Select(silo => silo.Report).OfType<ProcessReport>().Append(_own.Look()));
            Picture = new OperationsPicture(
                cluster,
                await _store.LookAsync(cancellation),
                [.. await _parked.ListAsync(OperationsPicture.MostListed, cancellation)],
                [.. await _mails.ListAsync(null, OperationsPicture.MostListed, cancellation)],
                channels,
                figures);
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
    }
}
