using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Agents;

public sealed class StrandedWorkTests
{
    private readonly Desk desk = new();
    private readonly Subject<AgentBehaviour, AgentState> agent;

    public StrandedWorkTests() => agent = desk.Agent;

    [Fact]
    public void StrandedWork_GoesBackWithItsPlace()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        var offer = desk.Hold();
        agent.Handle(new ConnectionLost("desk-1"));
        desk.Pass(119);
        Assert.Single(desk.View.Conversations);

        desk.Pass(1);

        Assert.Empty(desk.View.Conversations);
        Assert.Equal(new ReturnToQueue("ada", offer, "the agent is gone"), Assert.Single(agent.Last.Effects.Told<ReturnToQueue>(Grain.Conversation("c-1"))));
    }

    [Fact]
    public void StrandedWork_IsToldAndRecorded()
    {
        var offer = desk.Hold();
        agent.Handle(new SetPresence("offline"));
        Assert.Equal(agent.Now.AddSeconds(120), Assert.Single(agent.Last.Effects.OfType<Wake>()).At);
        agent.Now = agent.Now.AddSeconds(120);

        var effects = agent.Handle(new ReviewPresence()).Effects;

        Assert.Equal(new WorkEnded("c-1", offer, "returned", null), Assert.Single(effects.Recorded<WorkEnded>()));
        Assert.Single(effects.Told<ReturnToQueue>(Grain.Conversation("c-1")));
        agent.ChangesNothing(new ReviewPresence());
    }

    [Fact]
    public void AgentWhoDoesNotComeBackAfterItWasDown_IsGone()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        desk.Hold();
        agent.Handle(new ConnectionLost("desk-1"));
        agent.Now = agent.Now.AddHours(1);
        agent.Handle(new ReviewPresence());

        desk.Pass(30);
        Assert.NotNull(desk.View.NotReady);
        desk.Pass(120);

        Assert.Empty(desk.View.Conversations);
    }

    [Fact]
    public void WorkConfirmedAfterTheAgentWent_IsStrandedToo()
    {
        var offer = desk.Offer();
        agent.Handle(new AcceptOffer(offer));
        agent.Handle(new SetPresence("offline"));
        desk.Pass(500);

        agent.Handle(new ConfirmOffer(offer));
        desk.Pass(0);

        Assert.Empty(agent.State.Conversations);
    }

    [Fact]
    public void AgentBackInTime_KeepsTheirWork()
    {
        desk.Hold();
        agent.Handle(new SetPresence("offline"));
        desk.Pass(100);

        agent.Handle(new SetPresence("available"));
        desk.Pass(1_000);

        Assert.Single(desk.View.Conversations);
    }

    [Fact]
    public void BreakWithOpenWork_StrandsNothing()
    {
        desk.Hold();
        agent.Handle(new SetPresence("away"));
        desk.Pass(10_000);

        Assert.Single(desk.View.Conversations);
    }
}
