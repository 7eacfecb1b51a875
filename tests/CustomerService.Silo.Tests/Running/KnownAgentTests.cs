namespace CustomerService.Silo.Tests.Running;

/// <summary>A customer who comes back in another conversation, through the whole system.</summary>
public sealed class KnownAgentTests : IAsyncLifetime
{
    private readonly KnownAgentWorld _world = new("""
        queues: { general: [] }
        human_intents: [talk_to_human]
        workflow:
          filters:
            - name: all
              known_agent: { wait: 60s, within: 7d }
              targets: [{ queue: routed }]
        """);

    /// <summary>On Monday Ada serves the visitor; Bob comes meanwhile, so that he is the one who is idle the longest. Then it is Tuesday.</summary>
    public async Task InitializeAsync()
    {
        await _world.StartAsync();
        await _world.ComesAsync("ada", present: 1, capacity: 1);
        await _world.AsksForAPersonAsync("visitor-1", "monday");
        await _world.TakesAsync("ada", "monday");
        await _world.ComesAsync("bob", present: 2);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.ResolvesAsync("ada", "visitor-1", "monday");
        _world.Clock.Advance(TimeSpan.FromDays(1));
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task NextConversation_IsOfferedFirstToWhoServedTheCustomerBefore()
    {
        await _world.AsksForAPersonAsync("visitor-2", "stranger");
        Assert.Equal("bob", (await _world.OfferedAsync("stranger")).Offer.AgentId);

        await _world.AsksForAPersonAsync("visitor-1", "tuesday");

        var (offer, _) = await _world.OfferedAsync("tuesday");
        Assert.Equal("ada", offer.AgentId);
        Assert.Contains("knows the customer", offer.Match.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NextConversation_IsOfferedToAnybody_WhenThatAgentIsNotThere()
    {
        await _world.GoesAsync("ada", present: 1);
        var asked = _world.Clock.GetUtcNow();

        await _world.AsksForAPersonAsync("visitor-1", "tuesday");

        var (offer, at) = await _world.OfferedAsync("tuesday");
        Assert.Equal(("bob", asked), (offer.AgentId, at));
    }

    [Fact]
    public async Task NextConversation_IsOfferedToAnybody_OnceTheWaitIsOver()
    {
        await _world.GoesAsync("bob", present: 1);
        await _world.AsksForAPersonAsync("visitor-2", "other");
        await _world.TakesAsync("ada", "other"); // Her desk is full now.
        await _world.ComesAsync("bob", present: 2);
        var asked = _world.Clock.GetUtcNow();
        await _world.AsksForAPersonAsync("visitor-1", "tuesday");
        await _world.InLineAsync("tuesday");

        _world.Clock.Advance(TimeSpan.FromSeconds(60));

        var (offer, at) = await _world.OfferedAsync("tuesday");
        Assert.Equal(("bob", asked.AddSeconds(60)), (offer.AgentId, at));
        Assert.Contains(offer.Match.Considered, agent => agent is { AgentId: "ada", Verdict: "skipped" });
    }

    [Fact]
    public async Task NextConversation_IsOfferedToAnybody_WhenThatWasLongAgo()
    {
        _world.Clock.Advance(TimeSpan.FromDays(7));

        await _world.AsksForAPersonAsync("visitor-1", "next week");

        Assert.Equal("bob", (await _world.OfferedAsync("next week")).Offer.AgentId);
    }
}
