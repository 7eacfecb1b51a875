using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>From one person to another: cold, warm, to one agent, and back into the line.</summary>
public sealed class ConversationTransferTests
{
    private static readonly GrainId Bob = Grain.Agent("bob");

    private static Transfer Warm { get; } = new("experts", 5, "harder than it looked", "ada") { Warm = true };

    [Fact]
    public void ColdTransfer_KeepsThePlaceInTime()
    {
        var conversation = Assigned();
        var since = conversation.Now;

        var effects = conversation.After(600).Handle(new Transfer("experts", 5, "wrong team", "ada") { Note = "He has called twice." }).Effects;

        Assert.Equal((since, 2L), (effects.Told<Enqueue>(Experts)[0].Since, effects.Told<Enqueue>(Experts)[0].Hop));
        Assert.False(Assert.Single(effects.Told<ReleaseWork>(Ada)).WrapUp);
        Assert.Equal(new NoteAdded("ada", "He has called twice."), Assert.Single(effects.Recorded<NoteAdded>()));
        Assert.Equal("Assigned>Queued", effects.Moves());
    }

    [Fact]
    public void TransferThatSaysNothingOfPriority_LeavesItAsItIs()
    {
        var effects = Assigned().Handle(new Transfer("experts", 0, "wrong team", "ada") { KeepPriority = true }).Effects;

        Assert.Equal(Package().Priority, effects.Told<Enqueue>(Experts)[0].Priority);
        Assert.NotEqual(0, Package().Priority);
    }

    [Fact]
    public void TransferBackToTheOwnQueue_PassesByWhoGaveItAway() =>
        Assert.Equal("ada", Assert.Single(Assigned().Handle(new Transfer("billing", 3, "shift ends", "ada")).Effects.Told<Enqueue>(Billing)).LetGoBy);

    [Fact]
    public void TransferToAnAgent_WaitsForThemAWhile()
    {
        var conversation = Assigned();

        var effects = conversation.Handle(new Transfer("experts", 5, "knows it", "ada") { ToAgent = "bob", Needs = [new SkillNeed("tax", 4, true)] }).Effects;

        var enqueue = Assert.Single(effects.Told<Enqueue>(Experts));
        Assert.Equal(("bob", conversation.Now.AddSeconds(120)), (enqueue.PreferredAgent, enqueue.PreferredUntil));
        Assert.Equal("tax", Assert.Single(enqueue.Needs).Skill);
        Assert.Empty(enqueue.Skills);
    }

    [Fact]
    public void WarmTransfer_LeavesTheCustomerWithTheirAgentUntilTheNextHasAccepted()
    {
        var conversation = Assigned(terms: Terms);

        var begun = conversation.Handle(Warm).Effects;

        Assert.Equal("ada", Assert.Single(begun.Told<Enqueue>(Experts)).LetGoBy);
        Assert.Empty(begun.Told<ReleaseWork>(Ada));
        Assert.Equal("", begun.Moves());
        Assert.Equal("experts", conversation.Ask<ConversationView>(new GetConversation()).TransferTo);
        Assert.IsType<MessageAccepted>(conversation.Handle(new SendAgentReply("ada", "r-1", "I fetch a colleague.")).Reply);
        conversation.Handle(new NoteTerms("experts", 2, Terms with { Version = "t2", EscalateTo = "board" }));
        Assert.Equal("t1", conversation.State.Terms!.Version);
        Assert.Equal("", conversation.Offer("bob", "experts-1").Last.Effects.Moves());

        var effects = conversation.Assign("bob", "experts-1").Last.Effects;

        Assert.Equal("billing-1", Assert.Single(effects.Told<ReleaseWork>(Ada)).OfferId);
        Assert.Single(effects.Told<Withdraw>(Experts));
        Assert.Equal("experts", Assert.Single(effects.Recorded<HandedOff>()).Package.Queue);
        Assert.Equal(("experts", "t2", (WarmTransfer?)null), (conversation.State.Queue, conversation.State.Terms!.Version, conversation.State.Transfer));
    }

    [Fact]
    public void WarmTransfer_IsCalledOff()
    {
        var conversation = Assigned(terms: Terms);
        conversation.Handle(Warm);

        var effects = conversation.Handle(new CancelTransfer("ada")).Effects;

        Assert.Single(effects.Told<Withdraw>(Experts));
        Assert.Equal(("billing", "billing", "ada"), (conversation.State.Queue, conversation.State.Handoff!.Queue, conversation.State.AgentId));
        conversation.Refuses("no_transfer", new CancelTransfer("ada"));
        Assert.Single(conversation.Handle(new AssignAgent("bob", "experts-1")).Effects.Told<ReleaseWork>(Bob));
    }

    [Fact]
    public void WarmTransferThatItsQueuePassesOn_GoesThere_OrEnds()
    {
        var conversation = Assigned();
        conversation.Handle(Warm);

        Assert.Single(conversation.Handle(new PassOn("experts", 2, "the line is full", "masters")).Effects.Told<Enqueue>(Grain.Queue("masters")));
        var effects = conversation.Handle(new PassOn("masters", 3, "the line is full", "experts")).Effects;

        Assert.Empty(effects.Told<Enqueue>(Experts));
        Assert.Equal((ConversationStatus.Assigned, "ada", (WarmTransfer?)null), (conversation.State.Status, conversation.State.AgentId, conversation.State.Transfer));
    }

    [Fact]
    public void ResolutionDuringAWarmTransfer_EndsBoth()
    {
        var conversation = Assigned();
        conversation.Handle(Warm);

        var effects = conversation.Handle(new Resolve("ada")).Effects;

        Assert.Single(effects.Told<Withdraw>(Experts));
        Assert.Single(effects.Told<ReleaseWork>(Ada));
        Assert.Equal((ConversationStatus.Resolved, (QueueStay?)null), (conversation.State.Status, conversation.State.Stay));
    }

    [Fact]
    public void WarmTransferThatNobodyHolds_IsRefused()
    {
        Queued().Refuses("not_assigned", Warm);
        Begun().Refuses("no_such_conversation", Warm);
    }

    [Fact]
    public void StrandedConversation_GoesBackWithItsPlaceAndWithoutItsPreference()
    {
        var conversation = Assigned(Package() with { PreferredAgent = "ada", PreferredSeconds = 60 });
        var since = conversation.Now;

        var effects = conversation.After(300).Handle(new ReturnToQueue("ada", "billing-1", "connection lost")).Effects;

        var enqueue = Assert.Single(effects.Told<Enqueue>(Billing));
        Assert.Equal((since, 2L, (string?)null, "ada"), (enqueue.Since, enqueue.Hop, enqueue.PreferredAgent, enqueue.LetGoBy));
        Assert.Equal("billing-1", Assert.Single(effects.Told<ReleaseWork>(Ada)).OfferId);
        Assert.Contains("connection lost", Assert.Single(effects.Recorded<QueueEntered>()).Why, StringComparison.Ordinal);
        conversation.ChangesNothing(new ReturnToQueue("ada", "billing-1", "connection lost"));
    }

    [Fact]
    public void ReturnOfAnotherAssignment_ChangesNothing()
    {
        var conversation = Assigned();

        conversation.ChangesNothing(new ReturnToQueue("ada", "billing-0", "connection lost"));
        conversation.ChangesNothing(new ReturnToQueue("bob", "billing-1", "connection lost"));
    }

    [Fact]
    public void StrandedDuringAWarmTransfer_ItWaitsWhereItStandsAlready()
    {
        var conversation = Assigned(terms: Terms);
        conversation.Handle(Warm);
        conversation.Offer("bob", "experts-1");

        var effects = conversation.Handle(new ReturnToQueue("ada", "billing-1", "laptop died")).Effects;

        Assert.Empty(effects.Told<Enqueue>(Billing));
        Assert.Equal("Assigned>Offered", effects.Moves());
        Assert.Equal(("experts", (string?)null), (conversation.State.Queue, conversation.State.AgentId));
        Assert.Equal("Offered>Assigned", conversation.Assign("bob", "experts-1").Last.Effects.Moves());
    }
}
