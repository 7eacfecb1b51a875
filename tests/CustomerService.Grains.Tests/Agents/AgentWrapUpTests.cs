using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Agents;

public sealed class AgentWrapUpTests
{
    private static readonly GrainId Conversation = Grain.Conversation("c-1");
    private static readonly WrapUpPolicy Policy = new(60, ["sold", "lost"], CodeRequired: true);

    private readonly Subject<AgentBehaviour, AgentState> agent = new("ada");

    public AgentWrapUpTests()
    {
        agent.Handle(new ConfigureAgent("Ada", ["billing"], [], 2));
        agent.Handle(new SetPresence("available"));
    }

    private void Accept(WrapUpPolicy? policy)
    {
        agent.Handle(new ReceiveOffer("billing-1", "billing", "c-1", agent.Now.AddSeconds(30)) { Channel = "chat", Units = 2, WrapUp = policy });
        agent.Handle(new AcceptOffer("billing-1"));
    }

    private void Hold(WrapUpPolicy? policy)
    {
        Accept(policy);
        agent.Handle(new ConfirmOffer("billing-1"));
    }

    private void Resolve() => agent.Handle(new ReleaseWork("c-1") { OfferId = "billing-1", WrapUp = true, Awaited = true });

    private void Wrapping(WrapUpPolicy? policy = null)
    {
        Hold(policy ?? Policy);
        Resolve();
    }

    private AgentView View => (AgentView)AgentBehaviour.Handle(agent.State, new GetAgent(), agent.Now).Reply;

    [Fact]
    public void WorkThatIsConfirmed_IsRecordedWithItsUnits()
    {
        Hold(Policy);

        Assert.Equal(new WorkStarted("c-1", "billing-1", "chat", 2), Assert.Single(agent.Last.Effects.Recorded<WorkStarted>()));
    }

    [Fact]
    public void ResolvedConversation_StaysOnTheDeskForItsWrapUp()
    {
        Wrapping();

        Assert.Equal(new WrapUpStarted("c-1", "billing-1"), Assert.Single(agent.Last.Effects.Recorded<WrapUpStarted>()));
        Assert.Equal((agent.Now.AddSeconds(60), (Command)new EndWrapUp("c-1", "billing-1")), agent.Last.Effects.OfType<Wake>().Select(wake => (wake.At, wake.Command)).Single());
        Assert.Equal(0, View.FreeUnits);
        Assert.Empty(View.Conversations);
        Assert.Equal(agent.Now, Assert.Single(View.Work).WrappingSince);
        agent.ChangesNothing(new ReleaseWork("c-1") { OfferId = "billing-1", WrapUp = true, Awaited = true });
    }

    [Fact]
    public void CompletedWrapUp_FreesTheDeskAndTellsTheConversation()
    {
        Wrapping();

        var effects = agent.Handle(new CompleteWrapUp("c-1", " sold ", "a blue one")).Effects;

        Assert.Equal(new NoteWrapUp("ada", "billing-1", "sold", "a blue one"), Assert.Single(effects.Told<NoteWrapUp>(Conversation)));
        Assert.Equal(new WorkEnded("c-1", "billing-1", "resolved", "sold"), Assert.Single(effects.Recorded<WorkEnded>()));
        Assert.Equal(2, Assert.Single(effects.Told<AgentReady>(Grain.Queue("billing"))).FreeUnits);
        Assert.Equal("wrap_up:billing-1", Assert.Single(effects.OfType<CancelWake>()).Alarm);
        agent.ChangesNothing(new EndWrapUp("c-1", "billing-1"));
        agent.Refuses("no_wrap_up", new CompleteWrapUp("c-1", "sold", null));
    }

    [Fact]
    public void WrapUpThatTakesTooLong_CompletesByItself()
    {
        Wrapping();

        var effects = agent.Handle(new EndWrapUp("c-1", "billing-1")).Effects;

        Assert.Equal(new NoteWrapUp("ada", "billing-1", null, null), Assert.Single(effects.Told<NoteWrapUp>(Conversation)));
        Assert.Equal(2, View.FreeUnits);
    }

    [Fact]
    public void Codes_AreThoseOfTheQueue()
    {
        Wrapping();

        agent.Refuses("wrap_up_code_missing", new CompleteWrapUp("c-1", " ", null));
        Assert.Contains("sold, lost", ((Refused)agent.Last.Reply).Message, StringComparison.Ordinal);
        agent.Refuses("unknown_wrap_up_code", new CompleteWrapUp("c-1", "bought", null));
        Assert.Contains("sold, lost", ((Refused)agent.Last.Reply).Message, StringComparison.Ordinal);
        agent.Refuses("wrap_up_too_long", new CompleteWrapUp("c-1", "sold", new string('x', 4_001)));
        agent.Refuses("no_wrap_up", new CompleteWrapUp("c-2", "sold", null));
    }

    [Fact]
    public void WithoutCodes_AnyTextOrNothingDoes()
    {
        Wrapping(new WrapUpPolicy(0, [], CodeRequired: false));
        Assert.Empty(agent.Last.Effects.OfType<Wake>());

        Assert.Equal("whatever", Assert.Single(agent.Handle(new CompleteWrapUp("c-1", "whatever", null)).Effects.Told<NoteWrapUp>(Conversation)).Code);
    }

    [Fact]
    public void ResolvedConversationWithoutWrapUp_LeavesAtOnceAndItsConversationHears()
    {
        Hold(policy: null);

        Resolve();

        Assert.Equal("resolved", Assert.Single(agent.Last.Effects.Recorded<WorkEnded>()).Outcome);
        Assert.Single(agent.Last.Effects.Told<NoteWrapUp>(Conversation));
        Assert.Equal(2, View.FreeUnits);
    }

    [Fact]
    public void ResolveBeforeTheConfirmation_WrapsUpTheClaim()
    {
        Accept(Policy);

        Resolve();

        Assert.NotNull(Assert.Single(View.Work).WrappingSince);
        Assert.Single(agent.Last.Effects.Recorded<WorkStarted>());
        Assert.Single(agent.Last.Effects.Recorded<WrapUpStarted>());
        agent.ChangesNothing(new ConfirmOffer("billing-1"));
        Assert.Single(agent.Handle(new CompleteWrapUp("c-1", "sold", null)).Effects.Told<NoteWrapUp>(Conversation));
    }

    [Fact]
    public void ResolveOfWorkThatIsGone_LeavesNoConversationWaiting()
    {
        Resolve();

        Assert.Equal(new NoteWrapUp("ada", "billing-1", null, null), Assert.Single(agent.Last.Effects.Told<NoteWrapUp>(Conversation)));
    }

    [Fact]
    public void ConversationThatDoesNotWait_HearsNothing()
    {
        Hold(policy: null);

        agent.Handle(new ReleaseWork("c-1") { OfferId = "billing-1", WrapUp = true });

        Assert.Empty(agent.Last.Effects.Told<NoteWrapUp>(Conversation));
        agent.ChangesNothing(new ReleaseWork("c-1") { OfferId = "billing-1", WrapUp = true });
    }

    [Fact]
    public void TransferredConversation_HasNoWrapUp()
    {
        Hold(Policy);

        agent.Handle(new ReleaseWork("c-1") { OfferId = "billing-1" });

        Assert.Equal("released", Assert.Single(agent.Last.Effects.Recorded<WorkEnded>()).Outcome);
        Assert.Empty(agent.Last.Effects.Told<NoteWrapUp>(Conversation));
    }

    [Fact]
    public void CustomerWhoWritesAgain_EndsTheWrapUpAndTheWorkGoesOn()
    {
        Wrapping();

        var effects = agent.Handle(new ResumeWork("c-1", "billing-1")).Effects;

        Assert.Equal("c-1", Assert.Single(View.Conversations));
        Assert.Single(effects.Recorded<WorkStarted>());
        Assert.Single(effects.OfType<CancelWake>());
        agent.ChangesNothing(new EndWrapUp("c-1", "billing-1"));
        agent.ChangesNothing(new ResumeWork("c-1", "billing-1"));
        Resolve();
        Assert.Single(agent.Last.Effects.Recorded<WrapUpStarted>());
    }

    [Fact]
    public void CustomerWhoWritesAgainTooLate_IsSentBackToTheLine()
    {
        Wrapping();
        agent.Handle(new CompleteWrapUp("c-1", "sold", null));

        var effects = agent.Handle(new ResumeWork("c-1", "billing-1")).Effects;

        Assert.Equal("billing-1", Assert.Single(effects.Told<ReturnToQueue>(Conversation)).OfferId);
    }

    [Fact]
    public void WrapUpOfAnAgentWhoIsGone_IsCompletedAndNotReturned()
    {
        Wrapping(new WrapUpPolicy(0, [], CodeRequired: true));
        agent.Handle(new SetPresence("offline"));
        agent.Now = agent.Now.AddSeconds(120);

        var effects = agent.Handle(new ReviewPresence()).Effects;

        Assert.Empty(effects.Told<ReturnToQueue>(Conversation));
        Assert.Single(effects.Told<NoteWrapUp>(Conversation));
    }

    [Fact]
    public void NextPresence_WaitsForTheWrapUpToo()
    {
        Wrapping();
        agent.Handle(new SetPresence("away") { WhenFree = true });
        Assert.Equal("available", View.Presence);

        agent.Handle(new CompleteWrapUp("c-1", "lost", null));

        Assert.Equal("away", View.Presence);
    }
}
