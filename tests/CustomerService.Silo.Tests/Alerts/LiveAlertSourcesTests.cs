using System.Collections.Immutable;
using CustomerService.Channels.Health;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Queues;
using CustomerService.Reporting.Alerts;
using CustomerService.Silo.Alerts;

namespace CustomerService.Silo.Tests.Alerts;

public sealed class LiveAlertSourcesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private static readonly QueueView Billing = Queue("billing", 3) with { OldestSince = Now.AddMinutes(-12), AgentsPresent = 2, AgentsReady = 1, Wait = new WaitBand(60, 300, "queue_length") };
    private static readonly QueueView General = Queue("general", 4) with { OldestSince = Now.AddMinutes(-2) };
    private static readonly QueueView Night = Queue("night", 9) with { OldestSince = Now.AddHours(-8), OpensAt = Now.AddHours(1) };

    [Theory]
    [InlineData("waiting", 3.0, 4.0, 7.0)]
    [InlineData("oldest_wait", 720.0, 120.0, 720.0)]
    [InlineData("expected_wait", 300.0, null, 300.0)]
    [InlineData("unserved", 0.0, 4.0, 4.0)]
    [InlineData("agents_present", 2.0, 0.0, 2.0)]
    [InlineData("agents_ready", 1.0, 0.0, 1.0)]
    public void QueueFigure_IsOfEachOpenQueue_OrOfAllTogether(string figure, double? billing, double? general, double all)
    {
        var rule = Rule(figure);

        Assert.Equal([("billing", billing), ("general", general), ("night", null)], Values(rule with { Each = AlertParts.Queue }, Billing, General, Night));
        Assert.Equal([("", all)], Values(rule, Billing, General, Night));
        Assert.Equal([("general", general)], Values(rule with { Each = AlertParts.Queue, Only = rule.Only.Add(AlertParts.Queue, "general") }, Billing, General, Night));
    }

    [Fact]
    public void ClosedQueue_CountsWhereTheRuleSaysSo_AndOneWithoutALineWaitsForNobody()
    {
        Assert.Equal([("", 28_800.0)], Values(Rule("oldest_wait") with { WhenClosed = true }, Billing, Night));
        Assert.Equal([("", null)], Values(Rule("oldest_wait"), Night));
        Assert.Equal([("", 0.0)], Values(Rule("oldest_wait"), Queue("empty", 0)));
    }

    [Fact]
    public async Task EachFigureOfTheSystem_HasItsValue()
    {
        SiloStatus[] silos = [Silo("a", "active", 5, Reported("a", AccountStatus.Broken, isOpen: true)), Silo("b", "not_answering", 0, null), Silo("c", "active", 2, Reported("c", AccountStatus.Open, isOpen: false))];
        var cluster = new Cluster(new ClusterStatus(Now, "orleans", [.. silos], ParkedCommands: 3, UnfinishedEffects: 0, AlarmsDue: 4, AlarmsWaiting: 0));
        AlertRule[] rules = [.. AlertFigures.All.Where(figure => figure.Source == AlertSource.System).Select(figure => Rule(figure.Name))];
        var source = new SystemAlertSource(cluster);

        var readings = await source.ReadAsync(rules, Now, default);

        Assert.Equal(
            [("parked_commands", 3.0), ("silent_processes", 1.0), ("work_backlog", 7.0), ("alarms_due", 4.0), ("broken_channels", 1.0), ("open_breakers", 1.0)],
            readings.Select(reading => (reading.Rule.Figure.Name, reading.Readings[0].Value!.Value)));
        Assert.Empty(await source.ReadAsync(rules, Now.AddSeconds(5), default)); // The store is not counted every few seconds.
    }

    private static List<(string, double?)> Values(AlertRule rule, params QueueView[] queues) => [.. QueueAlertSource.Of(rule, queues, Now).Select(reading => (reading.Subject, reading.Value))];

    private static AlertRule Rule(string figure) => new("rule", AlertFigures.Find(figure)!, AlertKind.Above);

    private static QueueView Queue(string name, int waiting) => new(name, waiting, ImmutableDictionary<string, int>.Empty, null, 0, 0, null, []);

    private static SiloStatus Silo(string name, string status, int backlog, ProcessReport? report) =>
        new(name, name, status, Now, ImmutableSortedDictionary<string, int>.Empty, 0, 0, 0, 0, backlog, 0, 0, Report: report);

    private static ProcessReport Reported(string process, string state, bool isOpen) => new(
        process,
        new ProcessPicture(new CommitTimes(0, 0, 0), [new ServiceCircuit("model", process, isOpen, Now)], ImmutableSortedDictionary<string, long>.Empty, 0, 0),
        [new AccountStatus(process, "sms", state, null, null, null, 0, null, null, 0, null, null, null)]);

    private sealed class Cluster(ClusterStatus status) : IClusterView
    {
        public ValueTask<ClusterStatus> LookAsync(CancellationToken cancellation) => ValueTask.FromResult(status);
    }
}
