using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Gateway;

/// <summary>
/// The figures about waiting lines and the people behind them: <c>queue_size{queue_name,priority}</c>, <c>agents_present{queue_name}</c>, <c>queue_strained{queue_name}</c>,
/// <c>queue_wait_seconds{queue_name}</c>, <c>offers_total{queue_name,outcome}</c> and <c>service_level_total{queue_name,kind,met}</c>.
/// </summary>
/// <remarks>The first three are asked for by <see cref="RefreshAsync"/>, before a scrape; the others follow the journal.</remarks>
public sealed class QueueInstruments : IHostedService, IDisposable
{
    public const string MeterName = "CustomerService.Queues";

    private const string QueueName = "queue_name";
    private static readonly TimeSpan RefreshTimeout = TimeSpan.FromSeconds(2);
    private static readonly string[] Priorities = ["high", "normal"];

    private readonly IGrainClient _grains;
    private readonly IJournal _journal;
    private readonly KnownQueues _known;
    private readonly TimeProvider _time;
    private readonly Histogram<double> _wait;
    private readonly Counter<long> _offers;
    private readonly Counter<long> _serviceLevel;
    private readonly ConcurrentDictionary<string, QueueView?> _queues = new(StringComparer.Ordinal);
    private IDisposable? _subscription;

    public QueueInstruments(IMeterFactory meters, IGrainClient grains, IJournal journal, KnownQueues known, TimeProvider time)
    {
        (_grains, _journal, _known, _time) = (grains, journal, known, time);
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("queue_size", QueueSizes, "{conversation}", "Conversations that wait for a person, by queue and priority.");
        meter.CreateObservableGauge("agents_present", AgentsPresent, "{agent}", "Agents who are there, busy ones included, by queue.");
        meter.CreateObservableGauge("queue_strained", Strains, null, "Whether trouble builds up (a rush, or waits longer than promised): 1 or 0, by queue.");
        _wait = meter.CreateHistogram("queue_wait", "s", "How long a conversation had stood in the line when an agent took it, by queue.", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [1, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 28800],
        });
        _offers = meter.CreateCounter<long>("offers", "{offer}", "Offers to agents that ended, by how.");
        _serviceLevel = meter.CreateCounter<long>("service_level", "{promise}", "Service-level clocks that ended, by kind and whether the promise was kept.");
    }

    /// <summary>Asks every known queue how it stands. A queue that can't be asked is left out of the scrape: no figure is better than a false one.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellation)
    {
        using var timeIsUp = new CancellationTokenSource(RefreshTimeout, _time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(timeIsUp.Token, cancellation);
        foreach (var queue in _known.Names)
        {
            try
            {
                _queues[queue] = await _grains.AskForAsync<QueueView>(Grain.Queue(queue), new GetQueue(), until.Token);
            }
            catch (Exception fault) when (fault is HostBusyException or StoreUnavailableException or CommandParkedException or OperationCanceledException or ProblemException)
            {
                _queues[queue] = null;
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = _journal.Subscribe(null, Count);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _subscription?.Dispose();

    private void Count(JournalEntry entry)
    {
        switch (entry.Event)
        {
            case OfferEnded offer:
                _offers.Add(1, new(QueueName, entry.Grain.Key), new("outcome", offer.Outcome));
                if (offer.WaitedSeconds is { } seconds)
                    _wait.Record(seconds, new KeyValuePair<string, object?>(QueueName, entry.Grain.Key));
                break;
            case ServiceClockStopped { Queue: { } queue } clock when !clock.Unanswered || !clock.Met:
                _serviceLevel.Add(1, new(QueueName, queue), new("kind", clock.Kind), new("met", clock.Met ? "true" : "false"));
                break;
        }
    }

    private IEnumerable<Measurement<long>> QueueSizes() =>
        from queue in _queues
        where queue.Value is not null
        from priority in Priorities
        select new Measurement<long>(
            queue.Value.ByPriority.GetValueOrDefault(priority), new(QueueName, queue.Key), new KeyValuePair<string, object?>("priority", priority));

    private IEnumerable<Measurement<long>> AgentsPresent() =>
        from queue in _queues
        where queue.Value is not null
        select new Measurement<long>(queue.Value.AgentsPresent, new KeyValuePair<string, object?>(QueueName, queue.Key));

    private IEnumerable<Measurement<long>> Strains() =>
        from queue in _queues
        where queue.Value is not null
        select new Measurement<long>(queue.Value.Strain is null ? 0 : 1, new KeyValuePair<string, object?>(QueueName, queue.Key));
}
