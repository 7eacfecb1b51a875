using CustomerService.Grains.Alerts;
using CustomerService.Reporting.Alerts;

namespace CustomerService.Reporting.Tests.Alerts;

public sealed class AlertWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private static readonly AlertRule LongWait = new("long wait", AlertFigures.Find(AlertFigures.OldestWait)!, AlertKind.Above)
    {
        Each = AlertParts.Queue,
        Limit = 600,
        ClearsAt = 300,
        For = TimeSpan.FromSeconds(30),
        ClearsAfter = TimeSpan.FromSeconds(60),
    };

    private readonly AlertWatch _watch = new();

    [Fact]
    public void Threshold_IsToldAfterItsTime_AndClearsOnlyWhenItIsGoodAgain()
    {
        Assert.Equal(
            ["0: ", "10: ", "20: ", "40: raise", "50: ", "60: ", "70: ", "100: ", "130: clear calm"],
            Play(LongWait, (0, 100), (10, 700), (20, 700), (40, 650), (50, 500), (60, 400), (70, 300), (100, 200), (130, 100)));
    }

    [Fact]
    public void FigureThatFallsBackInTime_IsNotTold()
    {
        Assert.Equal(["0: ", "20: ", "40: ", "60: "], Play(LongWait, (0, 700), (20, 600), (40, 700), (60, 650)));
    }

    [Fact]
    public void FigureThatPlaysAboutTheLimit_IsToldOnce()
    {
        var changes = Play(LongWait, [.. Enumerable.Range(0, 60).Select(step => (step * 10, (double?)(step % 2 == 0 || step < 6 ? 700 : 590)))]);

        Assert.Equal(["30: raise"], changes.Where(change => !change.EndsWith(": ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Raise_TellsSinceWhen_AndHowItCame()
    {
        Take(LongWait, 0, 100);
        Take(LongWait, 15, 700);
        Take(LongWait, 40, 750);
        var raise = Assert.IsType<AlertChange.Raise>(Assert.Single(Take(LongWait, 45, 800)));

        Assert.Equal((Start.AddSeconds(15), 600.0, 800.0), (raise.Since, raise.Limit, raise.Reading.Value));
        Assert.Equal([100.0, 700.0, 750.0, 800.0], raise.Course.AsEnumerable());
    }

    [Fact]
    public void WhatNobodyKnows_RaisesNothing_AndEndsAnAlertOnlyAfterLong()
    {
        Assert.Equal(["0: ", "60: "], Play(LongWait, (0, null), (60, null)));
        Assert.Equal(
            ["100: ", "130: raise", "140: ", "900: ", "1040: clear unknown"],
            Play(LongWait, (100, 700), (130, 700), (140, null), (900, null), (1_040, null)));
    }

    [Fact]
    public void Below_IsItsMirror()
    {
        var level = new AlertRule("level", AlertFigures.Find(AlertFigures.ServiceLevel)!, AlertKind.Below) { Limit = 0.75, ClearsAt = 0.85, ClearsAfter = TimeSpan.Zero };

        Assert.Equal(["0: ", "1: ", "2: raise", "3: ", "4: clear calm"], Play(level, (0, 0.8), (1, 0.75), (2, 0.74), (3, 0.84), (4, 0.85)));
    }

    [Fact]
    public void EachSubject_GoesByItself_AndACountThatIsNoLongerTold_IsNone()
    {
        var waiting = new AlertRule("many wait", AlertFigures.Find(AlertFigures.Waiting)!, AlertKind.Above) { Each = AlertParts.Queue, Limit = 5, ClearsAt = 5, ClearsAfter = TimeSpan.Zero };

        Assert.Equal(["billing"], _watch.Take(waiting, [new("billing", 6), new("general", 5)], Start).Select(change => change.Subject));
        Assert.Equal([new AlertChange.Clear("many wait", "billing", AlertEnds.Calm)], _watch.Take(waiting, [new("general", 5)], Start));
        Assert.Empty(_watch.Take(waiting, [], Start));
    }

    [Fact]
    public void RestartedWatch_GoesOnWithWhatIsRaised()
    {
        var finding = new AlertFinding("long wait", "", AlertFigures.OldestWait, AlertKind.Above, AlertSeverity.Warning, 700, 600, Start, [], "");
        var restarted = new AlertWatch(finding);

        Assert.Empty(restarted.Take(LongWait, [new("", 700)], Start));
        Assert.Empty(restarted.Take(LongWait, [new("", 100)], Start.AddSeconds(60)));
        Assert.IsType<AlertChange.Clear>(Assert.Single(restarted.Take(LongWait, [new("", 100)], Start.AddSeconds(120))));
    }

    [Fact]
    public void RuleThatIsGoneOrAboutSomethingElse_EndsItsAlerts_AndOneThatIsSetAnewDoesNot()
    {
        Take(LongWait, 0, 700);
        Take(LongWait, 30, 700);
        Assert.Empty(_watch.Keep(new AlertRules([LongWait with { Limit = 100, ClearsAt = 100 }])));
        Assert.Equal([new AlertChange.Clear("long wait", "", AlertEnds.RuleGone)], _watch.Keep(new AlertRules([LongWait with { Figure = AlertFigures.Find(AlertFigures.Waiting)! }])));

        Take(LongWait, 60, 700);
        Take(LongWait, 90, 700);
        Assert.Equal([new AlertChange.Clear("long wait", "", AlertEnds.RuleGone)], _watch.Keep(AlertRules.None));
        Assert.Empty(_watch.Keep(AlertRules.None));
    }

    [Theory]
    [InlineData(30, false)] // Three times the spread (the root of 16) above the mean are 28; twice the mean are 32.
    [InlineData(32, false)]
    [InlineData(33, true)]
    public void Spike_IsFarAboveTheUsual(int count, bool told)
    {
        var rush = Rush(new SpikeTerms { Times = 2, Least = 5 });

        Assert.Equal(told, rush.IsOver(new AlertReading("", count, Usual.Of([16, 16, 16, 16], rush.Spike))));
    }

    [Fact]
    public void Spike_WidensWithWhatIsUsual_AndFewAreNone()
    {
        var rush = Rush(new SpikeTerms { Times = 1, Least = 10 });

        Assert.True(Usual.Of([0, 40, 0, 40], rush.Spike)!.AtMost > 80); // Ups and downs are usual here.
        Assert.False(rush.IsOver(new AlertReading("", 9, Usual.Of([0, 0, 0, 0], rush.Spike))));
        Assert.True(rush.IsOver(new AlertReading("", 10, Usual.Of([0, 0, 0, 0], rush.Spike))));
    }

    [Fact]
    public void Spike_NeedsAPast()
    {
        var rush = Rush(new SpikeTerms());

        Assert.Null(Usual.Of([5, 5], rush.Spike));
        Assert.False(rush.IsOver(new AlertReading("", 10_000)));
    }

    private static AlertRule Rush(SpikeTerms terms) => new("rush", AlertFigures.Find(AlertFigures.NewCases)!, AlertKind.Spike) { Spike = terms };

    private IReadOnlyList<AlertChange> Take(AlertRule rule, double second, double? value) => _watch.Take(rule, [new AlertReading("", value)], Start.AddSeconds(second));

    private List<string> Play(AlertRule rule, params (int Second, double? Value)[] figures) =>
    [
        .. figures.Select(figure => $"{figure.Second}: " + string.Join(' ', Take(rule, figure.Second, figure.Value).Select(change => change is AlertChange.Clear clear ? $"clear {clear.Why}" : "raise"))),
    ];
}
