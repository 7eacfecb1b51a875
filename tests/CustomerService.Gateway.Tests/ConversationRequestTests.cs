using System.Net;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Gateway.Visitors;

namespace CustomerService.Gateway.Tests;

public sealed class ConversationRequestTests
{
    [Fact]
    public async Task After_and_limit_page_through_the_transcript()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        for (var number = 1; number <= 5; number++)
            await gateway.SayAsync(token, $"{number}", "c-1");
        await gateway.MessagesAsync(token, "c-1", 10);

        var sequences = new List<int>();
        var hasMore = true;
        while (hasMore)
        {
            var page = (await gateway.ReadAsync(token, "c-1", $"?limit=3&after={sequences.LastOrDefault()}")).Json;
            sequences.AddRange(page["messages"]!.AsArray().Select(message => message!["sequence"]!.GetValue<int>()));
            hasMore = page["hasMore"]!.GetValue<bool>();
        }

        Assert.Equal(Enumerable.Range(1, 10), sequences);
        Assert.Empty((await gateway.ReadAsync(token, "c-1", "?after=10")).Json["messages"]!.AsArray());
    }

    [Fact]
    public async Task Waiting_ends_when_something_new_is_there()
    {
        var finish = new TaskCompletionSource();
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld
        {
            Script = async _ =>
            {
                await finish.Task;
                return Outcomes.Answer("At last");
            },
        });
        var token = (await gateway.BeginSessionAsync()).Token;
        await gateway.SayAsync(token, "Hello", "c-1");
        Assert.True((await gateway.ReadAsync(token, "c-1")).Json["standing"]!["working"]!.GetValue<bool>());

        var waiting = gateway.ReadAsync(token, "c-1", "?after=1&wait=30");
        finish.SetResult();
        var news = (await waiting).Json;

        Assert.Equal("At last", news["messages"]![0]!["text"]!.GetValue<string>());
        Assert.False(news["standing"]!["working"]!.GetValue<bool>());
        Assert.Equal(["returns-policy"], news["messages"]![0]!["sources"]!.AsArray().Select(source => source!.GetValue<string>()));
    }

    [Fact]
    public async Task Waiting_ends_when_the_time_is_over_or_the_server_stops()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        await gateway.SayAsync(token, "Hello", "c-1");
        await gateway.MessagesAsync(token, "c-1", 2);

        var nothing = await gateway.ReadAsync(token, "c-1", "?after=2&wait=1");
        var waiting = gateway.ReadAsync(token, "c-1", "?after=2&wait=30");
        while (gateway.World.Subscribers < 2)
            await Task.Yield();
        await gateway.StopAsync();

        Assert.Equal((HttpStatusCode.OK, 0), (nothing.Status, nothing.Json["messages"]!.AsArray().Count));
        Assert.Equal(HttpStatusCode.OK, (await waiting).Status);
    }

    [Fact]
    public async Task Notes_and_what_agents_know_never_go_to_the_customer()
    {
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff()) });
        var session = await gateway.BeginSessionAsync();
        await gateway.SayAsync(session.Token, "A person please", "c-1");
        await gateway.MessagesAsync(session.Token, "c-1", 2);
        await gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/notes", RunningGateway.AgentToken, new { agentId = "ada", text = "INTERNAL NOTE" });

        var theirs = await gateway.ReadAsync(session.Token, "c-1");
        var agents = (await gateway.ReadAsync(RunningGateway.AgentToken, "c-1")).Json["internal"]!;

        Assert.DoesNotContain("INTERNAL", theirs.Text, StringComparison.Ordinal);
        Assert.Null(theirs.Json["internal"]);
        Assert.Equal("queued", theirs.Json["standing"]!["status"]!.GetValue<string>());
        Assert.Equal(1, theirs.Json["standing"]!["queue"]!["position"]!.GetValue<int>());
        Assert.Equal("INTERNAL NOTE", agents["notes"]![0]!["text"]!.GetValue<string>());
        Assert.Equal("INTERNAL SUMMARY", agents["handoff"]!["summary"]!.GetValue<string>());
        Assert.Equal(session.Visitor, agents["address"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_trace_is_for_agents_and_has_every_task()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        await gateway.SayAsync(token, "Hello", "c-1", "m-1");
        await gateway.MessagesAsync(token, "c-1", 2);

        (await gateway.ReadAsync(token, "c-1/trace")).ShouldBe(403, "forbidden");
        (await gateway.ReadAsync(null, "c-1/trace")).ShouldBe(401, "token_missing");
        (await gateway.ReadAsync(RunningGateway.AgentToken, "c-none/trace")).ShouldBe(404, "no_such_conversation");
        var run = (await gateway.ReadAsync(RunningGateway.AgentToken, "c-1/trace")).Json["runs"]![0]!;

        Assert.Equal(("m-1", "automated", "chat"), (run["messageId"]!.GetValue<string>(), run["resolutionType"]!.GetValue<string>(), run["channel"]!.GetValue<string>()));
        Assert.Equal("receive_interaction", run["trace"]!["tasks"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("order_status", run["signals"]!["intent"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_failed_run_shows_its_reason_to_agents_and_a_kind_word_to_the_customer()
    {
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld { Script = _ => throw new TimeoutException("the model took too long") });
        var token = (await gateway.BeginSessionAsync()).Token;
        await gateway.SayAsync(token, "Hello", "c-1", "m-1");
        var messages = await gateway.MessagesAsync(token, "c-1", 2);

        var run = (await gateway.ReadAsync(RunningGateway.AgentToken, "c-1/trace")).Json["runs"]![0]!;

        Assert.Equal(("error_fallback", "the model took too long"), (run["resolutionType"]!.GetValue<string>(), run["reason"]!.GetValue<string>()));
        Assert.DoesNotContain("model", messages[1]!["text"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Tokens_that_do_not_hold_are_refused_each_with_its_reason()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        var expired = new VisitorTokens(RunningGateway.Key, TimeSpan.FromDays(-1), TimeProvider.System).Issue().Token;
        var foreign = new VisitorTokens(new byte[32], TimeSpan.FromDays(1), TimeProvider.System).Issue().Token;

        (await gateway.ReadAsync(null, "c-1")).ShouldBe(401, "token_missing");
        (await gateway.ReadAsync(expired, "c-1")).ShouldBe(401, "token_expired");
        (await gateway.ReadAsync(foreign, "c-1")).ShouldBe(401, "token_invalid");
        (await gateway.ReadAsync(token[..^2], "c-1")).ShouldBe(401, "token_invalid");
        (await gateway.SayAsync(expired, "Hello")).ShouldBe(401, "token_expired");
        using var basic = new HttpRequestMessage(HttpMethod.Get, "/api/conversations/c-1");
        basic.Headers.Add("Authorization", "Basic eDp5");
        var answer = await gateway.SendAsync(basic);

        answer.ShouldBe(401, "token_invalid");
        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task An_unknown_conversation_is_404_for_agents_too()
    {
        await using var gateway = await RunningGateway.StartAsync();

        (await gateway.ReadAsync(RunningGateway.AgentToken, "c-none")).ShouldBe(404, "no_such_conversation");
    }
}
