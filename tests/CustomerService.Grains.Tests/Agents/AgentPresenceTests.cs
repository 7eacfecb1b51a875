using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Agents;

public sealed class AgentPresenceTests
{
    private static readonly GrainId Billing = Grain.Queue("billing");
    private static readonly Command LunchWhenFree = new SetPresence("") { Activity = "lunch", WhenFree = true };

    private readonly Subject<AgentBehaviour, AgentState> agent = new("ada");
    private int lastOffer;

    public AgentPresenceTests()
    {
        Configure(new DeskPolicy
        {
            Activities = [new AgentActivity("lunch", Available: false), new AgentActivity("mail", Available: true)],
            GraceSeconds = 30,
            StrandedSeconds = 120,
        });
        agent.Handle(new SetPresence("available"));
    }

    private void Configure(DeskPolicy desk) => agent.Handle(new ConfigureAgent("Ada", ["billing"], [], 5) { Desk = desk });

    private string Offer()
    {
        var id = $"billing-{++lastOffer}";
        agent.Handle(new ReceiveOffer(id, "billing", $"c-{lastOffer}", agent.Now.AddSeconds(30)));
        return id;
    }

    private string Hold()
    {
        var id = Offer();
        agent.Handle(new AcceptOffer(id));
        agent.Handle(new ConfirmOffer(id));
        return id;
    }

    private void Miss() => agent.Handle(new RescindOffer(Offer(), "no answer in time") { Outcome = OfferStates.TimedOut });

    /// <summary>Time passes, and the alarm rings when it is due; as a host would do it.</summary>
    private void Pass(double seconds)
    {
        var until = agent.Now.AddSeconds(seconds);
        while (agent.State.ReviewAt is { } due && due <= until)
        {
            agent.Now = due;
            agent.Handle(new ReviewPresence());
        }

        agent.Now = until;
    }

    private AgentView View => (AgentView)AgentBehaviour.Handle(agent.State, new GetAgent(), agent.Now).Reply;

    [Fact]
    public void LostConnection_IsForgivenWithinTheGrace()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        agent.Handle(new ConnectionLost("desk-1"));
        Assert.Null(View.NotReady);

        Pass(29);
        agent.Handle(new ConnectionOpened("desk-2"));
        Pass(1_000);

        Assert.Null(View.NotReady);
        Assert.Empty(agent.Last.Effects.Recorded<ReadinessChanged>());
    }

    [Fact]
    public void LostConnection_EndsReadinessAfterTheGraceAndOffersGoBack()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        Offer();
        agent.Handle(new ConnectionLost("desk-1"));

        Pass(30);

        Assert.Equal("the agent's connection is lost", View.NotReady);
        Assert.Equal("available", View.Presence);
        Assert.Empty(View.Offers);
    }

    [Fact]
    public void EverythingThatTheReviewFinds_IsToldAtOnce()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        Offer();
        agent.Handle(new ConnectionLost("desk-1"));
        Assert.Equal(agent.Now.AddSeconds(30), agent.Last.Effects.OfType<Wake>().Single().At);

        agent.Now = agent.Now.AddSeconds(30);
        var effects = agent.Handle(new ReviewPresence()).Effects;

        Assert.Equal((0, false), (effects.Told<AgentReady>(Billing).Single().FreeUnits, effects.Told<AgentReady>(Billing).Single().Present));
        Assert.Single(effects.Told<DeclineOffer>(Billing));
        Assert.Equal(new ReadinessChanged(false, "connection"), Assert.Single(effects.Recorded<ReadinessChanged>()));
        agent.ChangesNothing(new ReviewPresence());
    }

    [Fact]
    public void ConnectionThatComesBack_MakesReadyAgainAsChosen()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        agent.Handle(new ConnectionLost("desk-1"));
        Pass(60);

        var effects = agent.Handle(new ConnectionOpened("desk-2")).Effects;

        Assert.Equal(new ReadinessChanged(true, "connection"), Assert.Single(effects.Recorded<ReadinessChanged>()));
        Assert.True(effects.Told<AgentReady>(Billing).Single().Present);
    }

    [Fact]
    public void OneOfTwoConnectionsLost_IsNothing()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        agent.Handle(new ConnectionOpened("phone-1"));
        agent.Handle(new ConnectionLost("desk-1"));
        Pass(1_000);

        Assert.Equal((1, null), (View.Connections, View.NotReady));
        agent.ChangesNothing(new ConnectionLost("desk-1"));
        agent.ChangesNothing(new ConnectionOpened("phone-1"));
    }

    [Fact]
    public void AgentWithoutAnyConnection_IsThereBecauseTheySaySo()
    {
        Pass(100_000);

        Assert.Null(View.NotReady);
        Assert.Null(agent.State.ReviewAt);
    }

    [Fact]
    public void ConnectionNobodyTellsOfAnyMore_IsLostWhenItsLeaseEnds()
    {
        agent.Handle(new ConnectionOpened("desk-1") { LeaseSeconds = 150 });
        Pass(100);
        agent.Handle(new ConnectionOpened("desk-1") { LeaseSeconds = 150 });
        Pass(149);
        Assert.Equal((1, null), (View.Connections, View.NotReady));

        Pass(32);

        Assert.Equal((0, "the agent's connection is lost"), (View.Connections, View.NotReady));
    }

    [Fact]
    public void StrandedWork_GoesBackWithItsPlace()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        var offer = Hold();
        agent.Handle(new ConnectionLost("desk-1"));
        Pass(119);
        Assert.Single(View.Conversations);

        Pass(1);

        Assert.Empty(View.Conversations);
        Assert.Equal(new ReturnToQueue("ada", offer, "the agent is gone"), Assert.Single(agent.Last.Effects.Told<ReturnToQueue>(Grain.Conversation("c-1"))));
    }

    [Fact]
    public void StrandedWork_IsToldAndRecorded()
    {
        var offer = Hold();
        agent.Handle(new SetPresence("offline"));
        Assert.Equal(agent.Now.AddSeconds(120), Assert.Single(agent.Last.Effects.OfType<Wake>()).At);
        agent.Now = agent.Now.AddSeconds(120);

        var effects = agent.Handle(new ReviewPresence()).Effects;

        Assert.Equal(new WorkEnded("c-1", offer, "returned", null), Assert.Single(effects.Recorded<WorkEnded>()));
        Assert.Single(effects.Told<ReturnToQueue>(Grain.Conversation("c-1")));
        agent.ChangesNothing(new ReviewPresence());
    }

    [Fact]
    public void TimeInWhichTheSystemWasDown_DoesNotCount()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        Hold();
        agent.Handle(new ConnectionLost("desk-1"));

        agent.Now = agent.Now.AddHours(1);
        agent.Handle(new ReviewPresence());
        Assert.Null(View.NotReady);
        Pass(29);
        agent.Handle(new ConnectionOpened("desk-2"));

        Assert.Single(View.Conversations);
    }

    [Fact]
    public void AgentWhoDoesNotComeBackAfterItWasDown_IsGone()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        Hold();
        agent.Handle(new ConnectionLost("desk-1"));
        agent.Now = agent.Now.AddHours(1);
        agent.Handle(new ReviewPresence());

        Pass(30);
        Assert.NotNull(View.NotReady);
        Pass(120);

        Assert.Empty(View.Conversations);
    }

    [Fact]
    public void WorkConfirmedAfterTheAgentWent_IsStrandedToo()
    {
        var offer = Offer();
        agent.Handle(new AcceptOffer(offer));
        agent.Handle(new SetPresence("offline"));
        Pass(500);

        agent.Handle(new ConfirmOffer(offer));
        Pass(0);

        Assert.Empty(agent.State.Conversations);
    }

    [Fact]
    public void AgentBackInTime_KeepsTheirWork()
    {
        Hold();
        agent.Handle(new SetPresence("offline"));
        Pass(100);

        agent.Handle(new SetPresence("available"));
        Pass(1_000);

        Assert.Single(View.Conversations);
    }

    [Fact]
    public void BreakWithOpenWork_StrandsNothing()
    {
        Hold();
        agent.Handle(new SetPresence("away"));
        Pass(10_000);

        Assert.Single(View.Conversations);
    }

    [Fact]
    public void AgentWhoSaysTheyAreThere_NeedsNoConnectionForIt()
    {
        agent.Handle(new ConnectionOpened("desk-1"));
        agent.Handle(new ConnectionLost("desk-1"));
        Pass(60);

        agent.Handle(new SetPresence("available") { By = "lead" });
        Assert.Equal("the agent's connection is lost", View.NotReady);
        agent.Handle(new SetPresence("available"));
        Assert.Null(View.NotReady);
    }

    [Fact]
    public void NoSignOfLife_EndsReadinessUntilThereIsOne()
    {
        Configure(new DeskPolicy { IdleSeconds = 600 });
        agent.Handle(new SignOfLife());
        Pass(599);
        agent.Handle(new SignOfLife());
        Pass(599);
        Assert.Null(View.NotReady);

        Pass(1);
        Assert.Equal("the agent showed no sign of life for too long", View.NotReady);
        agent.ChangesNothing(new ReviewPresence());

        var effects = agent.Handle(new SignOfLife()).Effects;
        Assert.Equal(new ReadinessChanged(true, "agent"), Assert.Single(effects.Recorded<ReadinessChanged>()));
        Assert.Null(View.NotReady);
    }

    [Fact]
    public void AgentOnTheTelephone_IsNotIdle()
    {
        Configure(new DeskPolicy
        {
            IdleSeconds = 600,
            Channels = System.Collections.Immutable.ImmutableDictionary<string, ChannelCapacity>.Empty.Add("voice", new ChannelCapacity(1, Exclusive: true)),
        });
        agent.Handle(new ReceiveOffer("billing-9", "billing", "c-9", agent.Now) { Channel = "voice" });
        agent.Handle(new AcceptOffer("billing-9"));
        agent.Handle(new ConfirmOffer("billing-9"));
        Pass(3_000);
        Assert.Null(View.NotReady);

        agent.Handle(new ReleaseWork("c-9"));
        Pass(599);
        Assert.Null(View.NotReady);
        Pass(1);
        Assert.NotNull(View.NotReady);
    }

    [Fact]
    public void SignsOfLife_CostNothingWhereIdlenessDoesNotCount() => agent.ChangesNothing(new SignOfLife());

    [Fact]
    public void OffersMissedInARow_EndReadiness()
    {
        Miss();
        Miss();
        agent.Handle(new RejectOffer(Offer(), "busy"));
        Miss();
        Miss();
        Assert.Null(View.NotReady);
        var pending = Offer();

        Miss();

        Assert.Equal("the agent left 3 offers in a row unanswered", View.NotReady);
        Assert.Equal(pending, Assert.Single(agent.Last.Effects.Told<DeclineOffer>(Billing)).OfferId);
        Assert.Equal(new ReadinessChanged(false, "missed_offers"), Assert.Single(agent.Last.Effects.Recorded<ReadinessChanged>()));
        agent.Handle(new SetPresence("available"));
        Assert.Null(View.NotReady);
    }

    [Fact]
    public void OffersTakenBack_AreNotMissed()
    {
        for (var i = 0; i < 5; i++)
            agent.Handle(new RescindOffer(Offer(), "another agent was first") { Outcome = OfferStates.Rescinded });
        for (var i = 0; i < 5; i++)
        {
            var offer = Offer();
            agent.Handle(new AcceptOffer(offer));
            agent.Handle(new RescindOffer(offer, "too late") { Outcome = OfferStates.TimedOut });
        }

        Assert.Null(View.NotReady);
    }

    [Fact]
    public void Activity_DecidesWhetherWorkComes()
    {
        agent.Handle(new SetPresence("") { Activity = "lunch" });
        Assert.Equal(("away", "lunch", "the agent is away (lunch)"), (View.Presence, View.Activity, View.NotReady));
        Assert.Equal(new PresenceChanged("away") { Activity = "lunch", Cause = "agent" }, Assert.Single(agent.Last.Effects.Recorded<PresenceChanged>()));

        agent.Handle(new SetPresence("away") { Activity = "mail", By = "lead" });

        Assert.Equal("lead", Assert.Single(agent.Last.Effects.Recorded<PresenceChanged>()).Cause);
        Assert.Equal(("available", "mail", null), (View.Presence, View.Activity, View.NotReady));
        agent.Refuses("unknown_activity", new SetPresence("away") { Activity = "golf" });
        Assert.Contains("lunch, mail", ((Refused)agent.Last.Reply).Message, StringComparison.Ordinal);
        agent.Refuses("activity_while_offline", new SetPresence("offline") { Activity = "lunch" });
        agent.Refuses("unknown_presence", new SetPresence(""));
    }

    [Fact]
    public void NextPresence_WaitsForTheDeskToBeEmpty()
    {
        Hold();
        var pending = Offer();

        agent.Handle(LunchWhenFree);

        Assert.Equal(("available", "lunch", "the agent will be away (lunch) when the desk is empty"), (View.Presence, View.NextPresence, View.NotReady));
        agent.ChangesNothing(LunchWhenFree);
        agent.Handle(new ReleaseWork("c-1"));
        Assert.Equal(("away", "lunch", null), (View.Presence, View.Activity, View.NextPresence));
        Assert.DoesNotContain(agent.State.Offers, offer => offer.OfferId == pending);
    }

    [Fact]
    public void NextPresence_EndsOffersAndIsRecorded()
    {
        Hold();
        Offer();

        var effects = agent.Handle(new SetPresence("offline") { WhenFree = true, By = "lead" }).Effects;
        Assert.Single(effects.Told<DeclineOffer>(Billing));
        Assert.Equal(new ReadinessChanged(false, "when_free"), Assert.Single(effects.Recorded<ReadinessChanged>()));

        var change = Assert.Single(agent.Handle(new ReleaseWork("c-1")).Effects.Recorded<PresenceChanged>());
        Assert.Equal(("offline", "lead"), (change.Presence, change.Cause));
    }

    [Fact]
    public void NextPresenceOnAnEmptyDesk_BeginsAtOnce()
    {
        Offer();

        agent.Handle(LunchWhenFree);

        Assert.Equal("away", View.Presence);
        Assert.Empty(agent.State.Offers);
    }

    [Fact]
    public void NextPresence_IsGivenUpByChoosingAgain()
    {
        Hold();
        agent.Handle(LunchWhenFree);

        var effects = agent.Handle(new SetPresence("available")).Effects;

        Assert.Equal(new ReadinessChanged(true, "agent"), Assert.Single(effects.Recorded<ReadinessChanged>()));
        agent.Handle(new ReleaseWork("c-1"));
        Assert.Equal("available", View.Presence);
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
