using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Queues.Matching;

namespace CustomerService.Grains.Tests.Queues.Matching;

public sealed class FloorTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static WaitingConversation Waiting(string id, int minutes, int priority = 5) =>
        new(id, priority, Noon.AddMinutes(-minutes), [], Offers: 0);

    private static FloorAgent Agent(string id, int free = 1, int idleMinutes = 0, params string[] skills) =>
        new(id, free, [.. skills], Noon.AddMinutes(-idleMinutes), SeenOffer: 0) { Present = true };

    private static OpenOffer Offer(long number, string agent) => new(OfferIds.Of("general", number), agent, Noon.AddSeconds(30));

    private static Floor FloorOf(QueuePolicy policy, WaitingConversation[] waiting, params FloorAgent[] agents) => Floor.Of(policy, waiting, agents);

    [Fact]
    public void EqualPriority_LongestWaitIsFirst()
    {
        var floor = FloorOf(QueuePolicy.Default, [Waiting("young", 1), Waiting("old", 9), Waiting("urgent", 0, priority: 8)]);

        Assert.Equal(["urgent", "old", "young"], floor.Head(5).Select(each => each.ConversationId));
        Assert.Equal(2, floor.PlaceOf("old"));
        Assert.Equal(0, floor.PlaceOf("nobody"));
        Assert.Equal(1, floor.CountOver(5));
        Assert.Equal(Noon.AddMinutes(-9), floor.OldestSince());
    }

    [Fact]
    public void PriorityCountsAsSeconds_LongWaitOvertakesIt()
    {
        var aging = QueuePolicy.Default with { PriorityPointSeconds = 60 };
        var floor = FloorOf(aging, [Waiting("urgent", 0, priority: 8), Waiting("older", 4), Waiting("younger", 2)]);

        Assert.Equal(["older", "urgent", "younger"], floor.Head(5).Select(each => each.ConversationId));
    }

    [Fact]
    public void RequiredSkillBelowItsLevel_IsNeverMatched()
    {
        var asks = Waiting("c", 5) with { Needs = [new SkillNeed("french", 3, Required: true)] };
        var floor = FloorOf(
            QueuePolicy.Default, [asks],
            Agent("some", skills: "french") with { Levels = ImmutableDictionary<string, int>.Empty.Add("french", 2) });

        Assert.Null(floor.BestAgent("c", Noon));
        Assert.Null(floor.BestFor("some", Noon));
        Assert.Equal("full", floor.Put(Agent("full", skills: "french")).BestAgent("c", Noon));
    }

    [Fact]
    public void WishedSkillThatNobodyHas_ExcludesNobody()
    {
        var asks = Waiting("c", 5) with { Skills = ["billing"] };
        var floor = FloorOf(QueuePolicy.Default, [asks], Agent("any", idleMinutes: 60));

        Assert.Equal("any", floor.BestAgent("c", Noon));
        Assert.Equal("skilled", floor.Put(Agent("skilled", idleMinutes: 1, skills: "billing")).BestAgent("c", Noon));
    }

    [Fact]
    public void WhoLetItGo_GetsItAgainOnlyWhenNobodyElseCan()
    {
        var floor = FloorOf(QueuePolicy.Default, [Waiting("c", 5) with { LetGoBy = "a" }], Agent("a", idleMinutes: 60));

        Assert.Equal("a", floor.BestAgent("c", Noon));
        Assert.Equal("c", floor.BestFor("a", Noon));
        var two = floor.Put(Agent("b"));
        Assert.Equal("b", two.BestAgent("c", Noon));
        Assert.Null(two.BestFor("a", Noon));
    }

    [Fact]
    public void OfferTheAgentHasNotSeen_TakesAUnit()
    {
        var offered = Waiting("offered", 9) with { Pending = [Offer(4, "a")] };
        var floor = FloorOf(QueuePolicy.Default, [offered, Waiting("next", 1)], Agent("a") with { SeenOffer = 3 });

        Assert.Null(floor.BestFor("a", Noon));
        Assert.Equal("offered", floor.FindOffer("general-4")?.ConversationId);
        Assert.Equal("next", floor.Put(Agent("a") with { SeenOffer = 4 }).BestFor("a", Noon));
    }

    [Fact]
    public void PreferredAgentWhoIsThere_HoldsTheConversation()
    {
        var asks = Waiting("c", 1) with { PreferredAgent = "known", PreferredUntil = Noon.AddMinutes(2) };
        var busy = FloorOf(QueuePolicy.Default, [asks], Agent("known", free: 0), Agent("other"));

        Assert.Null(busy.BestAgent("c", Noon));
        Assert.Equal(Noon.AddMinutes(2), busy.NextChange(Noon));
        Assert.Equal("other", busy.BestAgent("c", Noon.AddMinutes(2)));
        Assert.Equal("other", busy.RemoveAgent("known").BestAgent("c", Noon));
    }

    [Fact]
    public void RelaxationStepThatIsDue_OpensAMatch()
    {
        var policy = QueuePolicy.Default with { Relaxation = [new(60, 1, [], false), new(120, 0, [], DropAll: true)] };
        var asks = Waiting("c", 1) with { Needs = [new SkillNeed("french", 1, Required: true)] };
        var floor = FloorOf(policy, [asks], Agent("a"));

        Assert.Equal(Noon.AddMinutes(1), floor.NextChange(Noon));
        Assert.Empty(floor.Advance(Noon).Relaxed);
        var (relaxed, changes) = floor.Advance(Noon.AddMinutes(1));
        Assert.Equal(("c", 2), Assert.Single(changes));
        Assert.Null(floor.BestAgent("c", Noon.AddMinutes(1)));
        Assert.Equal("a", relaxed.BestAgent("c", Noon.AddMinutes(1)));
    }

    [Fact]
    public void Helper_TakesOnlyThoseWhoHaveWaitedLongEnough()
    {
        var floor = FloorOf(QueuePolicy.Default, [Waiting("c", 1)], Agent("helper") with { DelaySeconds = 90 });

        Assert.Null(floor.BestFor("helper", Noon));
        Assert.Equal(Noon.AddSeconds(30), floor.NextChange(Noon));
        Assert.Equal("c", floor.BestFor("helper", Noon.AddSeconds(30)));
    }
}
