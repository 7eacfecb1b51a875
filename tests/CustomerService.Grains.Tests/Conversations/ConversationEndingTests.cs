using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>Wrapped up, closed, opened again.</summary>
public sealed class ConversationEndingTests
{
    [Fact]
    public void WhereNoWorkFollows_ResolutionIsTheEnd()
    {
        var effects = Assigned(terms: Terms).Handle(new Resolve("ada")).Effects;

        var release = Assert.Single(effects.Told<ReleaseWork>(Ada));
        Assert.Equal((true, false), (release.WrapUp, release.Awaited));
        Assert.Equal("Assigned>Resolved", effects.Moves());
        Assert.False(effects.HasAlarm("close"));
    }

    [Fact]
    public void Resolution_TellsTheCustomersRecordWhoServedThem()
    {
        var conversation = Assigned(terms: Terms with { WrapUp = true });

        var effects = conversation.Handle(new Resolve("lead")).Effects;

        Assert.Equal(new NoteServedBy("ada", conversation.Now), Assert.Single(effects.Told<NoteServedBy>(Grain.Customer(conversation.State.CustomerId))));
        Assert.Empty(conversation.Handle(new NoteWrapUp("ada", "billing-1", null, null)).Effects.Told<NoteServedBy>(Grain.Customer(conversation.State.CustomerId)));
    }

    [Fact]
    public void ResolutionOfALinkedCustomersMatter_TellsTheRecordThatItsMessagesWentTo()
    {
        var conversation = new Subject<ConversationBehaviour, ConversationState>("c-1");
        conversation.Handle(Receive("m-1"));
        var log = new InteractionLog("t-1", "Refund", "open", "cust-3", ImmutableDictionary<string, string>.Empty);
        conversation.Handle(new CompleteRun("m-1", HandedOff("billing", 3) with { Log = log }));
        conversation.Handle(new AssignAgent("ada", "billing-1"));

        var effects = conversation.Handle(new Resolve("ada")).Effects;

        Assert.Single(effects.Told<NoteServedBy>(Grain.Customer("cust-3")));
        Assert.Empty(effects.Told<NoteServedBy>(Grain.Customer(conversation.State.CustomerId)));
    }

    [Fact]
    public void ResolutionInTheLine_WasServedByNobody()
    {
        var conversation = new Subject<ConversationBehaviour, ConversationState>("c-1");
        conversation.Handle(Receive("m-1"));
        conversation.Handle(new CompleteRun("m-1", HandedOff("billing", 3)));

        Assert.Empty(conversation.Handle(new Resolve("lead")).Effects.Told<NoteServedBy>(Grain.Customer(conversation.State.CustomerId)));
    }

    [Fact]
    public void WrapUp_LastsUntilTheAgentsWord()
    {
        var conversation = Assigned(terms: Terms with { WrapUp = true });

        var effects = conversation.Handle(new Resolve("ada")).Effects;

        Assert.True(Assert.Single(effects.Told<ReleaseWork>(Ada)).Awaited);
        Assert.Equal("Assigned>WrapUp", effects.Moves());
        Assert.Single(effects.Recorded<ConversationResolved>());
        conversation.ChangesNothing(new Resolve("lead"));
        conversation.Refuses("conversation_resolved", new Transfer("experts", 1, "x", "lead"));
        conversation.Refuses("conversation_open", new Close("lead"));

        var note = new NoteWrapUp("ada", "billing-1", "refunded", "42 euros") { Id = "agent/ada#4" };
        Assert.Equal("WrapUp>Resolved", conversation.Handle(note).Effects.Moves());
        Assert.Equal(new WrappedUp("ada", "refunded", "42 euros"), Assert.Single(conversation.Last.Effects.Recorded<WrappedUp>()));
        Assert.Null(conversation.State.AgentId);
        conversation.ChangesNothing(note);
    }

    [Fact]
    public void WordOfAnEarlierWrapUp_EndsNothing()
    {
        var conversation = Assigned(terms: Terms with { WrapUp = true });
        conversation.Handle(new Resolve("ada"));

        conversation.Handle(new NoteWrapUp("ada", "billing-0", null, null));

        Assert.Equal(ConversationStatus.WrapUp, conversation.State.Status);
    }

    [Fact]
    public void MessageDuringTheWrapUp_GoesToTheSameAgent()
    {
        var conversation = Assigned(terms: Terms with { WrapUp = true });
        conversation.Handle(new Resolve("ada"));

        var effects = conversation.Handle(Receive("m-2")).Effects;

        Assert.Equal(new ResumeWork("c-1", "billing-1"), Assert.Single(effects.Told<ResumeWork>(Ada)));
        Assert.Equal("WrapUp>Assigned", effects.Moves());
        Assert.Single(effects.Recorded<ConversationReopened>());
        Assert.Empty(effects.OfType<Perform>());
        Assert.IsType<MessageAccepted>(conversation.Handle(new SendAgentReply("ada", "r-1", "Yes?")).Reply);
        Assert.Equal(ConversationStatus.Assigned, conversation.State.Status);

        // The desk had finished with it in the meantime.
        Assert.Equal("Assigned>Queued", conversation.Handle(new ReturnToQueue("ada", "billing-1", "finished")).Effects.Moves());
    }

    [Fact]
    public void ResolvedConversation_ClosesWhenNothingMoreComes()
    {
        var conversation = Assigned(terms: Terms with { CloseAfterSeconds = 3600 });
        var alarm = conversation.Handle(new Resolve("ada")).Effects.Alarm("close");
        Assert.Equal(conversation.Now.AddSeconds(3600), alarm.At);

        Assert.Equal("Resolved>Closed", conversation.After(3600).Handle(alarm.Command).Effects.Moves());
        conversation.ChangesNothing(alarm.Command);
        conversation.ChangesNothing(new Close("lead"));
    }

    [Fact]
    public void MessageBeforeTheClosing_ForgetsIt()
    {
        var conversation = Assigned(terms: Terms with { CloseAfterSeconds = 3600 });
        var alarm = conversation.Handle(new Resolve("ada")).Effects.Alarm("close");

        Assert.True(conversation.Handle(Receive("m-2")).Effects.CancelsAlarm("close"));

        conversation.After(3600).ChangesNothing(alarm.Command);
    }

    [Fact]
    public void Closing_ByHand()
    {
        Begun().Refuses("no_such_conversation", new Close("lead"));
        var conversation = Assigned();
        conversation.Refuses("conversation_open", new Close("lead"));
        conversation.Handle(new Resolve("ada"));

        Assert.Equal("Resolved>Closed", conversation.Handle(new Close("lead")).Effects.Moves());
    }

    [Fact]
    public void MessageAfterTheClosing_BeginsANewMatter()
    {
        var conversation = Assigned(Package() with { Tier = "gold" }, Terms with { Reopen = "queue" });
        conversation.Handle(new SendAgentReply("ada", "r-1", "Done."));
        conversation.Handle(new Resolve("ada"));
        conversation.Handle(new Close("lead"));

        var effects = conversation.Handle(Receive("m-2")).Effects;

        Assert.Equal("Closed>Assistant", effects.Moves());
        Assert.Empty(effects.Recorded<ConversationReopened>());
        Assert.Single(effects.OfType<Perform>());
        var view = conversation.Ask<ConversationView>(new GetConversation());
        Assert.Equal((4L, null, null), (view.LastSequence, view.Handoff, view.Tier));
        Assert.Equal((false, null, null), (conversation.State.Answered, conversation.State.Terms, conversation.State.LastAgentId));
    }

    [Fact]
    public void MessageAfterAResolution_GoesToTheAssistantByDefault()
    {
        var conversation = Assigned(terms: Terms);
        conversation.Handle(new Resolve("ada"));

        var effects = conversation.Handle(Receive("m-2")).Effects;

        Assert.Equal("Resolved>Assistant", effects.Moves());
        Assert.Single(effects.Recorded<ConversationReopened>());
        Assert.Single(effects.OfType<Perform>());
    }

    [Theory]
    [InlineData("agent", 0, "ada", 60)]
    [InlineData("agent", 300, "ada", 300)]
    [InlineData("queue", 0, null, 0)]
    [InlineData("queue", 30, "ada", 30)]
    public void MessageAfterAResolution_GoesBackToPeopleIfTheTermsSaySo(string policy, double lastAgentSeconds, string? agent, double seconds)
    {
        var conversation = Assigned(terms: Terms with { Reopen = policy, LastAgentSeconds = lastAgentSeconds });
        conversation.Handle(new Resolve("ada"));

        var effects = conversation.After(86_400).Handle(Receive("m-2")).Effects;

        var enqueue = Assert.Single(effects.Told<Enqueue>(Billing));
        Assert.Equal((conversation.Now, agent), (enqueue.Since, enqueue.PreferredAgent));
        Assert.Equal(agent is null ? null : conversation.Now.AddSeconds(seconds), enqueue.PreferredUntil);
        Assert.Equal("Resolved>Queued", effects.Moves());
        Assert.Empty(effects.OfType<Perform>());
        Assert.Equal("Wants a refund.", Assert.Single(effects.Recorded<HandedOff>()).Package.Summary);
    }

    [Fact]
    public void WayBack_LeadsWhereItWasLast()
    {
        var conversation = Queued(Routed(Target("billing", 60), Target("experts")), Terms with { Reopen = "queue" });
        conversation.After(60).Handle(new NextTarget(1));
        conversation.Assign("bob", "experts-1").Handle(new Resolve("bob"));

        Assert.Single(conversation.Handle(Receive("m-2")).Effects.Told<Enqueue>(Experts));
    }

    [Fact]
    public void CustomerWhoComesBackByTheAssistant_GetsTheLastAgentFirst()
    {
        var conversation = Assigned(terms: Terms with { LastAgentSeconds = 90 });
        conversation.Handle(new Resolve("ada"));
        conversation.Handle(Receive("m-2"));

        var enqueue = Assert.Single(conversation.HandOff("m-2", Package()).Effects.Told<Enqueue>(Billing));

        Assert.Equal(("ada", conversation.Now.AddSeconds(90)), (enqueue.PreferredAgent, enqueue.PreferredUntil));
    }
}
