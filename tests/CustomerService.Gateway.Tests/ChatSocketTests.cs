using System.Net.WebSockets;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Tests;

public sealed class ChatSocketTests
{
    [Fact]
    public async Task A_message_is_accepted_then_shown_then_answered()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await using var page = await SocketClient.OpenAsync(gateway, (await gateway.BeginSessionAsync()).Token, "c-1");

        var ready = await page.ReadAsync("ready");
        await page.SendAsync(new { type = "message", id = "m-1", text = "Hello" });
        var accepted = await page.ReadAsync("accepted");
        await using var second = await SocketClient.OpenAsync(gateway, (await gateway.BeginSessionAsync()).Token, "c-2");
        var answer = await gateway.ReadAsync(RunningGateway.AgentToken, "c-1", "?after=1&wait=10");

        Assert.Equal("chat.v1", page.Socket.SubProtocol);
        Assert.Equal("c-1", ready["conversation"]!.GetValue<string>());
        Assert.Equal("""{"type":"accepted","id":"m-1","sequence":1,"duplicate":false}""", accepted.ToJsonString());
        Assert.Equal("You said: Hello", answer.Json["messages"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_transcript_and_where_it_stands_are_told_in_order()
    {
        var world = new GrainWorld();
        await using var gateway = await RunningGateway.StartAsync(world);
        var token = (await gateway.BeginSessionAsync()).Token;
        await using var page = await SocketClient.OpenAsync(gateway, token, "c-1");

        await page.SendAsync(new { type = "message", id = "m-1", text = "Hello" });
        var question = await page.ReadAsync("message");
        var answer = await page.ReadAsync("message");
        var standing = await page.ReadAsync("status", frame => !frame["working"]!.GetValue<bool>() && frame["lastSequence"]!.GetValue<int>() == 2);

        Assert.Equal(("customer", 1, "m-1"), (question["author"]!.GetValue<string>(), question["sequence"]!.GetValue<int>(), question["id"]!.GetValue<string>()));
        Assert.Equal(("assistant", 2), (answer["author"]!.GetValue<string>(), answer["sequence"]!.GetValue<int>()));
        Assert.Equal("assistant", standing["status"]!.GetValue<string>());
        Assert.Equal("t-1", standing["ticketId"]!.GetValue<string>());
    }

    [Fact]
    public async Task While_the_pipeline_runs_the_page_is_told_so()
    {
        var finish = new TaskCompletionSource();
        var world = new GrainWorld
        {
            Script = async _ =>
            {
                await finish.Task;
                return Outcomes.Answer("Done", "Track my order", "Talk to a person");
            },
        };
        await using var gateway = await RunningGateway.StartAsync(world);
        await using var page = await SocketClient.OpenAsync(gateway, (await gateway.BeginSessionAsync()).Token, "c-1");

        await page.SendAsync(new { type = "message", id = "m-1", text = "Hello" });
        await page.ReadAsync("status", frame => frame["working"]!.GetValue<bool>());
        finish.SetResult();
        var answer = await page.ReadAsync("message", frame => frame["author"]!.GetValue<string>() == "assistant");
        await page.ReadAsync("status", frame => !frame["working"]!.GetValue<bool>());

        Assert.Equal(["Track my order", "Talk to a person"], answer["actions"]!.AsArray().Select(action => action!.GetValue<string>()));
    }

    [Fact]
    public async Task Without_a_token_in_the_handshake_the_first_frame_says_hello()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var session = await gateway.BeginSessionAsync();
        await using var known = await SocketClient.OpenAsync(gateway, token: null, "c-1");
        await using var fresh = await SocketClient.OpenAsync(gateway, token: null);
        await using var rude = await SocketClient.OpenAsync(gateway, token: null);

        await known.SendAsync(new { type = "hello", token = session.Token });
        await fresh.SendAsync(new { type = "hello" });
        await rude.SendAsync(new { type = "message", text = "Hello" });
        var ready = await fresh.ReadAsync("ready");

        Assert.Equal(session.Visitor, (await known.ReadAsync("ready"))["visitor"]!.GetValue<string>());
        Assert.Matches("^c-[0-9a-f]{32}$", ready["conversation"]!.GetValue<string>());
        Assert.NotNull(ready["token"]);
        Assert.Equal("token_missing", (await rude.ReadAsync("error"))["code"]!.GetValue<string>());
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "token_missing"), await rude.ClosedAsync());
    }

    [Fact]
    public async Task A_forged_token_is_refused_at_the_handshake()
    {
        await using var gateway = await RunningGateway.StartAsync();

        Assert.Equal(401, (await Assert.ThrowsAsync<HandshakeRefused>(() => SocketClient.OpenAsync(gateway, "forged"))).Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<HandshakeRefused>(() => SocketClient.OpenAsync(gateway, RunningGateway.AgentToken))).Status);
    }

    [Fact]
    public async Task Somebody_elses_conversation_is_closed_with_its_reason()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.SayAsync(null, "A secret", "c-theirs");
        await using var page = await SocketClient.OpenAsync(gateway, (await gateway.BeginSessionAsync()).Token, "c-theirs");

        var error = await page.ReadAsync();

        Assert.Equal("error", error!["type"]!.GetValue<string>());
        Assert.Equal("not_your_conversation", error["code"]!.GetValue<string>());
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "not_your_conversation"), await page.ClosedAsync());
    }

    [Fact]
    public async Task A_conversation_that_becomes_somebody_elses_tells_nothing()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await using var early = await SocketClient.OpenAsync(gateway, (await gateway.BeginSessionAsync()).Token, "c-guessed");
        await early.ReadAsync("status");

        await gateway.SayAsync(null, "A secret", "c-guessed");
        var next = await early.ReadAsync();

        Assert.Equal("not_your_conversation", next!["code"]!.GetValue<string>());
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "not_your_conversation"), await early.ClosedAsync());
    }

    [Theory]
    [InlineData(null, 101)]
    [InlineData("same", 101)]
    [InlineData("https://shop.example", 101)]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    public async Task Only_our_own_and_allowed_origins_open_a_socket(string? origin, int status)
    {
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld { Channels = "chat: { allowed_origins: [\"https://shop.example\"] }" });
        var named = origin == "same" ? gateway.Address.GetLeftPart(UriPartial.Authority) : origin;

        var opened = SocketClient.OpenAsync(gateway, (await gateway.BeginSessionAsync()).Token, origin: named);

        if (status == 101)
            await (await opened).DisposeAsync();
        else
            Assert.Equal(status, (await Assert.ThrowsAsync<HandshakeRefused>(() => opened)).Status);
    }

    [Fact]
    public async Task Receipts_show_on_the_messages_and_never_go_back()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        await using var page = await SocketClient.OpenAsync(gateway, token, "c-1");
        await page.SendAsync(new { type = "message", id = "m-1", text = "Hello" });
        await page.ReadAsync("message", frame => frame["sequence"]!.GetValue<int>() == 2);

        await page.SendAsync(new { type = "received", upTo = 2 });
        await page.ReadAsync("status", frame => frame["deliveredUpTo"]!.GetValue<int>() == 2);
        var delivered = (await gateway.ReadAsync(token, "c-1")).Json["messages"]![1]!["status"]!.GetValue<string>();
        await page.SendAsync(new { type = "read", upTo = 99 });
        await page.ReadAsync("status", frame => frame["readUpTo"]!.GetValue<int>() == 2);
        await page.SendAsync(new { type = "received", upTo = 1 });
        var read = (await gateway.ReadAsync(token, "c-1")).Json["messages"]![1]!["status"]!.GetValue<string>();

        Assert.Equal(("delivered", "read"), (delivered, read));
    }

    [Fact]
    public async Task Typing_shows_on_the_other_side()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        await using var page = await SocketClient.OpenAsync(gateway, token, "c-1");
        await page.SendAsync(new { type = "typing" });
        await page.SendAsync(new { type = "message", id = "m-1", text = "Hello" });
        await page.ReadAsync("accepted");

        var seen = (await gateway.ReadAsync(RunningGateway.AgentToken, "c-1")).Json["internal"]!["customerTypingAt"];
        await gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/typing", RunningGateway.AgentToken);

        Assert.NotNull(seen);
        Assert.Equal("agent", (await page.ReadAsync("typing"))["author"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_place_in_the_line_is_told_and_follows_the_line()
    {
        var world = new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff()) };
        await using var gateway = await RunningGateway.StartAsync(world, RunningGateway.Options with { QueuePlaceRefresh = TimeSpan.FromSeconds(1) });
        await gateway.SayAsync(null, "Me first", "c-first");
        await gateway.ReadAsync(RunningGateway.AgentToken, "c-first", "?after=1&wait=10");
        await using var page = await SocketClient.OpenAsync(gateway, (await gateway.BeginSessionAsync()).Token, "c-second");

        await page.SendAsync(new { type = "message", id = "m-1", text = "A person please" });
        var second = await page.ReadAsync("status", frame => frame["queue"] is not null);
        await gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-first/resolve", RunningGateway.AgentToken, new { agentId = "ada" });
        var first = await page.ReadAsync("position", frame => frame["position"]!.GetValue<int>() == 1);

        Assert.Equal(1, first["waiting"]!.GetValue<int>());
        Assert.Equal("queued", second["status"]!.GetValue<string>());
        Assert.Equal(2, second["queue"]!["position"]!.GetValue<int>());
        Assert.DoesNotContain("INTERNAL", second.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_that_is_wrong_is_told_and_the_socket_stays()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await using var page = await SocketClient.OpenAsync(gateway, (await gateway.BeginSessionAsync()).Token, "c-1");

        var answers = new List<string?>();
        foreach (var wrong in (string[])["{", "[]", """{"type":"dance"}""", """{"type":7}""", """{"type":"message","id":"a b","text":"x"}""",
            """{"type":"message","id":"m-1","text":"  "}""", """{"type":"message","id":"m-1"}""", """{"type":"read"}""", """{"type":"read","upTo":-1}"""])
        {
            await page.SendTextAsync(wrong);
            answers.Add((await page.ReadAsync("error"))["code"]!.GetValue<string>());
        }

        await page.SendAsync(new { type = "message", id = "m-1", text = "Hello" });
        Assert.Equal(
            ["malformed_json", "wrong_type", "invalid_field", "wrong_type", "invalid_field", "invalid_field", "invalid_field", "invalid_field", "invalid_field"],
            answers);
        Assert.Equal(1, (await page.ReadAsync("accepted"))["sequence"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_cannot_be_done_now_is_answered_with_busy_and_its_id()
    {
        var world = new GrainWorld();
        await using var gateway = await RunningGateway.StartAsync(world);
        await using var page = await SocketClient.OpenAsync(gateway, (await gateway.BeginSessionAsync()).Token, "c-1");
        await page.ReadAsync("status");

        world.Fault = (_, command) => command is ReceiveMessage ? new HostBusyException("full", TimeSpan.FromSeconds(3)) : null;
        await page.SendAsync(new { type = "message", id = "m-1", text = "Hello" });
        var busy = await page.ReadAsync("busy");
        world.Fault = (_, command) => command is ReceiveMessage ? new StoreUnavailableException("disk full") : null;
        await page.SendAsync(new { type = "message", id = "m-1", text = "Hello" });
        var stored = await page.ReadAsync("busy");
        world.Fault = (_, command) => command is ReceiveMessage ? new CommandParkedException("p-1", "a bug") : null;
        await page.SendAsync(new { type = "message", id = "m-1", text = "Hello" });
        var parked = await page.ReadAsync("error");

        Assert.Equal("""{"type":"busy","id":"m-1","retryAfter":3,"code":"busy"}""", busy.ToJsonString());
        Assert.Equal("store_unavailable", stored["code"]!.GetValue<string>());
        Assert.Equal("p-1", parked["parkedId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Too_big_frames_wrong_kinds_and_broken_text_are_closed_with_their_codes()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        await using var big = await SocketClient.OpenAsync(gateway, token);
        await using var binary = await SocketClient.OpenAsync(gateway, token);
        await using var broken = await SocketClient.OpenAsync(gateway, token);

        await big.SendAsync(new { type = "message", text = new string('x', 70_000) });
        await binary.SendBytesAsync([1, 2, 3], WebSocketMessageType.Binary);
        await broken.SendBytesAsync([.. """{"type":"message","text":"""u8, 0xC3, 0x28], WebSocketMessageType.Text);

        var (status, reason) = await big.ClosedAsync();
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, status);
        Assert.Contains("65536", reason, StringComparison.Ordinal);
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, (await binary.ClosedAsync()).Status);
        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, (await broken.ClosedAsync()).Status);
    }

    [Fact]
    public async Task A_frame_of_exactly_the_limit_is_taken()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await using var page = await SocketClient.OpenAsync(gateway, (await gateway.BeginSessionAsync()).Token, "c-1");
        const string around = """{"type":"message","id":"m-1","text":""}""";

        await page.SendTextAsync(around.Insert(around.Length - 2, new string('x', 65_536 - around.Length)));

        Assert.Equal("m-1", (await page.ReadAsync("accepted"))["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task When_the_server_stops_the_page_is_told_to_come_back()
    {
        var world = new GrainWorld();
        var gateway = await RunningGateway.StartAsync(world);
        await using var page = await SocketClient.OpenAsync(gateway, (await gateway.BeginSessionAsync()).Token, "c-1");
        await page.ReadAsync("status");

        var stopping = gateway.StopAsync();
        var (status, reason) = await page.ClosedAsync();
        await stopping;
        await gateway.DisposeAsync();

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, status);
        Assert.Contains("connect again", reason, StringComparison.Ordinal);
        Assert.Equal(0, world.Subscribers);
    }

    [Fact]
    public async Task A_request_that_is_no_socket_is_told_so()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var answer = await gateway.SendAsync(HttpMethod.Get, "/api/chat/socket");

        answer.ShouldBe(426, "websocket_required");
        Assert.Equal("websocket", answer.Headers["Upgrade"]);
    }
}
