using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Tests;

public sealed class AgentSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_shift_runs_over_the_socket_from_the_offer_to_the_end()
    {
        await using var gateway = await StartAsync(new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff()) });
        await using var console = await SocketClient.OpenDeskAsync(gateway, "ada");

        var ready = await console.ReadAsync();
        var first = await console.ReadAsync("desk");
        await console.SendAsync(new { type = "presence", presence = "available", id = "p-1" });
        var presence = await console.ReadAsync("presence");
        await gateway.SayAsync(null, "A person please", "c-1");
        var offer = await console.ReadAsync("offer");
        await console.SendAsync(new { type = "accept", offer = offer["offer"]!.GetValue<string>(), id = "a-1" });
        var started = await console.ReadAsync("work_started");
        var busy = await console.ReadAsync("desk");
        await gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/resolve", RunningGateway.AgentToken, new { agentId = "ada" });
        var ended = await console.ReadAsync("work_ended");

        Assert.Equal("agent.v1", console.Socket.SubProtocol);
        Assert.Equal(("ready", "ada"), (ready!["type"]!.GetValue<string>(), ready["agent"]!.GetValue<string>()));
        Assert.Equal(("offline", 1), (first["desk"]!["presence"]!.GetValue<string>(), first["desk"]!["connections"]!.GetValue<int>()));
        Assert.NotNull(first["desk"]!["desk"]);
        Assert.Equal(("available", "agent"), (presence["presence"]!.GetValue<string>(), presence["cause"]!.GetValue<string>()));
        Assert.Equal(("c-1", "general"), (offer["conversation"]!.GetValue<string>(), offer["queue"]!.GetValue<string>()));
        Assert.False(string.IsNullOrEmpty(offer["why"]?.GetValue<string>()));
        Assert.Equal("c-1", started["conversation"]!.GetValue<string>());
        Assert.Equal("c-1", busy["desk"]!["work"]![0]!["conversationId"]!.GetValue<string>());
        Assert.Null(busy["desk"]!["desk"]);
        Assert.Equal("c-1", ended["conversation"]!.GetValue<string>());
    }

    [Fact]
    public async Task Each_frame_is_answered_with_its_id()
    {
        await using var gateway = await StartAsync();
        await using var console = await SocketClient.OpenDeskAsync(gateway, "ada");

        await console.SendAsync(new { type = "presence", presence = "available", id = "p-1" });
        var done = await console.ReadAsync("done");
        await console.SendAsync(new { type = "accept", offer = "general-99", id = "a-1" });
        var gone = await console.ReadAsync("error");
        await console.SendAsync(new { type = "wrap_up", conversation = "c-9", code = "sold", id = "w-1" });
        var noWrapUp = await console.ReadAsync("error");
        await console.SendAsync(new { type = "presence", activity = "golf", id = "p-2" });
        var activity = await console.ReadAsync("error");
        await console.SendAsync(new { type = "reject", id = "r-1" });
        var missing = await console.ReadAsync("error");
        await console.SendAsync(new { type = "dance", id = "d-1" });
        var unknown = await console.ReadAsync("error");
        await console.SendTextAsync("not json");
        var malformed = await console.ReadAsync("error");

        Assert.Equal("p-1", done["id"]!.GetValue<string>());
        Assert.Equal(
            [("a-1", "offer_gone"), ("w-1", "no_wrap_up"), ("p-2", "unknown_activity"), ("r-1", "invalid_field"), ("d-1", "invalid_field"), (null, "malformed_json")],
            new[] { gone, noWrapUp, activity, missing, unknown, malformed }.Select(error => (error["id"]?.GetValue<string>(), error["code"]!.GetValue<string>())));
        Assert.Equal("offer", missing["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_offer_that_ends_otherwise_is_told_with_its_outcome()
    {
        await using var gateway = await StartAsync();
        await using var console = await SocketClient.OpenDeskAsync(gateway, "ada");
        await console.SendAsync(new { type = "presence", presence = "available" });
        await console.ReadAsync("presence");

        await gateway.World.AskAsync(Grain.Agent("ada"), new ReceiveOffer("general-1", "general", "c-1", TimeProvider.System.GetUtcNow()) { CallbackTo = "+49 30 1" });
        var offer = await console.ReadAsync("offer");
        await gateway.World.AskAsync(Grain.Agent("ada"), new RescindOffer("general-1", "another agent was first") { Outcome = OfferStates.Rescinded });
        var ended = await console.ReadAsync("offer_ended");
        await gateway.World.AskAsync(Grain.Agent("ada"), new ReceiveOffer("general-2", "general", "c-2", TimeProvider.System.GetUtcNow()));
        await console.SendAsync(new { type = "reject", offer = "general-2", reason = "lunch" });
        var rejected = await console.ReadAsync("offer_ended");

        Assert.Equal("+49 30 1", offer["callbackTo"]!.GetValue<string>());
        Assert.Equal(("general-1", "rescinded", "another agent was first"), (ended["offer"]!.GetValue<string>(), ended["outcome"]!.GetValue<string>(), ended["reason"]!.GetValue<string>()));
        Assert.Equal(("rejected", "lunch"), (rejected["outcome"]!.GetValue<string>(), rejected["reason"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_wrap_up_is_told_with_its_codes_and_finished()
    {
        await using var gateway = await StartAsync();
        await using var console = await SocketClient.OpenDeskAsync(gateway, "ada");
        await console.SendAsync(new { type = "presence", presence = "available" });
        await console.ReadAsync("presence");
        var offer = new ReceiveOffer("general-1", "general", "c-1", TimeProvider.System.GetUtcNow()) { WrapUp = new WrapUpPolicy(60, ["sold"], CodeRequired: true) };
        foreach (var command in (Command[])[offer, new ConfirmOffer("general-1"), new ReleaseWork("c-1") { WrapUp = true }])
            await gateway.World.AskAsync(Grain.Agent("ada"), command);

        var wrapUp = await console.ReadAsync("wrap_up");
        await console.SendAsync(new { type = "wrap_up", conversation = "c-1", code = "sold" });
        var ended = await console.ReadAsync("work_ended");

        Assert.Equal(("sold", true), (wrapUp["codes"]![0]!.GetValue<string>(), wrapUp["codeRequired"]!.GetValue<bool>()));
        Assert.NotNull(wrapUp["endsAt"]);
        Assert.Equal(("resolved", "sold"), (ended["outcome"]!.GetValue<string>(), ended["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_socket_is_the_agents_presence()
    {
        var world = new GrainWorld();
        var seen = Watch(world);
        await using var gateway = await StartAsync(world);
        await using var first = await SocketClient.OpenDeskAsync(gateway, "ada");
        await first.ReadAsync("desk");

        await using (var second = await SocketClient.OpenDeskAsync(gateway, "ada"))
            Assert.Equal(2, (await second.ReadAsync("desk"))["desk"]!["connections"]!.GetValue<int>());
        var lost = await seen.Lost.Task.WaitAsync(Patience);

        Assert.NotEqual(lost.ConnectionId, seen.Opened.First().ConnectionId);
        Assert.All(seen.Opened, opened => Assert.Equal(150, opened.LeaseSeconds));
    }

    [Fact]
    public async Task A_peer_that_no_longer_answers_is_lost()
    {
        var world = new GrainWorld();
        var seen = Watch(world);
        await using var gateway = await StartAsync(world, RunningGateway.Options with { SocketKeepAlive = TimeSpan.FromMilliseconds(200) });

        // A client answers pings only while it reads.
        await using var console = await SocketClient.OpenDeskAsync(gateway, "ada");

        var lost = await seen.Lost.Task.WaitAsync(Patience);
        Assert.Equal(Assert.Single(seen.Opened).ConnectionId, lost.ConnectionId);
    }

    [Fact]
    public async Task An_open_connection_is_renewed_before_its_lease_ends()
    {
        var world = new GrainWorld();
        var seen = Watch(world);
        await using var gateway = await StartAsync(world, RunningGateway.Options with { AgentConnectionLease = TimeSpan.FromSeconds(3) });
        await using var console = await SocketClient.OpenDeskAsync(gateway, "ada");

        await seen.Renewed.Task.WaitAsync(Patience);

        Assert.Single(seen.Opened.Select(opened => opened.ConnectionId).Distinct());
    }

    [Fact]
    public async Task Signs_of_life_count_once_in_a_while_and_always_when_they_matter()
    {
        var world = new GrainWorld();
        var seen = Watch(world);
        await using var gateway = await StartAsync(world);
        await using var console = await SocketClient.OpenDeskAsync(gateway, "ada");
        await console.SendAsync(new { type = "presence", presence = "available" });
        await console.ReadAsync("desk", frame => frame["desk"]!["notReady"] is null);

        for (var key = 0; key < 20; key++)
            await console.SendAsync(new { type = "alive" });
        await console.SendAsync(new { type = "presence", presence = "available", id = "after" });
        await console.ReadAsync("done", frame => frame["id"]?.GetValue<string>() == "after");
        Assert.Equal(1, seen.Signs);

        for (var number = 1; number <= 3; number++)
        {
            await world.AskAsync(Grain.Agent("ada"), new ReceiveOffer($"general-{number}", "general", "c-1", TimeProvider.System.GetUtcNow()));
            await world.AskAsync(Grain.Agent("ada"), new RescindOffer($"general-{number}", "no answer in time") { Outcome = OfferStates.TimedOut });
        }

        await console.ReadAsync("desk", frame => frame["desk"]!["notReady"] is not null);
        await console.SendAsync(new { type = "alive" });
        var back = await console.ReadAsync("presence", frame => frame["notReady"] is null);
        Assert.Equal("agent", back["cause"]!.GetValue<string>());
    }

    [Fact]
    public async Task Only_staff_opens_a_desk_and_only_of_an_agent_who_exists()
    {
        await using var gateway = await StartAsync();
        var visitor = (await gateway.BeginSessionAsync()).Token;

        Assert.Equal(401, (await Assert.ThrowsAsync<HandshakeRefused>(() => SocketClient.OpenDeskAsync(gateway, "ada", token: null))).Status);
        Assert.Equal(401, (await Assert.ThrowsAsync<HandshakeRefused>(() => SocketClient.OpenDeskAsync(gateway, "ada", "forged"))).Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<HandshakeRefused>(() => SocketClient.OpenDeskAsync(gateway, "ada", visitor))).Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<HandshakeRefused>(() => SocketClient.OpenDeskAsync(gateway, "ada", origin: "https://evil.example"))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<HandshakeRefused>(() => SocketClient.OpenDeskAsync(gateway, "nobody"))).Status);
        (await gateway.SendAsync(HttpMethod.Get, "/api/agents/ada/socket", RunningGateway.AgentToken)).ShouldBe(426, "websocket_required");
    }

    [Fact]
    public async Task A_stopping_server_says_so_and_tells_that_the_connection_is_lost()
    {
        var world = new GrainWorld();
        var seen = Watch(world);
        await using var gateway = await StartAsync(world);
        await using var console = await SocketClient.OpenDeskAsync(gateway, "ada");
        await console.ReadAsync("desk");

        var stopping = gateway.StopAsync();
        var closed = await console.ClosedAsync();
        await stopping;

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, closed.Status);
        await seen.Lost.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_burst_of_late_events_ends_in_the_desk_as_it_is_settings_and_all()
    {
        var world = new GrainWorld();
        await using var gateway = await StartAsync(world);
        await using var console = await SocketClient.OpenDeskAsync(gateway, "ada");
        await console.SendAsync(new { type = "presence", presence = "available" });
        await console.ReadAsync("desk", frame => frame["desk"]!["notReady"] is null);

        // While the socket asks for its desk, more happens than it keeps: what comes first, the new settings, is lost to it.
        using var asks = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        world.Fault = (_, command) =>
        {
            if (command is GetAgent && !goOn.IsSet)
            {
                asks.Release();
                goOn.Wait(Patience);
            }

            return null;
        };
        await world.AskAsync(Grain.Agent("ada"), new ReceiveOffer("general-1", "general", "c-first", TimeProvider.System.GetUtcNow()));
        Assert.True(await asks.WaitAsync(Patience), "The socket did not ask for its desk.");
        await world.AskAsync(Grain.Agent("ada"), new ConfigureAgent("Ada Lovelace", ["general"], [], 5));
        foreach (var number in Enumerable.Range(2, 100))
        {
            await world.AskAsync(Grain.Agent("ada"), new ReceiveOffer($"general-{number}", "general", "c-1", TimeProvider.System.GetUtcNow()));
            await world.AskAsync(Grain.Agent("ada"), new RescindOffer($"general-{number}", "another agent was first") { Outcome = OfferStates.Rescinded });
        }

        await world.AskAsync(Grain.Agent("ada"), new ReceiveOffer("general-102", "general", "c-now", TimeProvider.System.GetUtcNow()));
        goOn.Set();

        var offers = new List<string>();
        JsonNode? desk = null;
        while (!offers.Contains("general-102") || desk is null)
        {
            var frame = (await console.ReadAsync())!;
            if (frame["type"]!.GetValue<string>() == "offer")
                offers.Add(frame["offer"]!.GetValue<string>());
            if (frame["type"]!.GetValue<string>() == "desk")
                desk = offers.Contains("general-102") ? frame["desk"] : null;
        }

        Assert.Equal(["general-1", "general-102"], offers);
        Assert.Equal(["general-1", "general-102"], desk["offers"]!.AsArray().Select(offer => offer!["offerId"]!.GetValue<string>()));
        Assert.Equal(("Ada Lovelace", 5), (desk["name"]!.GetValue<string>(), desk["capacity"]!.GetValue<int>()));
        Assert.NotNull(desk["desk"]);
    }

    [Fact]
    public async Task A_console_that_vanishes_leaves_nothing_behind()
    {
        var world = new GrainWorld();
        await using var gateway = await StartAsync(world);
        var others = world.Subscribers;
        var console = await SocketClient.OpenDeskAsync(gateway, "ada");
        await console.ReadAsync("desk");
        Assert.Equal(others + 1, world.Subscribers);

        var seen = Watch(world);
        await console.DisposeAsync();
        await seen.Lost.Task.WaitAsync(Patience);

        Assert.Equal(others, world.Subscribers);
    }

    private static async Task<RunningGateway> StartAsync(GrainWorld? world = null, GatewayOptions? options = null)
    {
        var gateway = await RunningGateway.StartAsync(world, options);
        await gateway.SendAsync(
            HttpMethod.Put, "/api/agents/ada", RunningGateway.AgentToken, new { name = "Ada", queues = new[] { "general" }, capacity = 2 });
        return gateway;
    }

    private static Sightings Watch(GrainWorld world)
    {
        var seen = new Sightings();
        world.Fault = (_, command) =>
        {
            seen.See(command);
            return null;
        };
        return seen;
    }

    /// <summary>What the gateway told the agent's grain of its connections.</summary>
    private sealed class Sightings
    {
        private int _signs;

        public ConcurrentQueue<ConnectionOpened> Opened { get; } = [];

        public TaskCompletionSource<ConnectionLost> Lost { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Renewed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Signs => _signs;

        public void See(Command command)
        {
            switch (command)
            {
                case ConnectionOpened opened:
                    Opened.Enqueue(opened);
                    if (Opened.Count > 1)
                        Renewed.TrySetResult();
                    break;
                case ConnectionLost lost:
                    Lost.TrySetResult(lost);
                    break;
                case SignOfLife:
                    Interlocked.Increment(ref _signs);
                    break;
            }
        }
    }
}
