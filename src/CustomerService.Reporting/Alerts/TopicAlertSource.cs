using System.Collections.Immutable;
using CustomerService.Reporting.Following;

namespace CustomerService.Reporting.Alerts;

/// <summary>What rises in what customers write about, as <see cref="Foresight"/> judges it.</summary>
public sealed class TopicAlertSource(Foresight foresight) : IAlertSource
{
    public AlertSource Source => AlertSource.Topics;

    public ValueTask<IReadOnlyList<RuleReadings>> ReadAsync(IReadOnlyCollection<AlertRule> rules, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!foresight.KnowsThePast)
            return ValueTask.FromResult<IReadOnlyList<RuleReadings>>([]);
        ImmutableArray<AlertReading> topics =
            [.. foresight.Alerts.DistinctBy(SubjectOf).Select(alert => new AlertReading(SubjectOf(alert), alert.LastHour, new Usual(alert.Expected, alert.ExpectedAtMost)))];
        return ValueTask.FromResult<IReadOnlyList<RuleReadings>>([.. rules.Select(rule => new RuleReadings(rule, topics))]);
    }

    private static string SubjectOf(Spikes.Alert alert) => alert.Language is null ? alert.Name : $"{alert.Name} ({alert.Language})";
}
