using CustomerService.Grains.Alerts;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Integrations.Outbound;

namespace CustomerService.Integrations.Alerting;

/// <summary>What of the journal a system is told that calls people: what was raised by the owner's rules, who took it on, and that it is over.</summary>
public static class AlertEvents
{
    /// <param name="entry">What happened.</param>
    /// <param name="ticket">Of no concern here.</param>
    /// <returns>Null when it is about no alert, or only puts one off.</returns>
    public static OutboundEvent? Of(JournalEntry entry, TicketOpened? ticket) => entry.Event switch
    {
        AlertRaised { Finding: var finding } raised => new RaisedAlert(
            raised.AlertId, finding.Rule, Subject(finding), finding.Part, finding.Figure, Word(finding.Kind), Word(finding.Severity), finding.Value, finding.Limit, finding.Usual, finding.Said, finding.Since, entry.At),
        AlertAcknowledged taken => new AcknowledgedAlert(taken.AlertId, taken.By, taken.Note, entry.At),
        AlertCleared { Alert: var alert } => new ClearedAlert(
            alert.Id, alert.Finding.Rule, Subject(alert.Finding), Word(alert.Finding.Severity), alert.Why, alert.Worst, alert.AcknowledgedBy, alert.Finding.Since, entry.At),
        _ => null,
    };

    private static string? Subject(AlertFinding finding) => finding.Subject.Length > 0 ? finding.Subject : null;

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();
}

/// <summary>A rule found something out of order.</summary>
/// <param name="Subject">Of which queue, channel, language, intent or topic; null: of all.</param>
/// <param name="Part">Which of these it is.</param>
/// <param name="Condition"><c>above</c>, <c>below</c> or <c>spike</c>.</param>
/// <param name="Severity"><c>notice</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Value">Times are in seconds, shares from 0 to 1.</param>
/// <param name="Summary">In short, such as <c>billing: 12 min &gt; 10 min</c>.</param>
/// <param name="Since">When it began.</param>
/// <param name="At">When it was raised.</param>
public sealed record RaisedAlert(
    string AlertId, string Rule, string? Subject, string? Part, string Figure, string Condition, string Severity, double Value, double Limit, double? Usual, string Summary, DateTimeOffset Since, DateTimeOffset At)
    : OutboundEvent("alert.raised");

/// <summary>Somebody has taken the alert on.</summary>
/// <param name="Note">What they do about it.</param>
public sealed record AcknowledgedAlert(string AlertId, string By, string? Note, DateTimeOffset At) : OutboundEvent("alert.acknowledged");

/// <summary>The alert is over.</summary>
/// <param name="Why"><c>calm</c>, <c>unknown</c> or <c>rule_gone</c>.</param>
/// <param name="Worst">The figure when it was farthest beyond the limit.</param>
public sealed record ClearedAlert(
    string AlertId, string Rule, string? Subject, string Severity, string? Why, double Worst, string? AcknowledgedBy, DateTimeOffset Since, DateTimeOffset At)
    : OutboundEvent("alert.cleared");
