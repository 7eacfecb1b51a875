using System.Collections.Immutable;
using CustomerService.Grains.Alerts;
using CustomerService.Reporting.Figures;

namespace CustomerService.Reporting.Alerts;

/// <summary>What rules find in cases.</summary>
public static class CaseReadings
{
    /// <param name="now">The cases that began within the rule's window.</param>
    /// <param name="past">Those of each period that it is held against; empty: of none.</param>
    public static ImmutableArray<AlertReading> Of(AlertRule rule, IEnumerable<CaseRow> now, IReadOnlyList<IReadOnlyCollection<CaseRow>> past)
    {
        var present = Groups(rule, now);
        if (rule.Kind != AlertKind.Spike)
            return [.. present.Select(group => new AlertReading(group.Key, ValueOf(rule, group.Value)))];
        var before = past.Select(period => Groups(rule, period)).ToList();
        return [.. present.Select(group => new AlertReading(
            group.Key, CountOf(rule, group.Value), Usual.Of([.. before.Select(period => (int)CountOf(rule, period.GetValueOrDefault(group.Key, [])))], rule.Spike)))];
    }

    /// <summary>By subject; all together there is one, also of no cases.</summary>
    private static Dictionary<string, IReadOnlyCollection<CaseRow>> Groups(AlertRule rule, IEnumerable<CaseRow> cases)
    {
        var meant = cases.Where(row => rule.Only.All(only => PartOf(row, only.Key) == only.Value));
        return rule.Each is not { } each
            ? new() { [""] = [.. meant] }
            : meant.Where(row => PartOf(row, each) is { Length: > 0 }).GroupBy(row => PartOf(row, each)!, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, IReadOnlyCollection<CaseRow> (group) => [.. group], StringComparer.Ordinal);
    }

    private static double? ValueOf(AlertRule rule, IReadOnlyCollection<CaseRow> cases)
    {
        if (rule.Figure.Unit == AlertUnit.Count)
            return CountOf(rule, cases);
        var measures = Measures.Of(cases);
        var (value, count) = rule.Figure.Name switch
        {
            AlertFigures.AbandonedShare => (Measures.Share(measures.Abandoned, measures.HandedOff), measures.HandedOff),
            AlertFigures.AutomationRate => (measures.AutomationRate, measures.TakenUp),
            AlertFigures.ServiceLevel => (measures.ServiceLevel, measures.PromisesKept + measures.PromisesBroken),
            AlertFigures.FirstResponse => (measures.FirstResponse?.P90, measures.FirstResponse?.Count ?? 0),
            AlertFigures.Satisfaction => (measures.Satisfaction, measures.Ratings),
            AlertFigures.Sentiment => (measures.LastSentiment, cases.Count(row => row.LastSentiment is not null)),
            _ => throw new ArgumentException($"'{rule.Figure.Name}' is no figure of cases.", nameof(rule)),
        };
        return count >= rule.LeastCases ? value : null;
    }

    private static double CountOf(AlertRule rule, IEnumerable<CaseRow> cases) => rule.Figure.Name switch
    {
        AlertFigures.HandedOff => cases.Count(row => row.HandedOffAt is not null),
        AlertFigures.Abandoned => cases.Count(row => row.IsAbandoned),
        _ => cases.Count(),
    };

    private static string? PartOf(CaseRow row, string part) => part switch
    {
        AlertParts.Queue => row.Queue,
        AlertParts.Channel => row.Channel,
        AlertParts.Language => row.Language,
        AlertParts.Intent => row.Intent,
        _ => null,
    };
}
