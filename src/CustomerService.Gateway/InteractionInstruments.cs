using System.Diagnostics.Metrics;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Gateway;

/// <summary>
/// The figures about customers' interactions, from the journal: <c>customer_interactions_total{channel,intent,resolution_type}</c> and
/// <c>response_time_seconds{channel,resolution_type}</c>; and what agents do with suggested replies, <c>reply_suggestions_total{outcome,change}</c>.
/// </summary>
public sealed class InteractionInstruments : IHostedService, IDisposable
{
    public const string MeterName = "CustomerService.Interactions";

    private readonly IJournal _journal;
    private readonly Counter<long> _interactions;
    private readonly Histogram<double> _responseTime;
    private readonly Counter<long> _suggestions;
    private IDisposable? _subscription;

    public InteractionInstruments(IMeterFactory meters, IJournal journal)
    {
        _journal = journal;
        var meter = meters.Create(MeterName);
        _interactions = meter.CreateCounter<long>("customer_interactions", "{interaction}", "Customers' messages dealt with, by how.");
        _suggestions = meter.CreateCounter<long>("reply_suggestions", "{suggestion}", "Replies suggested to agents, by what became of them.");
        _responseTime = meter.CreateHistogram("response_time", "s", "From a message's acceptance to its answer or handoff.", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60],
        });
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
            case SuggestionUsed used:
                _suggestions.Add(1, new("outcome", used.Suggestion.Outcome), new("change", used.Suggestion.Change));
                break;
        }
    }

    private void Count(string channel, string intent, string resolutionType, double seconds)
    {
        _interactions.Add(1, new("channel", channel), new("intent", intent), new("resolution_type", resolutionType));
        _responseTime.Record(seconds, new("channel", channel), new("resolution_type", resolutionType));
    }
}
