using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Gateway.Tests;

public sealed class QueueRequestTests
{
    [Fact]
    public async Task Queue_says_who_is_there_what_is_offered_and_its_policy()
    {
        await using var centre = await ContactCentre.OpenAsync();
        await centre.ConfigureAsync("general", QueuePolicy.Default with { OfferSeconds = 45 });
        await centre.SignInAsync("ada");
        await centre.WaitingAsync("c-1");

        var queue = (await centre.DoAsync(HttpMethod.Get, "/api/queues/general")).Json;

        Assert.Equal((1, 1, 1, 45), (queue["waiting"]!.GetValue<int>(), queue["agentsPresent"]!.GetValue<int>(), queue["offers"]!.GetValue<int>(), queue["policy"]!["offerSeconds"]!.GetValue<int>()));
        Assert.Equal("ada", queue["head"]![0]!["pending"]![0]!["agentId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Paused_queue_offers_nothing_until_it_is_resumed()
    {
        await using var centre = await ContactCentre.OpenAsync();
        var paused = (await centre.DoAsync(HttpMethod.Post, "/api/queues/general/pause", new { by = "sue", reason = "fire drill" })).Json;
        await centre.SignInAsync("ada");
        await centre.WaitingAsync("c-1");
        var during = (await centre.DoAsync(HttpMethod.Get, "/api/agents/ada")).Json["offers"]!.AsArray().Count;
        var resumed = (await centre.DoAsync(HttpMethod.Post, "/api/queues/general/resume", new { by = "sue" })).Json;

        Assert.Contains("sue", paused["paused"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("fire drill", paused["paused"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, during);
        Assert.Null(resumed["paused"]);
        Assert.Equal(1, resumed["offers"]!.GetValue<int>());
        (await centre.TryAsync(HttpMethod.Post, "/api/queues/general/pause", new { reason = "x" })).ShouldBe(400, "invalid_field");
    }

    [Fact]
    public async Task All_queues_are_listed_by_state_those_of_the_settings_and_those_that_came_by_themselves()
    {
        await using var centre = await ContactCentre.OpenAsync(RunningGateway.Options with { Queues = ["general", "billing"] });
        await centre.WaitingAsync("c-1");
        await centre.ActAsync("c-1", "transfer", new { by = "sue", queue = "billing" });
        await centre.DoAsync(HttpMethod.Post, "/api/queues/night/pause", new { by = "sue", reason = "renovation" });
        await centre.ConfigureAsync("shut", QueuePolicy.Default with { Terms = new QueueTerms { Version = "1", Calendar = HardlyEverOpen } });

        Assert.Equal(["billing", "general", "night", "shut"], await NamesAsync(centre, ""));
        Assert.Equal(["billing", "general"], await NamesAsync(centre, "?state=open"));
        Assert.Equal(["night"], await NamesAsync(centre, "?state=paused"));
        Assert.Equal(["shut"], await NamesAsync(centre, "?state=closed"));
        (await centre.TryAsync(HttpMethod.Get, "/api/queues?state=asleep")).ShouldBe(400, "invalid_field");
    }

    /// <summary>Open in one minute of a week, which is never the present one.</summary>
    private static BusinessCalendar HardlyEverOpen
    {
        get
        {
            var later = TimeProvider.System.GetUtcNow().AddDays(3);
            return new BusinessCalendar { Name = "hardly", TimeZone = "UTC", Week = [new OpenSpan(later.DayOfWeek, 600, 601)] };
        }
    }

    private static async Task<IEnumerable<string>> NamesAsync(ContactCentre centre, string query) =>
        (await centre.DoAsync(HttpMethod.Get, "/api/queues" + query)).Json["queues"]!.AsArray().Select(queue => queue!["name"]!.GetValue<string>());
}
