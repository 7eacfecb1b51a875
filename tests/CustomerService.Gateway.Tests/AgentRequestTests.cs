using System.Net;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;

namespace CustomerService.Gateway.Tests;

public sealed class AgentRequestTests
{
    private static readonly object Settings = new
    {
        name = "Ada",
        queues = new[] { "general" },
        skills = new[] { "es" },
        levels = new { es = 2 },
        capacity = 3,
        desk = new
        {
            activities = new object[] { new { name = "lunch", available = false } },
            channels = new { voice = new { max = 1, exclusive = true } },
            idleSeconds = 600,
        },
    };

    [Fact]
    public async Task The_desk_is_set_and_shown_and_what_is_left_out_is_as_usual()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var desk = (await AgentAsync(gateway, HttpMethod.Put, "", Settings)).Json;

        Assert.Equal(2, desk["levels"]!["es"]!.GetValue<int>());
        Assert.Equal("lunch", desk["desk"]!["activities"]![0]!["name"]!.GetValue<string>());
        Assert.True(desk["desk"]!["channels"]!["voice"]!["exclusive"]!.GetValue<bool>());
        Assert.Equal((600, 30, 120, 3), (Number(desk["desk"]!["idleSeconds"]), Number(desk["desk"]!["graceSeconds"]), Number(desk["desk"]!["strandedSeconds"]), Number(desk["desk"]!["maxMissedOffers"])));
        Assert.Equal("the agent is offline", desk["notReady"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_activity_says_whether_work_comes_and_may_wait_for_an_empty_desk()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await AgentAsync(gateway, HttpMethod.Put, "", Settings);
        await AgentAsync(gateway, HttpMethod.Post, "/presence", new { presence = "available" });
        await HoldAsync(gateway, wrapUp: null);

        var planned = (await AgentAsync(gateway, HttpMethod.Post, "/presence", new { activity = "lunch", whenFree = true })).Json;
        await gateway.World.AskAsync(Grain.Agent("ada"), new ReleaseWork("c-1"));
        var after = (await AgentAsync(gateway, HttpMethod.Get, "")).Json;
        var unknown = await AgentAsync(gateway, HttpMethod.Post, "/presence", new { activity = "golf" });

        Assert.Equal(("available", "lunch"), (planned["presence"]!.GetValue<string>(), planned["nextPresence"]!.GetValue<string>()));
        Assert.Equal(("away", "lunch"), (after["presence"]!.GetValue<string>(), after["activity"]!.GetValue<string>()));
        Assert.Contains("lunch", unknown.ShouldBe(422, "unknown_activity")["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrap_up_is_finished_with_one_of_its_codes()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await AgentAsync(gateway, HttpMethod.Put, "", Settings);
        await AgentAsync(gateway, HttpMethod.Post, "/presence", new { presence = "available" });
        await HoldAsync(gateway, new WrapUpPolicy(0, ["sold", "lost"], CodeRequired: true));
        await gateway.World.AskAsync(Grain.Agent("ada"), new ReleaseWork("c-1") { WrapUp = true });

        var missing = await AgentAsync(gateway, HttpMethod.Post, "/wrap-ups/c-1/complete", new { });
        var wrong = await AgentAsync(gateway, HttpMethod.Post, "/wrap-ups/c-1/complete", new { code = "bought" });
        var done = await AgentAsync(gateway, HttpMethod.Post, "/wrap-ups/c-1/complete", new { code = "sold", note = "a blue one" });

        Assert.Contains("sold, lost", missing.ShouldBe(422, "wrap_up_code_missing")["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        wrong.ShouldBe(422, "unknown_wrap_up_code");
        Assert.Equal((HttpStatusCode.OK, 3), (done.Status, Number(done.Json["freeUnits"])));
    }

    [Fact]
    public async Task A_sign_of_life_brings_back_who_missed_too_many_offers()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await AgentAsync(gateway, HttpMethod.Put, "", Settings);
        await AgentAsync(gateway, HttpMethod.Post, "/presence", new { presence = "available" });
        for (var number = 1; number <= 3; number++)
        {
            await OfferAsync(gateway, $"general-{number}", wrapUp: null);
            await gateway.World.AskAsync(Grain.Agent("ada"), new RescindOffer($"general-{number}", "no answer in time") { Outcome = OfferStates.TimedOut });
        }

        var missed = (await AgentAsync(gateway, HttpMethod.Get, "")).Json;
        var alive = (await AgentAsync(gateway, HttpMethod.Post, "/alive")).Json;

        Assert.Equal("the agent left 3 offers in a row unanswered", missed["notReady"]!.GetValue<string>());
        Assert.Null(alive["notReady"]);
    }

    [Fact]
    public async Task A_timeline_shows_the_day_with_its_sums()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await AgentAsync(gateway, HttpMethod.Put, "", Settings);
        await AgentAsync(gateway, HttpMethod.Post, "/presence", new { presence = "available" });
        await HoldAsync(gateway, wrapUp: null);

        var day = (await AgentAsync(gateway, HttpMethod.Get, "/timeline")).Json;
        var future = await AgentAsync(gateway, HttpMethod.Get, "/timeline?from=2999-01-01T00:00Z");
        var backwards = await AgentAsync(gateway, HttpMethod.Get, "/timeline?from=2020-01-02T00:00Z&to=2020-01-01T00:00Z");
        var endless = await AgentAsync(gateway, HttpMethod.Get, "/timeline?from=2020-01-01T00:00Z");
        var zoned = (await AgentAsync(gateway, HttpMethod.Get, "/timeline?from=2020-01-01T02:00:00%2B02:00&to=2020-01-01T01:00Z")).Json;
        var nonsense = await AgentAsync(gateway, HttpMethod.Get, "/timeline?from=yesterday");

        var last = day["intervals"]!.AsArray()[^1]!;
        Assert.Equal(("available", 1), (last["presence"]!.GetValue<string>(), Number(last["units"])));
        Assert.True(day["totals"]!["occupancy"]!.GetValue<double>() is > 0 and <= 1);
        Assert.Equal(24 * 3600, day["intervals"]!.AsArray().Sum(interval => interval!["seconds"]!.GetValue<double>()), 3);
        Assert.Equal(("offline", 3600), (zoned["intervals"]![0]!["presence"]!.GetValue<string>(), Number(zoned["intervals"]![0]!["seconds"])));
        future.ShouldBe(400, "invalid_field");
        backwards.ShouldBe(400, "invalid_field");
        endless.ShouldBe(400, "invalid_field");
        nonsense.ShouldBe(400, "bad_request");
    }

    [Theory]
    [InlineData("""{"name":"Ada","capacity":1,"desk":{"graceSeconds":"long"}}""", "desk.graceSeconds", "a number")]
    [InlineData("""{"name":"Ada","capacity":1,"desk":{"channels":{"chat":{"max":"two"}}}}""", "desk.channels.chat.max", "a whole number")]
    [InlineData("""{"name":"Ada","capacity":1,"desk":{"activities":{"lunch":true}}}""", "desk.activities", "a list")]
    [InlineData("""{"name":"Ada","capacity":1,"levels":{"es":"good"}}""", "levels.es", "a whole number")]
    public async Task A_mistake_deep_in_the_settings_is_named_with_what_belongs_there(string body, string field, string wanted)
    {
        await using var gateway = await RunningGateway.StartAsync();

        var problem = (await gateway.SendAsync(HttpMethod.Put, "/api/agents/ada", RunningGateway.AgentToken, body)).ShouldBe(400, "wrong_type");

        Assert.Equal(field, problem["field"]!.GetValue<string>());
        Assert.EndsWith($"it must be {wanted}.", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static async Task OfferAsync(RunningGateway gateway, string offer, WrapUpPolicy? wrapUp) =>
        await gateway.World.AskAsync(Grain.Agent("ada"), new ReceiveOffer(offer, "general", "c-1", TimeProvider.System.GetUtcNow().AddSeconds(30)) { WrapUp = wrapUp });

    private static async Task HoldAsync(RunningGateway gateway, WrapUpPolicy? wrapUp)
    {
        await OfferAsync(gateway, "general-1", wrapUp);
        await gateway.World.AskAsync(Grain.Agent("ada"), new ConfirmOffer("general-1"));
    }

    private static Task<Answer> AgentAsync(RunningGateway gateway, HttpMethod method, string path, object? body = null) =>
        gateway.SendAsync(method, "/api/agents/ada" + path, RunningGateway.AgentToken, body);

    private static int Number(System.Text.Json.Nodes.JsonNode? node) => (int)node!.GetValue<double>();
}
