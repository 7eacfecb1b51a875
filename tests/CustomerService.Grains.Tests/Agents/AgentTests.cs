using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Agents;

public sealed class AgentTests
{
    private static readonly GrainId Billing = Grain.Queue("billing");
    private static readonly GrainId Technical = Grain.Queue("technical");

    private readonly Subject<AgentBehaviour, AgentState> agent = new("ada");

    public AgentTests()
    {
        agent.Handle(new ConfigureAgent("Ada", ["billing", "technical"], ["refunds"], 2));
        agent.Handle(new SetPresence("available"));
    }

    private Turn<AgentState> Offer(int number, string queue = "billing") =>
        agent.Handle(new ReceiveOffer(OfferIds.Of(queue, number), queue, $"c-{number}", agent.Now.AddSeconds(30)));

    private void Hold(int number)
    {
        Offer(number);
        agent.Handle(new AcceptOffer($"billing-{number}"));
        agent.Handle(new ConfirmOffer($"billing-{number}"));
    }

    private int Told(GrainId queue) => Assert.Single(agent.Last.Effects.Told<AgentReady>(queue)).FreeUnits;

    [Fact]
    public void BecomingAvailable_IsToldToEveryQueue()
    {
        agent.Handle(new SetPresence("away"));
        Assert.Equal((0, 0), (Told(Billing), Told(Technical)));

        agent.Now = agent.Now.AddMinutes(5);
        var effects = agent.Handle(new SetPresence("available")).Effects;

        var ready = Assert.Single(effects.Told<AgentReady>(Billing));
        Assert.Equal(("ada", 2, agent.Now), (ready.AgentId, ready.FreeUnits, ready.IdleSince));
        Assert.Equal("refunds", Assert.Single(ready.Skills));
        Assert.Equal(2, Told(Technical));
        Assert.Equal(new PresenceChanged("available") { Cause = "agent" }, Assert.Single(effects.Recorded<PresenceChanged>()));
        agent.ChangesNothing(new SetPresence("available"));
    }

    [Fact]
    public void Offer_ReservesAUnitBeforeItIsAccepted()
    {
        Offer(4);

        var ready = Assert.Single(agent.Last.Effects.Told<AgentReady>(Billing));
        Assert.Equal((1, 4L), (ready.FreeUnits, ready.SeenOffer));
        var other = Assert.Single(agent.Last.Effects.Told<AgentReady>(Technical));
        Assert.Equal((1, 0L), (other.FreeUnits, other.SeenOffer));
        Assert.Equal("billing-4", Assert.Single(agent.Ask<AgentView>(new GetAgent()).Offers).OfferId);
    }

    [Fact]
    public void RepeatedOffer_ChangesNothingEvenAfterItsEnd()
    {
        Offer(4);
        agent.Handle(new RescindOffer("billing-4", "too late"));

        agent.ChangesNothing(new ReceiveOffer("billing-4", "billing", "c-4", agent.Now));
        agent.ChangesNothing(new ReceiveOffer("billing-3", "billing", "c-3", agent.Now));
        Offer(3, "technical");
        Assert.Single(agent.State.Offers);
    }

    [Theory]
    [InlineData("away", "the agent is away")]
    [InlineData("offline", "the agent is offline")]
    public void OfferToSomebodyAbsent_IsDeclinedAtOnce(string presence, string reason)
    {
        agent.Handle(new SetPresence(presence));

        Offer(1);

        Assert.Equal(new DeclineOffer("billing-1", "ada", reason), Assert.Single(agent.Last.Effects.Told<DeclineOffer>(Billing)));
        Assert.Empty(agent.State.Offers);
    }

    [Fact]
    public void OfferBeyondCapacity_IsDeclinedAtOnceAfterTellingWhatIsFree()
    {
        Offer(1);
        Offer(2, "technical");

        Offer(3);

        Assert.Collection(
            agent.Last.Effects.Cast<Tell>(),
            tell => Assert.Equal(0, Assert.IsType<AgentReady>(tell.Command).FreeUnits),
            tell => Assert.Equal(new DeclineOffer("billing-3", "ada", "no capacity"), tell.Command));
        Assert.Equal(2, agent.State.Offers.Length);
    }

    [Fact]
    public void OfferOfAQueueNotServed_IsDeclined()
    {
        Offer(1, "sales");

        Assert.Single(agent.Last.Effects.Told<DeclineOffer>(Grain.Queue("sales")));
        Assert.Equal(0, Told(Grain.Queue("sales")));
    }

    [Fact]
    public void AcceptedOffer_IsClaimedAndHeldOnceConfirmed()
    {
        Offer(1);

        Assert.Equal(new ClaimOffer("billing-1", "ada"), Assert.Single(agent.Handle(new AcceptOffer("billing-1")).Effects.Told<ClaimOffer>(Billing)));
        Assert.True(Assert.Single(agent.State.Offers).Claimed);
        agent.ChangesNothing(new AcceptOffer("billing-1"));

        agent.Handle(new ConfirmOffer("billing-1"));
        var view = agent.Ask<AgentView>(new GetAgent());
        Assert.Equal("c-1", Assert.Single(view.Conversations));
        Assert.Equal(1, view.FreeUnits);
        agent.ChangesNothing(new ConfirmOffer("billing-1"));
        agent.ChangesNothing(new AcceptOffer("billing-1"));
        agent.ChangesNothing(new RescindOffer("billing-1", "too late"));
    }

    [Fact]
    public void LostClaim_FreesTheUnit()
    {
        Offer(1);
        agent.Handle(new AcceptOffer("billing-1"));

        agent.Handle(new RescindOffer("billing-1", "too late"));

        Assert.Equal((2, 2), (Told(Billing), Told(Technical)));
        agent.Refuses("offer_gone", new AcceptOffer("billing-1"));
    }

    [Fact]
    public void RejectedOffer_FreesTheUnit()
    {
        Offer(1);

        agent.Handle(new RejectOffer("billing-1", "not my field"));

        Assert.Equal(2, Told(Billing));
        Assert.Equal(new DeclineOffer("billing-1", "ada", "not my field"), Assert.Single(agent.Last.Effects.Told<DeclineOffer>(Billing)));
        agent.Refuses("offer_gone", new RejectOffer("billing-1", "again"));
        Offer(2);
        agent.Handle(new AcceptOffer("billing-2"));
        agent.Refuses("offer_accepted", new RejectOffer("billing-2", "changed my mind"));
    }

    [Fact]
    public void Release_FreesTheUnitOnce()
    {
        Hold(1);

        agent.Handle(new ReleaseWork("c-1") { OfferId = "billing-1" });

        Assert.Equal(2, Told(Billing));
        agent.ChangesNothing(new ReleaseWork("c-1") { OfferId = "billing-1" });
    }

    [Fact]
    public void RepeatedRelease_LeavesANewerAssignmentOfTheSameConversation()
    {
        Hold(1);
        agent.Handle(new ReleaseWork("c-1") { OfferId = "billing-1" });
        agent.Handle(new ReceiveOffer("billing-2", "billing", "c-1", agent.Now));
        agent.Handle(new AcceptOffer("billing-2"));
        agent.Handle(new ConfirmOffer("billing-2"));

        agent.ChangesNothing(new ReleaseWork("c-1") { OfferId = "billing-1" });

        Assert.Equal("c-1", Assert.Single(agent.Ask<AgentView>(new GetAgent()).Conversations));
    }

    [Fact]
    public void ReleaseBeforeTheConfirmation_EndsTheClaim()
    {
        Offer(1);
        agent.Handle(new AcceptOffer("billing-1"));

        agent.Handle(new ReleaseWork("c-1") { OfferId = "billing-1" });

        Assert.Equal(2, Told(Billing));
        agent.ChangesNothing(new ConfirmOffer("billing-1"));
        Assert.Empty(agent.State.Conversations);
    }

    [Fact]
    public void GoingAway_DeclinesWhatIsNotAccepted()
    {
        Offer(1);
        Offer(1, "technical");
        agent.Handle(new AcceptOffer("billing-1"));

        agent.Handle(new SetPresence("away"));

        Assert.Empty(agent.Last.Effects.Told<DeclineOffer>(Billing));
        Assert.Equal("the agent is away", Assert.Single(agent.Last.Effects.Told<DeclineOffer>(Technical)).Reason);
        agent.Handle(new ConfirmOffer("billing-1"));
        Assert.Single(agent.State.Conversations);
    }

    [Fact]
    public void QueueNoLongerServed_IsToldSoAndGetsItsOfferBack()
    {
        Offer(1, "technical");

        agent.Handle(new ConfigureAgent("Ada", ["billing"], ["refunds"], 2));

        Assert.Equal((2, 0), (Told(Billing), Told(Technical)));
        Assert.Single(agent.Last.Effects.Told<DeclineOffer>(Technical));
        Assert.Single(agent.Last.Effects.Recorded<AgentConfigured>());
    }

    [Fact]
    public void SmallerCapacity_ReturnsTheLatestOffersAndKeepsWhatIsHeld()
    {
        agent.Handle(new ConfigureAgent("Ada", ["billing"], [], 4));
        Hold(1);
        Offer(2);
        Offer(3);

        agent.Handle(new ConfigureAgent("Ada", ["billing"], [], 2));

        Assert.Equal("billing-3", Assert.Single(agent.Last.Effects.Told<DeclineOffer>(Billing)).OfferId);
        agent.Handle(new ConfigureAgent("Ada", ["billing"], [], 0));
        Assert.Equal("billing-2", Assert.Single(agent.Last.Effects.Told<DeclineOffer>(Billing)).OfferId);
        Assert.Single(agent.State.Conversations);
        Assert.Equal(0, agent.Ask<AgentView>(new GetAgent()).FreeUnits);
    }

    [Fact]
    public void NewSkills_AreToldToTheQueues()
    {
        agent.Handle(new ConfigureAgent("Ada", ["billing", "technical"], ["refunds", "french"], 2));

        Assert.Equal(2, Assert.Single(agent.Last.Effects.Told<AgentReady>(Technical)).Skills.Length);
        agent.ChangesNothing(new ConfigureAgent(" Ada ", ["billing", "technical", "billing", ""], ["refunds", "french"], 2));
    }

    [Fact]
    public void NonsenseIsRefused()
    {
        agent.Refuses("name_missing", new ConfigureAgent(" ", [], [], 1));
        agent.Refuses("capacity_out_of_range", new ConfigureAgent("Ada", [], [], -1));
        agent.Refuses("capacity_out_of_range", new ConfigureAgent("Ada", [], [], 101));
        agent.Refuses("unknown_presence", new SetPresence("asleep"));
        agent.Refuses("offer_gone", new AcceptOffer("billing-99"));
        var stranger = new Subject<AgentBehaviour, AgentState>("bob");
        stranger.Refuses("no_such_agent", new GetAgent());
        stranger.Refuses("no_such_agent", new SetPresence("available"));
    }
}
