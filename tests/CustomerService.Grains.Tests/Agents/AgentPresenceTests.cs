using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Agents;

public sealed class AgentPresenceTests
{
    private static readonly Command LunchWhenFree = new SetPresence("") { Activity = "lunch", WhenFree = true };

    private readonly Desk desk = new();
    private readonly Subject<AgentBehaviour, AgentState> agent;

    public AgentPresenceTests() => agent = desk.Agent;

    [Fact]
    public void ActivityOfEverybody_CountsWhereTheDeskHasNoneOfThatName()
    {
        var desk = new Desk();

        desk.Agent.Handle(new SetPresence("") { Activity = "training", Setting = new AgentActivity("training", Available: false) });
        Assert.Equal(("away", "training"), (desk.View.Presence, desk.View.Activity));

        // The desk's own word goes before it; and nobody vouches for one by the name of another.
        desk.Agent.Handle(new SetPresence("") { Activity = "mail", Setting = new AgentActivity("mail", Available: false) });
        Assert.Equal(("available", "mail"), (desk.View.Presence, desk.View.Activity));
        desk.Agent.Refuses("unknown_activity", new SetPresence("") { Activity = "golf", Setting = new AgentActivity("training", Available: true) });
    }

    [Fact]
    public void NoSignOfLife_EndsReadinessUntilThereIsOne()
    {
        desk.Configure(new DeskPolicy { IdleSeconds = 600 });
        agent.Handle(new SignOfLife());
        desk.Pass(599);
        agent.Handle(new SignOfLife());
        desk.Pass(599);
        Assert.Null(desk.View.NotReady);

        desk.Pass(1);
        Assert.Equal("the agent showed no sign of life for too long", desk.View.NotReady);
        agent.ChangesNothing(new ReviewPresence());

        var effects = agent.Handle(new SignOfLife()).Effects;
        Assert.Equal(new ReadinessChanged(true, "agent"), Assert.Single(effects.Recorded<ReadinessChanged>()));
        Assert.Null(desk.View.NotReady);
    }

    [Fact]
    public void AgentOnTheTelephone_IsNotIdle()
    {
        desk.Configure(new DeskPolicy
        {
            IdleSeconds = 600,
            Channels = System.Collections.Immutable.ImmutableDictionary<string, ChannelCapacity>.Empty.Add("voice", new ChannelCapacity(1, Exclusive: true)),
        });
        agent.Handle(new ReceiveOffer("billing-9", "billing", "c-9", agent.Now) { Channel = "voice" });
        agent.Handle(new AcceptOffer("billing-9"));
        agent.Handle(new ConfirmOffer("billing-9"));
        desk.Pass(3_000);
        Assert.Null(desk.View.NotReady);

        agent.Handle(new ReleaseWork("c-9"));
        desk.Pass(599);
        Assert.Null(desk.View.NotReady);
        desk.Pass(1);
        Assert.NotNull(desk.View.NotReady);
    }

    [Fact]
    public void SignsOfLife_CostNothingWhereIdlenessDoesNotCount() => agent.ChangesNothing(new SignOfLife());

    [Fact]
    public void OffersMissedInARow_EndReadiness()
    {
        desk.Miss();
        desk.Miss();
        agent.Handle(new RejectOffer(desk.Offer(), "busy"));
        desk.Miss();
        desk.Miss();
        Assert.Null(desk.View.NotReady);
        var pending = desk.Offer();

        desk.Miss();

        Assert.Equal("the agent left 3 offers in a row unanswered", desk.View.NotReady);
        Assert.Equal(pending, Assert.Single(agent.Last.Effects.Told<DeclineOffer>(Desk.Billing)).OfferId);
        Assert.Equal(new ReadinessChanged(false, "missed_offers"), Assert.Single(agent.Last.Effects.Recorded<ReadinessChanged>()));
        agent.Handle(new SetPresence("available"));
        Assert.Null(desk.View.NotReady);
    }

    [Fact]
    public void OffersTakenBack_AreNotMissed()
    {
        for (var i = 0; i < 5; i++)
            agent.Handle(new RescindOffer(desk.Offer(), "another agent was first") { Outcome = OfferStates.Rescinded });
        for (var i = 0; i < 5; i++)
        {
            var offer = desk.Offer();
            agent.Handle(new AcceptOffer(offer));
            agent.Handle(new RescindOffer(offer, "too late") { Outcome = OfferStates.TimedOut });
        }

        Assert.Null(desk.View.NotReady);
    }

    [Fact]
    public void Activity_DecidesWhetherWorkComes()
    {
        agent.Handle(new SetPresence("") { Activity = "lunch" });
        Assert.Equal(("away", "lunch", "the agent is away (lunch)"), (desk.View.Presence, desk.View.Activity, desk.View.NotReady));
        Assert.Equal(new PresenceChanged("away") { Activity = "lunch", Cause = "agent" }, Assert.Single(agent.Last.Effects.Recorded<PresenceChanged>()));

        agent.Handle(new SetPresence("away") { Activity = "mail", By = "lead" });

        Assert.Equal("lead", Assert.Single(agent.Last.Effects.Recorded<PresenceChanged>()).Cause);
        Assert.Equal(("available", "mail", null), (desk.View.Presence, desk.View.Activity, desk.View.NotReady));
        agent.Refuses("unknown_activity", new SetPresence("away") { Activity = "golf" });
        Assert.Contains("lunch, mail", ((Refused)agent.Last.Reply).Message, StringComparison.Ordinal);
        agent.Refuses("activity_while_offline", new SetPresence("offline") { Activity = "lunch" });
        agent.Refuses("unknown_presence", new SetPresence(""));
    }

    [Fact]
    public void NextPresence_WaitsForTheDeskToBeEmpty()
    {
        desk.Hold();
        var pending = desk.Offer();

        agent.Handle(LunchWhenFree);

        Assert.Equal(("available", "lunch", "the agent will be away (lunch) when the desk is empty"), (desk.View.Presence, desk.View.NextPresence, desk.View.NotReady));
        agent.ChangesNothing(LunchWhenFree);
        agent.Handle(new ReleaseWork("c-1"));
        Assert.Equal(("away", "lunch", null), (desk.View.Presence, desk.View.Activity, desk.View.NextPresence));
        Assert.DoesNotContain(agent.State.Offers, offer => offer.OfferId == pending);
    }

    [Fact]
    public void NextPresence_EndsOffersAndIsRecorded()
    {
        desk.Hold();
        desk.Offer();

        var effects = agent.Handle(new SetPresence("offline") { WhenFree = true, By = "lead" }).Effects;
        Assert.Single(effects.Told<DeclineOffer>(Desk.Billing));
        Assert.Equal(new ReadinessChanged(false, "when_free"), Assert.Single(effects.Recorded<ReadinessChanged>()));

        var change = Assert.Single(agent.Handle(new ReleaseWork("c-1")).Effects.Recorded<PresenceChanged>());
        Assert.Equal(("offline", "lead"), (change.Presence, change.Cause));
    }

    [Fact]
    public void NextPresenceOnAnEmptyDesk_BeginsAtOnce()
    {
        desk.Offer();

        agent.Handle(LunchWhenFree);

        Assert.Equal("away", desk.View.Presence);
        Assert.Empty(agent.State.Offers);
    }

    [Fact]
    public void NextPresence_IsGivenUpByChoosingAgain()
    {
        desk.Hold();
        agent.Handle(LunchWhenFree);

        var effects = agent.Handle(new SetPresence("available")).Effects;

        Assert.Equal(new ReadinessChanged(true, "agent"), Assert.Single(effects.Recorded<ReadinessChanged>()));
        agent.Handle(new ReleaseWork("c-1"));
        Assert.Equal("available", desk.View.Presence);
    }
}
