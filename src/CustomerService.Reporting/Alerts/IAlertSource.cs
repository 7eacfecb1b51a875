using System.Collections.Immutable;

namespace CustomerService.Reporting.Alerts;

/// <summary>A rule with its figure, of each subject.</summary>
public sealed record RuleReadings(AlertRule Rule, ImmutableArray<AlertReading> Readings);

/// <summary>Reads the figures of one kind, for all rules at once.</summary>
public interface IAlertSource
{
    AlertSource Source { get; }

    /// <summary>What of the rules can be told now. A rule that is left out is looked at another time.</summary>
    /// <param name="rules">All about this source's figures; at least one.</param>
    ValueTask<IReadOnlyList<RuleReadings>> ReadAsync(IReadOnlyCollection<AlertRule> rules, DateTimeOffset now, CancellationToken cancellation);
}
