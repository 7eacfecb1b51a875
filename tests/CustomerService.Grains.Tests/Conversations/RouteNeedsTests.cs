using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>What each target of a route asks of the agent, and who goes first there.</summary>
public sealed class RouteNeedsTests
{
    private static readonly GrainId Billing = Grain.Queue("billing");

    private static readonly SkillNeed Spanish = new("language.es", 1, true), Expert = new("refunds", 5, true), Some = new("refunds", 1, false);

    private readonly Subject<ConversationBehaviour, ConversationState> conversation = new("c-1");

    [Fact]
    public void Target_AsksWhatItAsks_AndWhatTheHandoffAsksBesides()
    {
        var first = HandOff([Spanish, Some], [Expert]);
        Assert.Equal([Expert, Spanish], first.Needs.AsEnumerable());

        conversation.Now += TimeSpan.FromSeconds(60);
        var second = Assert.Single(conversation.Handle(new NextTarget(first.Hop)).Effects.Told<Enqueue>(Billing));
        Assert.Equal([Spanish, Some], second.Needs.AsEnumerable());
    }

    [Fact]
    public void Transfer_AsksNothingOfTheRouteLeft()
    {
        HandOff([], [Expert]);

        Assert.Empty(Assert.Single(conversation.Handle(new Transfer("technical", 5, "wrong team", "bob")).Effects.Told<Enqueue>(Grain.Queue("technical"))).Needs);
    }

    [Fact]
    public void KnownAgent_GoesFirst_AsLongAsTheHandoffSays()
    {
        HandOff([], []);
        conversation.Handle(new AssignAgent("ada", "billing-1"));
        conversation.Handle(new Resolve("ada"));

        var again = HandOff([], [], message: "m-2");

        Assert.Equal(("ada", conversation.Now.AddSeconds(120)), (again.PreferredAgent, again.PreferredUntil));
    }

    [Fact]
    public void AgentWhoHadThisMatter_GoesBeforeTheCustomersLastOne()
    {
        Assert.Equal("bob", HandOff([], [], knownAgent: "bob").PreferredAgent);
        conversation.Handle(new AssignAgent("ada", "billing-1"));
        conversation.Handle(new Resolve("ada"));

        Assert.Equal("ada", HandOff([], [], message: "m-2", knownAgent: "bob").PreferredAgent);
    }

    private Enqueue HandOff(ImmutableArray<SkillNeed> all, ImmutableArray<SkillNeed> ofFirst, string message = "m-1", string? knownAgent = null)
    {
        conversation.Handle(Receive(message));
        var outcome = HandedOff("billing", 3);
        var route = new RoutePlan("refunds", [new RouteTarget("billing", 60, null, null) { Needs = ofFirst }, new RouteTarget("billing", null, null, null)]);
        var effects = conversation.Handle(new CompleteRun(message, outcome with { Handoff = outcome.Handoff! with { Needs = all, Route = route, PreferredAgent = knownAgent, PreferredSeconds = 120 } })).Effects;
        return Assert.Single(effects.Told<Enqueue>(Billing));
    }
}
