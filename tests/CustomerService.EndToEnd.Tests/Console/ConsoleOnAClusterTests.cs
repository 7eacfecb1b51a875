#if ORLEANS
using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>The console in a process of its own, before a cluster of several.</summary>
public sealed class ConsoleOnAClusterTests(PostgreSqlServer server, RedisServer redis) : IClassFixture<PostgreSqlServer>, IClassFixture<RedisServer>
{
    private const string Complaint = "I am furious! This is the third broken kettle. I want to complain, this is unacceptable!";

    [RequiresFact("postgresql", "redis", "chromium")]
    public async Task AnAgentHelps_AcrossProcesses_AlsoAfterASiloDied_WhichOperatorsSee()
    {
        await using var cluster = await ConsoleCluster.StartAsync(redis.Url, await server.CreateMigratedAsync());
        using var staff = cluster.Staff();
        var ann = await cluster.AgentAsync(staff, "ann", "Ann Lee");
        await ann.GetByLabel("Are you there?").SelectOptionAsync("available");

        // The customer's words come from the gateway by way of a silo to the console, and back.
        var customer = await cluster.Browser.OpenAsync(cluster.Gateway);
        await ChatBrowser.SayAsync(customer, Complaint);
        await Assertions.Expect(ann.Locator(".offer")).ToBeVisibleAsync(new() { Timeout = 60_000 }); // All of them do it for the first time.
        await ConsoleDoor.AcceptAsync(ann);
        await Assertions.Expect(ann.Locator(".transcript")).ToContainTextAsync(Complaint);
        await ann.Locator("#composer").FillAsync("I am Ann, and I am sorry.");
        await ann.Locator("#composer").PressAsync("Control+Enter");
        await Assertions.Expect(ChatBrowser.Bubbles(customer).Last).ToContainTextAsync("I am Ann");
        await ChatBrowser.SayAsync(customer, "Thank you, Ann!");
        await Assertions.Expect(ann.Locator(".transcript .customer .said").Last).ToHaveTextAsync("Thank you, Ann!");

        var administrator = await cluster.AdministratorAsync();
        await administrator.GetByRole(AriaRole.Link, new() { Name = "Agents", Exact = true }).ClickAsync();
        await Assertions.Expect(administrator.Locator(".agent-row").Filter(new() { HasText = "Ann Lee" })).ToContainTextAsync("busy");
        await administrator.GetByRole(AriaRole.Link, new() { Name = "Alerts" }).ClickAsync();
        await Assertions.Expect(administrator.Locator(".alert")).ToContainTextAsync("somebody is there", new() { Timeout = 60_000 }); // One of the silos watches the figures.
        await administrator.GetByRole(AriaRole.Link, new() { Name = "Operations" }).ClickAsync();
        var processes = administrator.Locator("#processes tbody tr");
        await Assertions.Expect(processes.Filter(new() { HasText = "active" })).ToHaveCountAsync(2);
        await Assertions.Expect(administrator.Locator("#processes .bars")).ToContainTextAsync("Conversations");
        await Assertions.Expect(administrator.Locator("#store")).ToContainTextAsync("to disk in"); // By the silos: this process commits nothing.
        await Assertions.Expect(administrator.Locator(".troubles")).Not.ToContainTextAsync("has left");

        await cluster.Silos[1].KillAsync();
        await Assertions.Expect(administrator.Locator(".troubles")).ToContainTextAsync("has left and is not back; 1 active", new() { Timeout = 60_000 });
        await Assertions.Expect(processes.Filter(new() { HasText = "gone" })).ToHaveCountAsync(1);
        await ChatBrowser.PictureAsync(administrator, "console-cluster-operations");
        await ChatBrowser.SayAsync(customer, "Are you still there?");
        await Assertions.Expect(ann.Locator(".transcript .customer .said").Last).ToHaveTextAsync("Are you still there?", new() { Timeout = 60_000 });
        Assert.Empty(cluster.Browser.Complaints);
    }
}
#endif
