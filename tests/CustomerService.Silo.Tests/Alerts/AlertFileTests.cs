using CustomerService.Grains.Alerts;
using CustomerService.Grains.Staff;
using CustomerService.Pipelines.Definitions;
using CustomerService.Silo.Alerts;

namespace CustomerService.Silo.Tests.Alerts;

public sealed class AlertFileTests
{
    private const string Good = """
        alerts:
          - name: long wait
            figure: oldest_wait
            each: queue
            above: 10m
            clears_at: 5m
            for: 30s
            severity: critical
            tell: [supervisor, operator]
          - name: billing's promises
            figure: service_level
            only: { queue: billing }
            below: 0.75
            window: 30m
            least_cases: 5
          - name: rush
            figure: new_cases
            spike: { against: recent, periods: 6, times: 2, least: 20 }
        """;

    [Fact]
    public void Rules_AreRead()
    {
        var rules = AlertFile.Parse(Good, "alerts.yaml", ["billing", "general"]);

        var (wait, promises, rush) = (rules.Find("long wait")!, rules.Find("billing's promises")!, rules.Find("rush")!);
        Assert.Equal((AlertKind.Above, 600.0, 300.0, 30.0, AlertSeverity.Critical, "queue"), (wait.Kind, wait.Limit, wait.ClearsAt, wait.For.TotalSeconds, wait.Severity, wait.Each));
        Assert.Equal([Role.Supervisor, Role.Operator], wait.Tell.AsEnumerable());
        Assert.Equal((AlertKind.Below, 0.75, 0.75, 30.0, 5, "billing"), (promises.Kind, promises.Limit, promises.ClearsAt, promises.Window.TotalMinutes, promises.LeastCases, promises.Only["queue"]));
        Assert.Equal((AlertKind.Spike, false, 6, 2.0, 20), (rush.Kind, rush.Spike.AgainstWeeks, rush.Spike.Periods, rush.Spike.Times, rush.Spike.Least));
    }

    [Fact]
    public void ShippedFile_IsGood()
    {
        var content = Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content");

        Assert.NotEmpty(AlertFile.Parse(File.ReadAllText(Path.Combine(content, "alerts.yaml")), "alerts.yaml", ["general"]).Rules);
    }

    [Theory]
    [InlineData("figure: oldest_wait", "figure: oldest_wate", "alerts.yaml:3:13: error: there is no figure 'oldest_wate'. Fix: did you mean 'oldest_wait'?")]
    [InlineData("clears_at: 5m", "clears_at: 15m", "alerts.yaml:6:16: error: an alert above its limit can't clear on the bad side of it")]
    [InlineData("above: 10m", "above: many", "'above' of a rule is a text, where a length of time is expected")]
    [InlineData("above: 10m", "below: 1m\n    above: 10m", "a rule has above and below, where one is allowed")]
    [InlineData("    below: 0.75\n", "", "a rule has no limit")]
    [InlineData("below: 0.75", "below: 75", "'below' of a rule is 75, where a number from 0 to 1 is expected")]
    [InlineData("queue: billing", "queue: biling", "there is no queue 'biling'. Fix: did you mean 'billing'?")]
    [InlineData("each: queue", "each: intent", "'oldest_wait' is not told apart by 'intent'")]
    [InlineData("figure: new_cases", "figure: waiting", "'waiting' is not held against its past")]
    [InlineData("tell: [supervisor, operator]", "tell: [boss]", "there is no role 'boss'")]
    [InlineData("name: rush", "name: long wait", "there are two rules 'long wait'")]
    [InlineData("against: recent", "against: years", "'against' of a spike can't be 'years'")]
    [InlineData("severity: critical", "severty: critical", "a rule has no key 'severty'")]
    public void Mistake_IsToldWithItsPlace(string right, string wrong, string told)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => AlertFile.Parse(Good.Replace(right, wrong, StringComparison.Ordinal), "alerts.yaml", ["billing", "general"]));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Matches(@"alerts\.yaml:\d+:\d+: error: ", fault.Message);
    }
}
