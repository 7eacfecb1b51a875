using System.Collections.Immutable;
using CustomerService.AgentConsole.Live;
using CustomerService.AgentConsole.Wording;
using CustomerService.Grains.Alerts;
using CustomerService.Reporting.Alerts;

namespace CustomerService.AgentConsole.Alerts;

/// <summary>Alerts and their rules in somebody's language.</summary>
internal static class AlertText
{
    public static string NameOf(AlertSeverity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>The badge's tone; the word beside it says the same.</summary>
    public static string Tone(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => "bad",
        AlertSeverity.Warning => "warn",
        _ => "accent",
    };

    public static string Value(AlertFinding finding, double value) => AlertSigns.Value(AlertFigures.Find(finding.Figure)?.Unit ?? AlertUnit.Count, value);

    /// <summary>Such as <c>billing</c>; empty: it is of all.</summary>
    public static string Subject(Words words, AlertFinding finding) => finding.Part switch
    {
        AlertParts.Channel => words.Of("channel", finding.Subject),
        AlertParts.Language => words.Of("language", finding.Subject),
        AlertParts.Intent => words.Of("intent", finding.Subject),
        _ => finding.Subject,
    };

    /// <summary>How the figure stands to its limit, such as <c>12 min, above 10 min</c>.</summary>
    public static string Against(Words words, AlertFinding finding) => finding.Kind switch
    {
        AlertKind.Below => words["alerts.is_below", Value(finding, finding.Value), Value(finding, finding.Limit)],
        AlertKind.Spike when finding.Usual is { } usual => words["alerts.is_spike", Value(finding, finding.Value), Value(finding, usual), Value(finding, finding.Limit)],
        _ => words["alerts.is_above", Value(finding, finding.Value), Value(finding, finding.Limit)],
    };

    /// <summary>When the rule tells, such as <c>above 10 min for 30 s</c>.</summary>
    public static string When(Words words, AlertRule rule)
    {
        var limit = rule.Kind switch
        {
            AlertKind.Above => words["alerts.above", AlertSigns.Value(rule.Figure.Unit, rule.Limit)],
            AlertKind.Below => words["alerts.below", AlertSigns.Value(rule.Figure.Unit, rule.Limit)],
            _ when rule.Figure.Source == AlertSource.Topics => words["alerts.unusual"],
            _ => words[rule.Spike.AgainstWeeks ? "alerts.against_weeks" : "alerts.against_recent", rule.Spike.Periods, AlertSigns.Value(AlertUnit.Count, rule.Spike.Times), rule.Spike.Least],
        };
        return rule.For > TimeSpan.Zero ? $"{limit} {words["alerts.for", Lengths.Of(rule.For.TotalSeconds)]}" : limit;
    }

    /// <summary>Where somebody looks closer, of those places that they may see.</summary>
    public static string? PlaceOf(AlertFinding finding, Func<Permission, bool> may)
    {
        var source = AlertFigures.Find(finding.Figure)?.Source;
        ImmutableArray<(bool Fits, Permission Needs, string Address)> places =
        [
            (finding.Figure == AlertFigures.Overdue, Permission.SeeAllConversations, "console/at-risk"),
            (source is AlertSource.Queues or AlertSource.Conversations, Permission.SeeQueues, "console/queues"),
            (source is AlertSource.Cases or AlertSource.Topics, Permission.SeeReports, $"console/figures?days=1{Filter(finding)}"),
            (source is AlertSource.System, Permission.SeeOperations, "console/operations"),
        ];
        return places.FirstOrDefault(place => place.Fits && may(place.Needs)).Address;
    }

    private static string Filter(AlertFinding finding) =>
        finding.Part is AlertParts.Queue or AlertParts.Channel or AlertParts.Language or AlertParts.Intent ? $"&{finding.Part}={Uri.EscapeDataString(finding.Subject)}" : "";
}
