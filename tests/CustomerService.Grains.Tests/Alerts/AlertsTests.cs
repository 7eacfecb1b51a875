using CustomerService.Grains.Alerts;
using CustomerService.Grains.Personal;

namespace CustomerService.Grains.Tests.Alerts;

public sealed class AlertsTests
{
    private static readonly AlertFinding LongWait =
        new("long wait", "billing", "oldest_wait", AlertKind.Above, AlertSeverity.Warning, 700, 600, DateTimeOffset.UnixEpoch, [500, 700], "billing: 11 min") { Part = "queue" };

    private readonly Subject<AlertsBehaviour, AlertsState> _alerts = new("all");

    private AlertsView View => (AlertsView)AlertsBehaviour.Handle(_alerts.State, new GetAlerts(), _alerts.Now).Reply;

    [Fact]
    public void Alert_IsToldOnce_AndFollowsItsFigure()
    {
        _alerts.Handle(new RaiseAlert(LongWait, ["sue", "tom"]));
        Assert.Equal("alert-1", Assert.Single(_alerts.Last.Effects.Recorded<AlertRaised>()).AlertId);
        Assert.Equal((NoticeKinds.Alert, "alert-1", "long wait", "billing: 11 min"), Assert.Single(_alerts.Last.Effects.Told<GiveNotice>(Grain.Personal("sue"))) is var notice ? (notice.Kind, notice.ConversationId, notice.By, notice.Text) : default);
        Assert.Single(_alerts.Last.Effects.Told<GiveNotice>(Grain.Personal("tom")));

        _alerts.Handle(new RaiseAlert(LongWait with { Value = 800, Severity = AlertSeverity.Critical }, ["sue"]));
        Assert.Empty(_alerts.Last.Effects);
        _alerts.Handle(new FollowAlerts([new("long wait", "billing", 650, 600), new("long wait", "sales", 1, 600)]));

        var alert = Assert.Single(View.Raised);
        Assert.Equal((650.0, 800.0, AlertSeverity.Critical), (alert.Finding.Value, alert.Worst, alert.Finding.Severity));
        Assert.Equal([500.0, 700.0, 650.0], alert.Finding.Course.AsEnumerable());
        _alerts.ChangesNothing(new FollowAlerts([new("other", "", 1, 0)]));
    }

    [Fact]
    public void Alert_IsTakenOnByTheFirst_AndStaysSoWhenItIsOver()
    {
        _alerts.Handle(new RaiseAlert(LongWait, []));
        _alerts.Refuses("no_such_alert", new AcknowledgeAlert("sue", "alert-9", null));
        _alerts.Handle(new AcknowledgeAlert("sue", "alert-1", " Two more come. "));
        Assert.Equal(new AlertAcknowledged("alert-1", "sue", "Two more come."), Assert.Single(_alerts.Last.Effects.Recorded<AlertAcknowledged>()));
        _alerts.ChangesNothing(new AcknowledgeAlert("sue", "alert-1", "again"));
        _alerts.Refuses("already_taken_on", new AcknowledgeAlert("tom", "alert-1", null));
        Assert.False(Assert.Single(View.Raised).IsOpen);

        _alerts.Handle(new ClearAlert("long wait", "billing", AlertEnds.Calm));
        _alerts.ChangesNothing(new ClearAlert("long wait", "billing", AlertEnds.Calm));
        Assert.Empty(View.Raised);
        var past = Assert.Single(View.Past);
        Assert.Equal(("sue", "Two more come.", AlertEnds.Calm, _alerts.Now), (past.AcknowledgedBy, past.Note, past.Why, past.ClearedAt));
        _alerts.Refuses("no_such_alert", new AcknowledgeAlert("sue", "alert-1", null));

        _alerts.Handle(new RaiseAlert(LongWait, []));
        Assert.True(Assert.Single(View.Raised) is { Id: "alert-2", IsOpen: true });
    }

    [Fact]
    public void Snooze_HoldsOverTheEndOfTheAlert_AndNoLonger()
    {
        _alerts.Handle(new RaiseAlert(LongWait, []));
        _alerts.Refuses("snooze_in_the_past", new SnoozeAlert("sue", "alert-1", _alerts.Now));
        _alerts.Refuses("snooze_too_long", new SnoozeAlert("sue", "alert-1", _alerts.Now.AddDays(8)));
        var until = _alerts.Now.AddHours(1);
        _alerts.Handle(new SnoozeAlert("sue", "alert-1", until));
        Assert.Equal((until, "sue", false), Assert.Single(View.Raised) is var snoozed ? (snoozed.SnoozedUntil, snoozed.SnoozedBy, snoozed.IsOpen) : default);

        _alerts.Handle(new ClearAlert("long wait", "billing", AlertEnds.Calm));
        _alerts.Handle(new RaiseAlert(LongWait, ["sue"]));
        Assert.Empty(_alerts.Last.Effects.Told<GiveNotice>(Grain.Personal("sue")));
        Assert.False(Assert.Single(View.Raised).IsOpen);

        var later = (AlertsView)AlertsBehaviour.Handle(_alerts.State, new GetAlerts(), until).Reply;
        Assert.True(Assert.Single(later.Raised).IsOpen);
        _alerts.Handle(new UnsnoozeAlert("tom", "alert-2"));
        Assert.True(Assert.Single(View.Raised).IsOpen);
        _alerts.ChangesNothing(new UnsnoozeAlert("tom", "alert-2"));
    }

    [Fact]
    public void Below_IsWorstAtItsLeast()
    {
        var level = LongWait with { Kind = AlertKind.Below, Value = 0.7, Limit = 0.75 };
        _alerts.Handle(new RaiseAlert(level, []));
        _alerts.Handle(new FollowAlerts([new(level.Rule, level.Subject, 0.4, 0.75)]));
        _alerts.Handle(new FollowAlerts([new(level.Rule, level.Subject, 0.6, 0.75)]));

        Assert.Equal((0.6, 0.4), (View.Raised[0].Finding.Value, View.Raised[0].Worst));
    }

    [Fact]
    public void Alerts_AreBounded()
    {
        for (var queue = 0; queue < AlertsState.MostRaised; queue++)
            _alerts.Handle(new RaiseAlert(LongWait with { Subject = $"q{queue}" }, []));
        _alerts.Refuses("too_many_alerts", new RaiseAlert(LongWait, []));

        for (var queue = 0; queue < AlertsState.MostRaised; queue++)
            _alerts.Handle(new ClearAlert(LongWait.Rule, $"q{queue}", AlertEnds.Calm));
        Assert.Equal((0, AlertsState.MostPast), (View.Raised.Length, View.Past.Length));
        Assert.Equal($"q{AlertsState.MostRaised - 1}", View.Past[0].Finding.Subject);
    }
}
