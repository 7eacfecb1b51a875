using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Agents;

public sealed class AgentConnectionTests
{
    private readonly Desk desk = new();
    private readonly Subject<AgentBehaviour, AgentState> agent;

    public AgentConnectionTests() => agent = desk.Agent;

    [Fact]
    public void LostConnection_IsForgivenWithinTheGrace()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        agent.Handle(new ConnectionLost("desk-1"));
        Assert.Null(desk.View.NotReady);

        desk.Pass(29);
        agent.Handle(new ConnectionOpened("desk-2"));
        desk.Pass(1_000);

        Assert.Null(desk.View.NotReady);
        Assert.Empty(agent.Last.Effects.Recorded<ReadinessChanged>());
    }

    [Fact]
    public void LostConnection_EndsReadinessAfterTheGraceAndOffersGoBack()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        desk.Offer();
        agent.Handle(new ConnectionLost("desk-1"));

        desk.Pass(30);

        Assert.Equal("the agent's connection is lost", desk.View.NotReady);
        Assert.Equal("available", desk.View.Presence);
        Assert.Empty(desk.View.Offers);
    }

    [Fact]
    public void EverythingThatTheReviewFinds_IsToldAtOnce()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        desk.Offer();
        agent.Handle(new ConnectionLost("desk-1"));
        Assert.Equal(agent.Now.AddSeconds(30), agent.Last.Effects.OfType<Wake>().Single().At);

        agent.Now = agent.Now.AddSeconds(30);
        var effects = agent.Handle(new ReviewPresence()).Effects;

        Assert.Equal((0, false), (effects.Told<AgentReady>(Desk.Billing).Single().FreeUnits, effects.Told<AgentReady>(Desk.Billing).Single().Present));
        Assert.Single(effects.Told<DeclineOffer>(Desk.Billing));
        Assert.Equal(new ReadinessChanged(false, "connection"), Assert.Single(effects.Recorded<ReadinessChanged>()));
        agent.ChangesNothing(new ReviewPresence());
    }

    [Fact]
    public void ConnectionThatComesBack_MakesReadyAgainAsChosen()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        agent.Handle(new ConnectionLost("desk-1"));
        desk.Pass(60);

        var effects = agent.Handle(new ConnectionOpened("desk-2")).Effects;

        Assert.Equal(new ReadinessChanged(true, "connection"), Assert.Single(effects.Recorded<ReadinessChanged>()));
        Assert.True(effects.Told<AgentReady>(Desk.Billing).Single().Present);
    }

    [Fact]
    public void OneOfTwoConnectionsLost_IsNothing()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        agent.Handle(new ConnectionOpened("phone-1"));
        agent.Handle(new ConnectionLost("desk-1"));
        desk.Pass(1_000);

        Assert.Equal((1, null), (desk.View.Connections, desk.View.NotReady));
        agent.ChangesNothing(new ConnectionLost("desk-1"));
        agent.ChangesNothing(new ConnectionOpened("phone-1"));
    }

    [Fact]
    public void AgentWithoutAnyConnection_IsThereBecauseTheySaySo()
    {
        desk.Pass(100_000);

        Assert.Null(desk.View.NotReady);
        Assert.Null(agent.State.ReviewAt);
    }

    [Fact]
    public void ConnectionNobodyTellsOfAnyMore_IsLostWhenItsLeaseEnds()
    {
        agent.Handle(new ConnectionOpened("desk-1") { LeaseSeconds = 150 });
        desk.Pass(100);
        agent.Handle(new ConnectionOpened("desk-1") { LeaseSeconds = 150 });
        desk.Pass(149);
        Assert.Equal((1, null), (desk.View.Connections, desk.View.NotReady));

        desk.Pass(32);

        Assert.Equal((0, "the agent's connection is lost"), (desk.View.Connections, desk.View.NotReady));
    }

    [Fact]
    public void TimeInWhichTheSystemWasDown_DoesNotCount()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        desk.Hold();
        agent.Handle(new ConnectionLost("desk-1"));

        agent.Now = agent.Now.AddHours(1);
        agent.Handle(new ReviewPresence());
        Assert.Null(desk.View.NotReady);
        desk.Pass(29);
        agent.Handle(new ConnectionOpened("desk-2"));

        Assert.Single(desk.View.Conversations);
    }

    [Fact]
    public void AgentWhoSaysTheyAreThere_NeedsNoConnectionForIt()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        agent.Handle(new ConnectionLost("desk-1"));
        desk.Pass(60);

        agent.Handle(new SetPresence("available") { By = "lead" });
        Assert.Equal("the agent's connection is lost", desk.View.NotReady);
        agent.Handle(new SetPresence("available"));
        Assert.Null(desk.View.NotReady);
    }

    [Fact]
    public void StrangersConnections_AreRefused()
    {
        var stranger = new Subject<AgentBehaviour, AgentState>("bob");

        stranger.Refuses("no_such_agent", new ConnectionOpened("desk-1"));
        stranger.Refuses("no_such_agent", new SignOfLife());
        stranger.ChangesNothing(new ConnectionLost("desk-1"));
    }
}
