using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Staff;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests;

public sealed class StaffRequestTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task An_agent_takes_a_handed_over_conversation_answers_and_resolves_it()
    {
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff()) });
        var token = (await gateway.BeginSessionAsync()).Token;
        var configured = await AgentAsync(gateway, HttpMethod.Put, "/api/agents/ada", new { name = "Ada", queues = new[] { "general" }, skills = Array.Empty<string>(), capacity = 2 });
        await AgentAsync(gateway, HttpMethod.Post, "/api/agents/ada/presence", new { presence = "available" });
        await gateway.SayAsync(token, "A person please", "c-1");
        await gateway.MessagesAsync(token, "c-1", 2);

        var desk = await AgentAsync(gateway, HttpMethod.Get, "/api/agents/ada");
        var offer = desk.Json["offers"]![0]!["offerId"]!.GetValue<string>();
        var accepted = await AgentAsync(gateway, HttpMethod.Post, $"/api/agents/ada/offers/{offer}/accept");
        var theirs = (await gateway.ReadAsync(token, "c-1")).Json["standing"]!;
        var reply = await AgentAsync(gateway, HttpMethod.Post, "/api/conversations/c-1/replies", new { agentId = "ada", messageId = "r-1", text = "Hello, Ada here." });
        var again = await AgentAsync(gateway, HttpMethod.Post, "/api/conversations/c-1/replies", new { agentId = "ada", messageId = "r-1", text = "Hello, Ada here." });
        var resolved = await AgentAsync(gateway, HttpMethod.Post, "/api/conversations/c-1/resolve", new { agentId = "ada" });
        var after = (await gateway.ReadAsync(token, "c-1")).Json;

        Assert.Equal(HttpStatusCode.OK, configured.Status);
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal(["c-1"], accepted.Json["conversations"]!.AsArray().Select(id => id!.GetValue<string>()));
        Assert.Equal(("assigned", "Ada"), (theirs["status"]!.GetValue<string>(), theirs["agent"]!.GetValue<string>()));
        Assert.Equal((3, true), (reply.Json["sequence"]!.GetValue<int>(), again.Json["duplicate"]!.GetValue<bool>()));
        Assert.Equal(HttpStatusCode.NoContent, resolved.Status);
        Assert.Equal("resolved", after["standing"]!["status"]!.GetValue<string>());
        Assert.Equal(("agent", "Hello, Ada here."), (after["messages"]![2]!["author"]!.GetValue<string>(), after["messages"]![2]!["text"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_customer_is_described_and_known_by_an_address()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var set = await AgentAsync(gateway, HttpMethod.Put, "/api/customers/ada-1", new { name = "Ada Brook", tier = "gold" });
        var kept = await AgentAsync(gateway, HttpMethod.Put, "/api/customers/ada-1", new { language = "en" });
        var linked = await AgentAsync(gateway, HttpMethod.Put, "/api/customers/ada-1/addresses/chat/visitor-1");
        var unknown = await AgentAsync(gateway, HttpMethod.Put, "/api/customers/ada-1", new { tier = "diamond" });

        Assert.Equal("gold", set.Json["profile"]!["tier"]!.GetValue<string>());
        Assert.Equal("Ada Brook", kept.Json["profile"]!["name"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NoContent, linked.Status);
        unknown.ShouldBe(422, "unknown_tier");
    }

    [Fact]
    public async Task A_declined_offer_leaves_the_conversation_in_the_line()
    {
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff(priority: 8)) });
        await AgentAsync(gateway, HttpMethod.Put, "/api/agents/ada", new { name = "Ada", queues = new[] { "general" }, capacity = 1 });
        await AgentAsync(gateway, HttpMethod.Post, "/api/agents/ada/presence", new { presence = "available" });
        await gateway.SayAsync(null, "A person please", "c-1");
        await gateway.ReadAsync(RunningGateway.AgentToken, "c-1", "?after=1&wait=10");
        var offer = (await AgentAsync(gateway, HttpMethod.Get, "/api/agents/ada")).Json["offers"]![0]!["offerId"]!.GetValue<string>();

        await AgentAsync(gateway, HttpMethod.Post, $"/api/agents/ada/offers/{offer}/decline", new { reason = "lunch" });
        var gone = await AgentAsync(gateway, HttpMethod.Post, $"/api/agents/ada/offers/{offer}/accept");
        var queue = (await AgentAsync(gateway, HttpMethod.Get, "/api/queues/general")).Json;

        gone.ShouldBe(409, "offer_gone");
        Assert.Equal(1, queue["waiting"]!.GetValue<int>());
        Assert.Equal(1, queue["byPriority"]!["high"]!.GetValue<int>());
        Assert.Equal("c-1", queue["head"]![0]!["conversationId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_transfer_moves_the_conversation_once_however_often_it_is_sent()
    {
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff()) }, RunningGateway.Options with { Queues = ["general", "billing"] });
        await gateway.SayAsync(null, "A person please", "c-1");
        await gateway.ReadAsync(RunningGateway.AgentToken, "c-1", "?after=1&wait=10");

        for (var time = 0; time < 2; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/conversations/c-1/transfer")
            {
                Content = System.Net.Http.Json.JsonContent.Create(new { agentId = "ada", queue = "billing", priority = 7, reason = "a refund" }),
            };
            request.Headers.Add("Idempotency-Key", "transfer-1");
            Assert.Equal(HttpStatusCode.NoContent, (await gateway.SendAsync(request, RunningGateway.AgentToken)).Status);
        }

        Assert.Equal(1, (await AgentAsync(gateway, HttpMethod.Get, "/api/queues/billing")).Json["waiting"]!.GetValue<int>());
        Assert.Equal(0, (await AgentAsync(gateway, HttpMethod.Get, "/api/queues/general")).Json["waiting"]!.GetValue<int>());
        Assert.Equal("billing", (await gateway.ReadAsync(RunningGateway.AgentToken, "c-1")).Json["internal"]!["queue"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_transfer_goes_to_a_queue_that_only_an_agent_serves_and_keeps_the_priority()
    {
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff(priority: 4)) });
        await gateway.SayAsync(null, "A person please", "c-1");
        await gateway.ReadAsync(RunningGateway.AgentToken, "c-1", "?after=1&wait=10");
        await AgentAsync(gateway, HttpMethod.Put, "/api/agents/vera", new { name = "Vera", queues = new[] { "vip" }, capacity = 1 });
        await AgentAsync(gateway, HttpMethod.Post, "/api/agents/vera/presence", new { presence = "available" });

        Assert.Equal(HttpStatusCode.NoContent, (await AgentAsync(gateway, HttpMethod.Post, "/api/conversations/c-1/transfer", new { by = "sue", queue = "vip" })).Status);

        var internals = (await gateway.ReadAsync(RunningGateway.AgentToken, "c-1")).Json["internal"]!;
        Assert.Equal(("vip", 4), (internals["queue"]!.GetValue<string>(), internals["handoff"]!["priority"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_ticket_is_read_by_its_id()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        await gateway.SayAsync(token, "Hello", "c-1", "m-1");
        await gateway.MessagesAsync(token, "c-1", 2);

        var ticket = await AgentAsync(gateway, HttpMethod.Get, "/api/tickets/t-1");

        Assert.Equal(("c-1", "open"), (ticket.Json["conversationId"]!.GetValue<string>(), ticket.Json["status"]!.GetValue<string>()));
        (await AgentAsync(gateway, HttpMethod.Get, "/api/tickets/t-none")).ShouldBe(404, "no_such_ticket");
    }

    [Theory]
    [InlineData("PUT", "/api/agents/ada", """{"queues":["general"],"capacity":1}""", 400, "invalid_field")]
    [InlineData("PUT", "/api/agents/ada", """{"name":"Ada"}""", 400, "invalid_field")]
    [InlineData("PUT", "/api/agents/a%20b", """{"name":"Ada","capacity":1}""", 400, "invalid_field")]
    [InlineData("POST", "/api/agents/ada/presence", """{"presence":"asleep"}""", 400, "invalid_field")]
    [InlineData("POST", "/api/agents/nobody/presence", """{"presence":"away"}""", 404, "no_such_agent")]
    [InlineData("POST", "/api/agents/nobody/presence", """{"by":"lead"}""", 400, "invalid_field")]
    [InlineData("POST", "/api/agents/nobody/alive", null, 404, "no_such_agent")]
    [InlineData("POST", "/api/agents/nobody/wrap-ups/c-1/complete", """{}""", 409, "no_wrap_up")]
    [InlineData("GET", "/api/agents/nobody/timeline", null, 404, "no_such_agent")]
    [InlineData("PUT", "/api/agents/ada", """{"name":"Ada","capacity":101}""", 400, "invalid_field")]
    [InlineData("PUT", "/api/agents/ada", """{"name":"Ada","capacity":1,"skills":["es"],"levels":{"es":9}}""", 422, "level_out_of_range")]
    [InlineData("PUT", "/api/agents/ada", """{"name":"Ada","capacity":1,"desk":{"channels":{"chat":{}}}}""", 400, "invalid_field")]
    [InlineData("PUT", "/api/agents/ada", """{"name":"Ada","capacity":1,"desk":{"activities":[{"available":true}]}}""", 422, "invalid_desk")]
    [InlineData("GET", "/api/agents/nobody", null, 404, "no_such_agent")]
    [InlineData("POST", "/api/conversations/c-none/notes", """{"agentId":"ada","text":"x"}""", 404, "no_such_conversation")]
    [InlineData("POST", "/api/conversations/c-none/resolve", """{"agentId":"ada"}""", 404, "no_such_conversation")]
    [InlineData("POST", "/api/conversations/c-none/transfer", """{"agentId":"ada","queue":"general"}""", 404, "no_such_conversation")]
    [InlineData("POST", "/api/conversations/c-none/transfer", """{"by":"sue","queue":"nowhere"}""", 422, "unknown_queue")]
    [InlineData("POST", "/api/conversations/c-none/transfer", """{"agentId":"ada"}""", 400, "invalid_field")]
    [InlineData("POST", "/api/conversations/c-none/transfer", """{"agentId":"ada","queue":"general","priority":11}""", 400, "invalid_field")]
    [InlineData("POST", "/api/conversations/c-none/replies", """{"agentId":"ada","text":"x"}""", 409, "not_assigned")]
    [InlineData("POST", "/api/conversations/c-none/replies", """{"text":"x"}""", 400, "invalid_field")]
    [InlineData("POST", "/api/conversations/c-none/replies", """{"agentId":"ada","text":""}""", 400, "invalid_field")]
    [InlineData("POST", "/api/operations/parked/p-none/retry", null, 404, "no_such_parked_command")]
    [InlineData("GET", "/api/operations/parked-mails/support/m-none", null, 404, "no_such_parked_mail")]
    [InlineData("POST", "/api/operations/parked-mails/support/m-none/retry", null, 404, "no_such_parked_mail")]
    [InlineData("POST", "/api/operations/parked-mails/support/m-none/drop", null, 404, "no_such_parked_mail")]
    public async Task What_cannot_be_is_refused_with_its_code(string method, string path, string? body, int status, string code) =>
        (await shared.Gateway.SendAsync(new HttpMethod(method), path, RunningGateway.OperatorToken, body)).ShouldBe(status, code);

    [Theory]
    [InlineData("PUT", "/api/agents/ada")]
    [InlineData("GET", "/api/agents/ada")]
    [InlineData("POST", "/api/agents/ada/presence")]
    [InlineData("POST", "/api/agents/ada/alive")]
    [InlineData("POST", "/api/agents/ada/wrap-ups/c-1/complete")]
    [InlineData("GET", "/api/agents/ada/timeline")]
    [InlineData("POST", "/api/agents/ada/offers/o-1/accept")]
    [InlineData("POST", "/api/agents/ada/offers/o-1/decline")]
    [InlineData("POST", "/api/conversations/c-1/replies")]
    [InlineData("POST", "/api/conversations/c-1/notes")]
    [InlineData("POST", "/api/conversations/c-1/resolve")]
    [InlineData("POST", "/api/conversations/c-1/transfer")]
    [InlineData("POST", "/api/conversations/c-1/typing")]
    [InlineData("GET", "/api/conversations/c-1/trace")]
    [InlineData("GET", "/api/queues/general")]
    [InlineData("GET", "/api/tickets/t-1")]
    [InlineData("GET", "/api/operations/cluster")]
    [InlineData("GET", "/api/operations/parked")]
    [InlineData("POST", "/api/operations/parked/p-1/retry")]
    [InlineData("POST", "/api/operations/parked/p-1/drop")]
    [InlineData("GET", "/api/operations/parked-mails")]
    [InlineData("GET", "/api/operations/parked-mails/support/m-1")]
    [InlineData("POST", "/api/operations/parked-mails/support/m-1/retry")]
    [InlineData("POST", "/api/operations/parked-mails/support/m-1/drop")]
    [InlineData("GET", "/api/conversations/c-1/messages/1/source")]
    public async Task Only_staff_comes_in_and_only_operators_operate(string method, string path)
    {
        var gateway = shared.Gateway;

        (await gateway.SendAsync(new HttpMethod(method), path)).ShouldBe(401, "token_missing");
        (await gateway.SendAsync(new HttpMethod(method), path, "guessed-token-of-somebody")).ShouldBe(401, "token_invalid");
        (await gateway.SendAsync(new HttpMethod(method), path, (await gateway.BeginSessionAsync()).Token)).ShouldBe(403, "forbidden");
        (await shared.Closed.SendAsync(new HttpMethod(method), path, RunningGateway.OperatorToken)).ShouldBe(401, "token_invalid");
        if (path.Contains("operations", StringComparison.Ordinal))
            (await gateway.SendAsync(new HttpMethod(method), path, RunningGateway.AgentToken)).ShouldBe(403, "forbidden");
    }

    [Fact]
    public async Task Operators_see_how_the_system_stands()
    {
        var world = new GrainWorld();
        world.Parked.Add(new ParkedCommand("p-1", "conversation/c-1", "ReceiveMessage", "a bug", TimeProvider.System.GetUtcNow()));
        await using var gateway = await RunningGateway.StartAsync(world);
        await gateway.SayAsync(null, "Hello", "c-1");

        var status = (await gateway.SendAsync(HttpMethod.Get, "/api/operations/cluster", RunningGateway.OperatorToken)).Json;

        Assert.Equal(("in-process", 1), (status["host"]!.GetValue<string>(), status["parkedCommands"]!.GetValue<int>()));
        var silo = Assert.Single(status["silos"]!.AsArray())!;
        Assert.Equal(("world", "active", 1), (silo["name"]!.GetValue<string>(), silo["status"]!.GetValue<string>(), silo["activations"]!["conversation"]!.GetValue<int>()));
        Assert.Null(silo["cpuPercent"]);
    }

    [Fact]
    public async Task Parked_commands_are_listed_sent_again_and_given_up()
    {
        var world = new GrainWorld();
        foreach (var id in (string[])["conversation/c-1@3.0", "p-2"])
            world.Parked.Add(new ParkedCommand(id, "conversation/c-1", "ReceiveMessage", "a bug", TimeProvider.System.GetUtcNow()));
        await using var gateway = await RunningGateway.StartAsync(world);

        var listed = await gateway.SendAsync(HttpMethod.Get, "/api/operations/parked", RunningGateway.OperatorToken);
        var retried = await gateway.SendAsync(HttpMethod.Post, "/api/operations/parked/conversation%2Fc-1%403.0/retry", RunningGateway.OperatorToken);
        var dropped = await gateway.SendAsync(HttpMethod.Post, "/api/operations/parked/p-2/drop", RunningGateway.OperatorToken);

        Assert.Equal(2, listed.Json["parked"]!.AsArray().Count);
        Assert.Equal("a bug", listed.Json["parked"]![0]!["reason"]!.GetValue<string>());
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (retried.Status, dropped.Status));
        Assert.Empty(world.Parked);
    }

    private static Task<Answer> AgentAsync(RunningGateway gateway, HttpMethod method, string path, object? body = null) =>
        gateway.SendAsync(method, path, RunningGateway.AgentToken, body);
}
