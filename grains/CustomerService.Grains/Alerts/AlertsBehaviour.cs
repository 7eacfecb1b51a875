using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Alerts;

/// <summary>Keeps the alerts. Whether there is reason for one, others find; who has taken it on, and who is told, is decided here, so that everybody sees the same.</summary>
public sealed class AlertsBehaviour : IGrainBehaviour<AlertsState>
{
    private const int MaxNote = 500;

    private AlertsBehaviour()
    {
    }

    public static string Kind => GrainKinds.Alerts;

    public static int StateVersion => 1;

    public static JsonTypeInfo<AlertsState> StateJson => GrainsJson.Default.AlertsState;

    public static AlertsState Initial(string key) => new();

    public static Turn<AlertsState> Handle(AlertsState state, Command command, DateTimeOffset now) => command switch
    {
        GetAlerts => Turn.Unchanged(state, new AlertsView([.. state.Raised.Select(alert => Shown(state, alert, now))], [.. state.Past.Reverse()])),
        RaiseAlert c => Raise(state, c, now),
        FollowAlerts c => Follow(state, c),
        ClearAlert c => Clear(state, c, now),
        AcknowledgeAlert c => Acknowledge(state, c, now),
        SnoozeAlert c => Snooze(state, c, now),
        UnsnoozeAlert c => Unsnooze(state, c, now),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<AlertsState> Raise(AlertsState state, RaiseAlert raise, DateTimeOffset now)
    {
        var finding = raise.Finding with { Course = Newest(raise.Finding.Course) };
        if (state.Find(finding.Rule, finding.Subject) is { } known)
            return Turn.Of(state.With(known with { Finding = finding with { Since = known.Finding.Since }, Worst = Worse(finding.Kind, known.Worst, finding.Value) }), Reply.Done);
        if (state.Raised.Count >= AlertsState.MostRaised)
            return Refuse(state, "too_many_alerts", $"There are {AlertsState.MostRaised} alerts already; set the rules so that fewer are raised.");

        var alert = new AlertRecord($"alert-{(state.LastNumber + 1).ToString(CultureInfo.InvariantCulture)}", finding, finding.Value, now);
        ImmutableArray<Effect> effects = [new Record(new AlertRaised(alert.Id, finding with { Course = [] }))];
        if (state.SnoozeOf(finding, now) is null)
            effects = effects.AddRange(raise.Tell.Select(person => new Tell(Grain.Personal(person), new GiveNotice(NoticeKinds.Alert, alert.Id, finding.Rule, finding.Said))));
        state = state with { LastNumber = state.LastNumber + 1, Raised = state.Raised.Add(alert), Snoozes = state.Snoozes.RemoveAll(snooze => snooze.Until <= now) };
        return Turn.Of(state, Reply.Done, effects);
    }

    private static Turn<AlertsState> Follow(AlertsState state, FollowAlerts follow)
    {
        var before = state;
        foreach (var figure in follow.Figures)
        {
            if (state.Find(figure.Rule, figure.Subject) is not { } alert)
                continue;
            var finding = alert.Finding with { Value = figure.Value, Limit = figure.Limit, Course = Newest(alert.Finding.Course.Add(figure.Value)) };
            state = state.With(alert with { Finding = finding, Worst = Worse(finding.Kind, alert.Worst, figure.Value) });
        }

        return ReferenceEquals(before, state) ? Turn.Unchanged(state, Reply.Done) : Turn.Of(state, Reply.Done);
    }

    private static Turn<AlertsState> Clear(AlertsState state, ClearAlert clear, DateTimeOffset now)
    {
        if (state.Find(clear.Rule, clear.Subject) is not { } raised)
            return Turn.Unchanged(state, Reply.Done);
        var over = raised with { Finding = raised.Finding with { Course = [] }, ClearedAt = now, Why = clear.Why };
        var past = state.Past.Add(over);
        return Turn.Of(
            state with { Raised = state.Raised.Remove(raised), Past = past.Count > AlertsState.MostPast ? past.RemoveAt(0) : past }, Reply.Done, new Record(new AlertCleared(over)));
    }

    private static Turn<AlertsState> Acknowledge(AlertsState state, AcknowledgeAlert acknowledge, DateTimeOffset now)
    {
        var note = string.IsNullOrWhiteSpace(acknowledge.Note) ? null : Excerpt.Of(acknowledge.Note.Trim(), MaxNote);
        return state.Find(acknowledge.AlertId) switch
        {
            null => NoSuchAlert(state),
            { AcknowledgedBy: { } by } when by == acknowledge.By => Turn.Unchanged(state, Reply.Done),
            { AcknowledgedBy: { } by } => Refuse(state, "already_taken_on", $"{by} has taken it on already."),
            { } alert => Turn.Of(
                state.With(alert with { AcknowledgedBy = acknowledge.By, AcknowledgedAt = now, Note = note }), Reply.Done, new Record(new AlertAcknowledged(alert.Id, acknowledge.By, note))),
        };
    }

    private static Turn<AlertsState> Snooze(AlertsState state, SnoozeAlert snooze, DateTimeOffset now)
    {
        if (state.Find(snooze.AlertId) is not { Finding: var finding })
            return NoSuchAlert(state);
        if (snooze.Until <= now)
            return Refuse(state, "snooze_in_the_past", "An alert is put off until a time to come; choose a later one.");
        if (snooze.Until > now + AlertsState.LongestSnooze)
            return Refuse(state, "snooze_too_long", $"An alert is put off for at most {AlertsState.LongestSnooze.TotalDays:0} days; choose an earlier time.");
        if (state.SnoozeOf(finding, now) is { } same && same.By == snooze.By && same.Until == snooze.Until)
            return Turn.Unchanged(state, Reply.Done);
        var snoozes = state.Snoozes.RemoveAll(each => each.IsOf(finding) || each.Until <= now).Add(new AlertSnooze(finding.Rule, finding.Subject, snooze.By, snooze.Until));
        return Turn.Of(state with { Snoozes = snoozes }, Reply.Done, new Record(new AlertSnoozed(snooze.AlertId, snooze.By, snooze.Until)));
    }

    private static Turn<AlertsState> Unsnooze(AlertsState state, UnsnoozeAlert unsnooze, DateTimeOffset now)
    {
        if (state.Find(unsnooze.AlertId) is not { Finding: var finding })
            return NoSuchAlert(state);
        return state.SnoozeOf(finding, now) is null
            ? Turn.Unchanged(state, Reply.Done)
            : Turn.Of(state with { Snoozes = state.Snoozes.RemoveAll(each => each.IsOf(finding)) }, Reply.Done, new Record(new AlertSnoozed(unsnooze.AlertId, unsnooze.By, null)));
    }

    private static AlertRecord Shown(AlertsState state, AlertRecord alert, DateTimeOffset now) =>
        state.SnoozeOf(alert.Finding, now) is { } snooze ? alert with { SnoozedUntil = snooze.Until, SnoozedBy = snooze.By } : alert;

    private static double Worse(AlertKind kind, double one, double other) => kind == AlertKind.Below ? Math.Min(one, other) : Math.Max(one, other);

    private static ImmutableArray<double> Newest(ImmutableArray<double> course) => [.. course.TakeLast(AlertsState.CourseLength)];

    private static Turn<AlertsState> NoSuchAlert(AlertsState state) => Refuse(state, "no_such_alert", "There is no such alert now; it may be over. Look at the list again.");

    private static Turn<AlertsState> Refuse(AlertsState state, string code, string message) => Turn.Unchanged(state, Reply.Refuse(code, message));
}
