using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Tests.Routing;

/// <summary>The agent who served the customer last, by the owner's routing file.</summary>
public sealed class KnownAgentTests
{
    private const double Day = 86_400;

    [Theory]
    [InlineData("2m", 120, 30 * Day)]
    [InlineData("{ wait: 60s }", 60, 30 * Day)]
    [InlineData("{ wait: 60s, within: 7d }", 60, 7 * Day)]
    public void Setting_SaysHowLongToWait_AndHowLongAgentsAreRemembered(string setting, double wait, double within) =>
        Assert.Equal(new KnownAgent(wait, within), Read(setting));

    [Theory]
    [InlineData("0s")]
    [InlineData("{ wait: 0s, within: 7d }")]
    public void WithoutAWait_NobodyGoesFirst(string setting) => Assert.Null(Read(setting));

    [Theory]
    [InlineData("{ within: 7d }", "4:20: error: 'known_agent' has no wait. Fix: add 'wait: 60s': for how long nobody else is asked")]
    [InlineData("{ wait: soon }", "4:28: error: 'wait' of 'known_agent' is a text, where a length of time is expected")]
    [InlineData("{ wait: 1m, within: 0s }", "4:40: error: 'within' of 'known_agent' is 0s, where 1s to 3650d are allowed")]
    [InlineData("{ wait: 1m, witin: 7d }", "4:32: error: 'known_agent' has no key 'witin'. Fix: did you mean 'within'?")]
    [InlineData("[1m]", "4:20: error: 'known_agent' of a filter is a list, where a length of time is expected. Fix: write 'known_agent: 90s'")]
    public void SettingThatCannotBeUsed_IsRefusedWithItsPlace(string setting, string expected) =>
        Assert.StartsWith("routing.yaml:" + expected, Assert.Single(Check(setting).Errors).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("{ wait: 90s, within: 7d }", 7, "ada")]
    [InlineData("{ wait: 90s, within: 7d }", 7.01, null)] // Whose matter that was they may have forgotten by now.
    [InlineData("90s", 29, "ada")]
    [InlineData("90s", 31, null)]
    public async Task Handoff_NamesWhoServedTheCustomerLast_UntilThatIsLongAgo(string setting, double daysAgo, string? first)
    {
        var handoff = await HandOffAsync(setting, new ServedBy("ada", Bench.Morning.AddDays(-daysAgo)));

        Assert.Equal((first, 90d), (handoff.PreferredAgent, handoff.PreferredSeconds));
    }

    [Fact]
    public async Task HandoffOfACustomerWhomNobodyServed_NamesNobody() => Assert.Null((await HandOffAsync("90s", null)).PreferredAgent);

    [Fact]
    public async Task HandoffWithoutTheSetting_NamesNobody()
    {
        var handoff = await HandOffAsync("0s", new ServedBy("ada", Bench.Morning));

        Assert.Equal((null, 0d), (handoff.PreferredAgent, handoff.PreferredSeconds));
    }

    private static async Task<HandoffPackage> HandOffAsync(string setting, ServedBy? last)
    {
        var (rules, queues) = (new FixedRules(Check(setting).RulesOrThrow()), new QueueViews(new QueueGrains(), new ManualTimeProvider(Bench.Morning)));
        var scope = Bench.Scope();
        scope.Draft.LastServedBy = last;
        await new AgentRouting(rules, queues).RunAsync(new ActionCall("t", new Dictionary<string, object?>(), null, scope), default);
        return scope.Draft.Handoff!;
    }

    private static KnownAgent? Read(string setting) => Assert.Single(Check(setting).RulesOrThrow().Workflow.Filters).KnownAgent;

    private static RoutingCheckReport Check(string setting) => RoutingCheck.Of(
        $"workflow:\n  filters:\n    - name: all\n      known_agent: {setting}\n      targets: [{{ queue: routed }}]\n", "routing.yaml", new ManualTimeProvider(Bench.Morning));
}
