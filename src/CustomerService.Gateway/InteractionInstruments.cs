using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Gateway;

/// <summary>
/// The figures about customers' interactions: <c>customer_interactions_total{channel,intent,resolution_type}</c>,
/// <c>response_time_seconds{channel,resolution_type}</c> and <c>queue_size{queue_name,priority}</c>.
/// </summary>
/// <remarks>The first two follow the journal; the lengths of queues are asked for by <see cref="RefreshQueuesAsync"/>, before a scrape.</remarks>
public sealed class InteractionInstruments : IHostedService, IDisposable
{
    public const string MeterName = "CustomerService.Interactions";

    private static readonly TimeSpan RefreshTimeout = TimeSpan.FromSeconds(2);
    private static readonly string[] Priorities = ["high", "normal"];

    private readonly IGrainClient _grains;
    private readonly IJournal _journal;
    private readonly TimeProvider _time;
    private readonly Counter<long> _interactions;
    private readonly Histogram<double> _responseTime;
    private readonly ConcurrentDictionary<string, QueueView?> _queues = new(StringComparer.Ordinal);
    private IDisposable? _subscription;

    public InteractionInstruments(IMeterFactory meters, IGrainClient grains, IJournal journal, GatewayOptions options, TimeProvider time)
    {
        _grains = grains;
        _journal = journal;
        _time = time;
        foreach (var queue in options.Queues)
            _queues[queue] = null;

        var meter = meters.Create(MeterName);
        _interactions = meter.CreateCounter<long>("customer_interactions", "{interaction}", "Customers' messages dealt with, by how.");
        _responseTime = meter.CreateHistogram("response_time", "s", "From a message's acceptance to its answer or handoff.", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60],
        });
        meter.CreateObservableGauge("queue_size", QueueSizes, "{conversation}", "Conversations that wait for a person, by queue and priority.");
    }

    /// <summary>Asks every known queue for its length. A queue that can't be asked is left out of the scrape: no figure is better than a false one.</summary>
    public async ValueTask RefreshQueuesAsync(CancellationToken cancellation)
    {
        using var timeIsUp = new CancellationTokenSource(RefreshTimeout, _time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(timeIsUp.Token, cancellation);
        foreach (var queue in _queues.Keys)
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
            case RunCompleted run:
                Count(run.Channel, run.Signals.Intent, run.ResolutionType, run.Seconds);
                break;
            case RunFailed run:
                Count(run.Channel, MessageSignals.Unknown.Intent, ResolutionTypes.ErrorFallback, run.Seconds);
                break;
            case ConversationEnqueued:
                _queues.TryAdd(entry.Grain.Key, null);
                break;
        }
    }

    private void Count(string channel, string intent, string resolutionType, double seconds)
    {
        _interactions.Add(1, new("channel", channel), new("intent", intent), new("resolution_type", resolutionType));
        _responseTime.Record(seconds, new("channel", channel), new("resolution_type", resolutionType));
    }

    private IEnumerable<Measurement<long>> QueueSizes() =>
        from queue in _queues
        where queue.Value is not null
        from priority in Priorities
        select new Measurement<long>(
            queue.Value.ByPriority.GetValueOrDefault(priority), new("queue_name", queue.Key), new KeyValuePair<string, object?>("priority", priority));
}
