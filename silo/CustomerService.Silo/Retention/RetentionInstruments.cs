using System.Diagnostics.Metrics;
using CustomerService.Grains.Retention;

namespace CustomerService.Silo.Retention;

/// <summary><c>retention_erased{channel}</c>, <c>retention_customers_erased</c>, <c>retention_left{reason}</c> of the last run and <c>retention_last_run_age</c>, told by the process that erases.</summary>
internal sealed class RetentionInstruments
{
    public const string MeterName = "CustomerService.Retention";

    private readonly Counter<long> _erased;
    private readonly Counter<long> _customers;
    private readonly TimeProvider _time;
    private ErasingRun? _last;

    public RetentionInstruments(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(MeterName);
        _erased = meter.CreateCounter<long>("retention_erased", "{conversation}", "Conversations that were erased because they were old, by channel.");
        _customers = meter.CreateCounter<long>("retention_customers_erased", "{customer}", "Customers of whom nothing was left but their record, which was erased then.");
        meter.CreateObservableGauge("retention_left", LeftByReason, "{conversation}", "Conversations that were old enough at the last run and were left, by the reason.");
        meter.CreateObservableGauge("retention_last_run_age", AgeOfLastRun, "s", "How long ago the last run of the erasing ended.");
    }

    public void CountErased(ErasingCounts before, ErasingCounts now)
    {
        foreach (var (channel, count) in now.Erased)
        {
            if (count - before.Erased.GetValueOrDefault(channel) is > 0 and var more)
                _erased.Add(more, new KeyValuePair<string, object?>("channel", channel));
        }

        if (now.Customers > before.Customers)
            _customers.Add(now.Customers - before.Customers);
    }

    /// <summary>The newest run that is over; null: there is none, or another process tells it.</summary>
    public void Show(ErasingRun? last) => _last = last;

    private IEnumerable<Measurement<long>> LeftByReason() =>
        (_last?.Counts.Left ?? ErasingCounts.None.Left).Select(each => new Measurement<long>(each.Value, new KeyValuePair<string, object?>("reason", each.Key)));

    /// <summary>Nothing where nothing is erased, or another process tells it: an age of zero would look like a run.</summary>
    private IEnumerable<Measurement<double>> AgeOfLastRun() => _last?.EndedAt is { } ended ? [new((_time.GetUtcNow() - ended).TotalSeconds)] : [];
}
