using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Tests;

public sealed class FaultTests
{
    [Fact]
    public async Task A_busy_host_is_429_with_when_to_try_again()
    {
        await using var gateway = await FailingWithAsync(new HostBusyException("the mailbox of conversation/c-1 is full", TimeSpan.FromMilliseconds(1_500)));

        var answer = await gateway.SayAsync(null, "Hello", "c-1");

        Assert.Equal(2, answer.ShouldBe(429, "busy")["retryAfter"]!.GetValue<int>());
        Assert.Equal("2", answer.Headers["Retry-After"]);
    }

    [Fact]
    public async Task A_store_that_is_away_is_503_with_when_to_try_again()
    {
        await using var gateway = await FailingWithAsync(new StoreUnavailableException("SQLite error 13: database or disk is full"));

        var answer = await gateway.SayAsync(null, "Hello", "c-1");

        answer.ShouldBe(503, "store_unavailable");
        Assert.Equal("5", answer.Headers["Retry-After"]);
        Assert.DoesNotContain("SQLite", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parked_command_is_500_with_its_id()
    {
        await using var gateway = await FailingWithAsync(new CommandParkedException("p-17", "NullReferenceException in ConversationBehaviour"));

        var answer = await gateway.SayAsync(null, "Hello", "c-1");

        Assert.Equal("p-17", answer.ShouldBe(500, "command_parked")["parkedId"]!.GetValue<string>());
        Assert.DoesNotContain("NullReference", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_is_500_and_tells_nothing_of_itself()
    {
        await using var gateway = await FailingWithAsync(new InvalidOperationException("secret internals"));

        var answer = await gateway.SayAsync(null, "Hello", "c-1");

        answer.ShouldBe(500, "internal_error");
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_unanswered_messages_are_429()
    {
        var never = new TaskCompletionSource<RunOutcome>();
        await using var gateway = await RunningGateway.StartAsync(
            new GrainWorld { Script = _ => never.Task }, RunningGateway.Options with { VisitorLimit = new RateLimit(1_000, 1_000) });
        var token = (await gateway.BeginSessionAsync()).Token;

        var answers = new List<Answer>();
        for (var number = 0; number <= ConversationState.MaxWaiting; number++)
            answers.Add(await gateway.SayAsync(token, "Hello?", "c-1"));

        Assert.All(answers.SkipLast(1), answer => Assert.Equal(202, (int)answer.Status));
        answers[^1].ShouldBe(429, "too_many_waiting");
        Assert.True(answers[^1].Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task One_visitor_who_sends_too_fast_is_held_back_and_others_are_not()
    {
        await using var gateway = await RunningGateway.StartAsync(options: RunningGateway.Options with { VisitorLimit = new RateLimit(3, 1) });
        var hasty = (await gateway.BeginSessionAsync()).Token;
        var calm = (await gateway.BeginSessionAsync()).Token;

        var answers = new List<Answer>();
        for (var number = 0; number < 20; number++)
            answers.Add(await gateway.ReadAsync(hasty, "c-1"));

        var refused = answers.First(answer => (int)answer.Status == 429);
        refused.ShouldBe(429, "too_many_requests");
        Assert.True(refused.Headers.ContainsKey("Retry-After"));
        Assert.Equal(202, (int)(await gateway.SayAsync(calm, "Hello")).Status);
    }

    private static Task<RunningGateway> FailingWithAsync(Exception fault) =>
        RunningGateway.StartAsync(new GrainWorld { Fault = (_, command) => command is ReceiveMessage ? fault : null });
}
