using System.Collections.Immutable;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Journal;
using CustomerService.Reporting.Figures;

namespace CustomerService.Reporting.Alerts;

/// <summary>What began lately, and what is usual of it. The tables are read once a minute, the past every quarter of an hour.</summary>
public sealed class CaseAlertSource(CaseTables tables, IJournal journal) : IAlertSource
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PastPace = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly Dictionary<(TimeSpan Window, bool AgainstWeeks, int Periods), (DateTimeOffset At, List<ImmutableArray<CaseRow>> Periods)> _past = [];
    private DateTimeOffset? _read;
    private DateTimeOffset? _beginning;

    public AlertSource Source => AlertSource.Cases;

    public async ValueTask<IReadOnlyList<RuleReadings>> ReadAsync(IReadOnlyCollection<AlertRule> rules, DateTimeOffset now, CancellationToken cancellation)
    {
        var readings = new List<RuleReadings>();
        if (now - _read < Pace)
            return readings;
        var cases = await tables.OpenedAsync(now - rules.Max(rule => rule.Window), now, cancellation);
        foreach (var rule in rules)
        {
            var past = rule.Kind == AlertKind.Spike ? await PastAsync(rule, now, cancellation) : [];
            readings.Add(new RuleReadings(rule, CaseReadings.Of(rule, cases.Where(row => row.OpenedAt >= now - rule.Window), past)));
        }

        _read = now;
        return readings;
    }

    /// <summary>The periods that the system was there for from their beginning.</summary>
    private async ValueTask<IReadOnlyList<IReadOnlyCollection<CaseRow>>> PastAsync(AlertRule rule, DateTimeOffset now, CancellationToken cancellation)
    {
        var key = (rule.Window, rule.Spike.AgainstWeeks, rule.Spike.Periods);
        if (!_past.TryGetValue(key, out var known) || now - known.At >= PastPace)
        {
            _beginning ??= await journal.ReadAllAsync(0, 1, cancellation) is [var first] ? first.At : null;
            var periods = new List<ImmutableArray<CaseRow>>();
            for (var period = 1; period <= rule.Spike.Periods; period++)
            {
                var until = now - (rule.Spike.AgainstWeeks ? Week : rule.Window) * period;
                if (until - rule.Window >= _beginning)
                    periods.Add(await tables.OpenedAsync(until - rule.Window, until, cancellation));
            }

            _past[key] = known = (now, periods);
        }

        return [.. known.Periods];
    }
}
