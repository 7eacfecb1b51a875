using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Grains;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>A gateway in front of real grains where every message goes to a person, with the moves that staff make.</summary>
internal sealed class ContactCentre : IAsyncDisposable
{
    private ContactCentre(RunningGateway gateway) => Gateway = gateway;

    public RunningGateway Gateway { get; }

    public static async Task<ContactCentre> OpenAsync(GatewayOptions? options = null, Staff.IDraftReview? drafts = null) =>
        new(await RunningGateway.StartAsync(new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff()), Drafts = drafts }, options));

    /// <summary>The moves of the staff at that gateway.</summary>
    public static ContactCentre In(RunningGateway gateway) => new(gateway);

    /// <summary>A customer who waits for a person; their token.</summary>
    public async Task<string> WaitingAsync(string conversation)
    {
        var token = (await Gateway.BeginSessionAsync()).Token;
        await Gateway.SayAsync(token, "A person please", conversation);
        await Gateway.MessagesAsync(token, conversation, 2);
        return token;
    }

    /// <summary>A customer whom that agent, who signs in for it, has accepted; the customer's token.</summary>
    public async Task<string> HeldAsync(string conversation, string agent = "ada", params string[] queues)
    {
        var token = await WaitingAsync(conversation);
        await SignInAsync(agent, queues);
        await AcceptAsync(agent);
        return token;
    }

    public async Task SignInAsync(string agent, params string[] queues)
    {
        await DoAsync(HttpMethod.Put, $"/api/agents/{agent}", new { name = agent, queues = queues.Length == 0 ? ["general"] : queues, capacity = 1 });
        await DoAsync(HttpMethod.Post, $"/api/agents/{agent}/presence", new { presence = "available" });
    }

    /// <summary>Accepts the first offer on the agent's desk.</summary>
    public async Task AcceptAsync(string agent)
    {
        var desk = (await DoAsync(HttpMethod.Get, $"/api/agents/{agent}")).Json;
        Assert.True(desk["offers"]!.AsArray().Count > 0, $"Nothing is offered to {agent}: {desk}");
        await DoAsync(HttpMethod.Post, $"/api/agents/{agent}/offers/{desk["offers"]![0]!["offerId"]}/accept");
    }

    public async Task ConfigureAsync(string queue, QueuePolicy policy) =>
        Assert.IsType<Done>(await Gateway.World.AskAsync(Grain.Queue(queue), new ConfigureQueue(policy)));

    /// <summary>The policy of a queue with a next tier.</summary>
    public static QueuePolicy Tier(string tier, string? escalateTo) => QueuePolicy.Default with
    {
        Tier = tier,
        EscalateTo = escalateTo,
        Terms = new QueueTerms { Version = tier, Tier = tier, EscalateTo = escalateTo },
    };

    /// <summary>Something that must work.</summary>
    public async Task<Answer> DoAsync(HttpMethod method, string path, object? body = null)
    {
        var answer = await TryAsync(method, path, body);
        Assert.True((int)answer.Status < 300, $"{method} {path}: {(int)answer.Status} {answer.Text}");
        return answer;
    }

    public Task<Answer> ActAsync(string conversation, string act, object body) => DoAsync(HttpMethod.Post, $"/api/conversations/{conversation}/{act}", body);

    public Task<Answer> TryActAsync(string conversation, string act, object body) => TryAsync(HttpMethod.Post, $"/api/conversations/{conversation}/{act}", body);

    public Task<Answer> TryAsync(HttpMethod method, string path, object? body = null) => Gateway.SendAsync(method, path, RunningGateway.AgentToken, body);

    /// <summary>What staff see of it.</summary>
    public async Task<JsonNode> InternalAsync(string conversation)
    {
        var answer = await Gateway.ReadAsync(RunningGateway.AgentToken, conversation);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json["internal"]!;
    }

    public async Task<string> StateAsync(string conversation) => (await InternalAsync(conversation))["state"]!.GetValue<string>();

    /// <summary>The line of a queue, first to last.</summary>
    public async Task<IEnumerable<string>> LineAsync(string queue) =>
        (await DoAsync(HttpMethod.Get, $"/api/queues/{queue}")).Json["head"]!.AsArray().Select(each => each!["conversationId"]!.GetValue<string>());

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
