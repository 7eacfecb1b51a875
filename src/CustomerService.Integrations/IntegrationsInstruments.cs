using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CustomerService.Integrations;

/// <summary>
/// The figures about outside systems: <c>crm_deliveries_total{destination,outcome}</c> and <c>crm_feed_lag_events{destination}</c>.
/// </summary>
public sealed class IntegrationsInstruments
{
    public const string MeterName = "CustomerService.Integrations";

    private readonly Counter<long> _deliveries;
    private readonly ConcurrentDictionary<string, Func<long>> _lags = new(StringComparer.Ordinal);

    public IntegrationsInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _deliveries = meter.CreateCounter<long>("crm_deliveries", "{attempt}", "Attempts to tell an outside system of an event, by what came of it.");
        meter.CreateObservableGauge("crm_feed_lag_events", Lags, "{event}", "Events of the journal that an outside system's feed has yet to pass.");
    }

    /// <param name="outcome"><c>delivered</c>, <c>retried</c> or <c>refused</c>.</param>
    public void Attempted(string destination, string outcome) => _deliveries.Add(1, new("destination", destination), new("outcome", outcome));

    /// <summary>From now on the destination's lag is asked of <paramref name="lag"/> whenever figures are read.</summary>
    public void WatchLag(string destination, Func<long> lag) => _lags[destination] = lag;

    private IEnumerable<Measurement<long>> Lags() => _lags.Select(feed => new Measurement<long>(feed.Value(), new KeyValuePair<string, object?>("destination", feed.Key)));
}
