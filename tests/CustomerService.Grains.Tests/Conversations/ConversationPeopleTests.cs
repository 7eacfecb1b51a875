using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

public sealed class ConversationPeopleTests
{
    private static readonly GrainId Ada = Grain.Agent("ada");
    private static readonly GrainId Billing = Grain.Queue("billing");

    private readonly Subject<ConversationBehaviour, ConversationState> conversation = new("c-1");

    private void Queue()
    {
        conversation.Handle(Receive("m-1"));
        conversation.Handle(new CompleteRun("m-1", HandedOff("billing", 3, "refunds")));
    }

    private void Assign(string offerId = "billing-1")
    {
        Queue();
        conversation.Handle(new AssignAgent("ada", offerId));
    }

    [Fact]
    public void Correction_IsRecordedOnce_AndChangesNothingElse()
    {
        var subject = new Subject<ConversationBehaviour, ConversationState>("c-9");
        subject.Handle(Examples.Receive("m-1"));
        subject.Handle(new CompleteRun("m-1", Examples.Answered()));

        var correction = new CorrectMessage("ada", 1, "refund_status", "es") { Id = "k-1" };
        var effects = subject.Handle(correction).Effects;
        var again = subject.Handle(correction).Effects;

        Assert.Equal(new MessageCorrected(1, "ada", "refund_status", "es"), Assert.Single(effects.Recorded<MessageCorrected>()));
        Assert.Empty(again);
        Assert.Equal(("order_status", ConversationStatus.Assistant), (subject.State.LastSignals!.Intent, subject.State.Status));
    }

    [Theory]
    [InlineData(0, "refund_status", null, "no_such_message")]
    [InlineData(2, "refund_status", null, "no_such_message")]
    [InlineData(3, "refund_status", null, "no_such_message")]
    [InlineData(1, "Refund status!", null, "not_an_intent")]
    [InlineData(1, "", null, "not_an_intent")]
    [InlineData(1, "refund_status", "spanish", "not_a_language")]
    public void CorrectionOfNoCustomersMessage_OrByNoName_IsRefused(long sequence, string intent, string? language, string code)
    {
        var subject = new Subject<ConversationBehaviour, ConversationState>("c-9");
        subject.Handle(Examples.Receive("m-1"));
        subject.Handle(new CompleteRun("m-1", Examples.Answered()));

        var turn = subject.Handle(new CorrectMessage("ada", sequence, intent, language));

        Assert.Equal(code, Assert.IsType<Refused>(turn.Reply).Code);
        Assert.Empty(turn.Effects);
    }

    [Fact]
    public void ClaimedOffer_AssignsTheAgentOnce()
    {
        Queue();

        var effects = conversation.Handle(new AssignAgent("ada", "billing-1")).Effects;

        Assert.Equal(new AgentAssigned("ada", "billing-1"), Assert.Single(effects.Recorded<AgentAssigned>()));
        Assert.Single(effects.Told<Withdraw>(Billing));
        Assert.Equal((ConversationStatus.Assigned, "ada"), (conversation.State.Status, conversation.State.AgentId));
        conversation.ChangesNothing(new AssignAgent("ada", "billing-1"));
    }

    [Fact]
    public void SecondClaim_IsReleasedAtOnce()
    {
        Assign();

        var effects = conversation.Handle(new AssignAgent("bob", "billing-2")).Effects;

        Assert.Equal("billing-2", Assert.Single(effects.Told<ReleaseWork>(Grain.Agent("bob"))).OfferId);
        Assert.Equal("ada", conversation.State.AgentId);
    }

    [Fact]
    public void ClaimFromTheQueueBeforeATransfer_IsReleased()
    {
        Queue();
        conversation.Handle(new Transfer("technical", 5, "wrong team", "bob"));

        var effects = conversation.Handle(new AssignAgent("ada", "billing-1")).Effects;

        Assert.Single(effects.Told<ReleaseWork>(Ada));
        Assert.Equal((ConversationStatus.Queued, "technical"), (conversation.State.Status, conversation.State.Queue));
    }

    [Fact]
    public void RepeatedClaimAfterAReturnToTheSameQueue_ChangesNothing()
    {
        Assign();
        conversation.Handle(new Transfer("billing", 5, "shift ends", "ada"));

        conversation.ChangesNothing(new AssignAgent("ada", "billing-1"));

        Assert.Equal(ConversationStatus.Queued, conversation.State.Status);
    }

    [Fact]
    public void RepeatedClaimThatWasReleasedBefore_ChangesNothing()
    {
        Queue();
        conversation.Handle(new Resolve("lead"));
        Assert.Single(conversation.Handle(new AssignAgent("ada", "billing-1")).Effects.Told<ReleaseWork>(Ada));
        conversation.Handle(Receive("m-2"));
        conversation.Handle(new CompleteRun("m-2", HandedOff("billing")));

        conversation.ChangesNothing(new AssignAgent("ada", "billing-1"));

        Assert.Equal(ConversationStatus.Queued, conversation.State.Status);
    }

    [Fact]
    public void AgentReply_JoinsTheTranscriptOnce()
    {
        Assign();

        var sent = Assert.Single(conversation.Handle(new SendAgentReply("ada", "r-1", "I look into it.")).Effects.Recorded<MessageSent>());

        Assert.Equal((3L, "r-1", Author.Agent, "ada", "I look into it."), (sent.MessageSequence, sent.MessageId, sent.Author, sent.AgentId, sent.Text));
        conversation.ChangesNothing(new SendAgentReply("ada", "r-1", "I look into it."));
        Assert.Equal(new MessageAccepted(3, Duplicate: true), conversation.Last.Reply);
    }

    [Fact]
    public void ReplySentAnyway_IsRecordedWithItsReason_OnceAndWithoutTheFindings()
    {
        Assign();
        var reply = new SendAgentReply("ada", "r-1", "It is stupid, we know.") { Anyway = new DraftOverride(["rude"], "The customer said it first.") };

        var effects = conversation.Handle(reply).Effects;

        var anyway = Assert.Single(effects.Recorded<DraftSentAnyway>());
        Assert.Equal(("ada", "r-1", "rude", "The customer said it first."), (anyway.AgentId, anyway.MessageId, Assert.Single(anyway.Kinds), anyway.Reason));
        Assert.Single(effects.Recorded<MessageSent>());
        conversation.ChangesNothing(reply);
    }

    [Fact]
    public void HeldDraft_IsRecorded_AndNothingIsSent()
    {
        Assign();

        var effects = conversation.Handle(new NoteDraftHeld("ada", ["card"]) { Id = "d-1" }).Effects;

        Assert.Equal(("ada", "card"), (Assert.Single(effects.Recorded<DraftHeld>()).AgentId, Assert.Single(effects.Recorded<DraftHeld>()[0].Kinds)));
        Assert.Empty(effects.Recorded<MessageSent>());
    }

    [Fact]
    public void AgentReplyWithTheIdOfACustomersMessage_IsAMessageOfItsOwn()
    {
        Assign();

        Assert.Equal(new MessageAccepted(3, Duplicate: false), conversation.Ask<MessageAccepted>(new SendAgentReply("ada", "m-1", "Hello.")));
    }

    [Fact]
    public void ReplyOfAnybodyElse_IsRefused()
    {
        Queue();
        conversation.Refuses("not_assigned", new SendAgentReply("ada", "r-1", "Hello."));
        conversation.Handle(new AssignAgent("ada", "billing-1"));
        conversation.Refuses("not_assigned", new SendAgentReply("bob", "r-1", "Hello."));
        conversation.Refuses("empty_message", new SendAgentReply("ada", "r-1", " "));
        conversation.Refuses("message_id_missing", new SendAgentReply("ada", "", "Hello."));
        conversation.Refuses("message_too_long", new SendAgentReply("ada", "r-1", new string('x', Interaction.MaxContentLength + 1)));
    }

    [Fact]
    public void Note_IsRecordedOncePerCommand()
    {
        Assign();

        Assert.Single(conversation.Handle(new AddNote("ada", "Called the carrier.") { Id = "n-1" }).Effects.Recorded<NoteAdded>());
        conversation.ChangesNothing(new AddNote("ada", "Called the carrier.") { Id = "n-1" });
        Assert.Single(conversation.Handle(new AddNote("ada", "Called the carrier.") { Id = "n-2" }).Effects.Recorded<NoteAdded>());
        Assert.Equal(2, conversation.State.LastSequence);
    }

    [Fact]
    public void Note_TellsWhomItNames_AndNobodyTwice()
    {
        Assign();

        var effects = conversation.Handle(new AddNote("ada", "@ben @ada look") { Id = "n-1", Mentions = ["ben", "ada", "ben", ""] }).Effects;

        Assert.Equal<string[]>(["ben"], [.. Assert.Single(effects.Recorded<NoteAdded>()).Mentions]);
        Assert.Equal((NoticeKinds.Mention, "ada"), Assert.Single(effects.Told<GiveNotice>(Grain.Personal("ben"))) is var notice ? (notice.Kind, notice.By) : default);
        Assert.Empty(effects.Told<GiveNotice>(Grain.Personal("ada")));
    }

    [Fact]
    public void Suggestion_IsRecordedWithTheReplyOrAsLeft()
    {
        Assign();
        var used = new SuggestionUse("s-1", SuggestionOutcomes.Edited, "light") { Confidence = 0.8, Sources = ["article:return-item"] };

        var sent = conversation.Handle(new SendAgentReply("ada", "m-9", "Please send it back.") { Suggestion = used }).Effects.Recorded<SuggestionUsed>();
        var left = conversation.Handle(new NoteSuggestionLeft("ada", used with { Outcome = SuggestionOutcomes.Rejected }) { Id = "s-1" }).Effects.Recorded<SuggestionUsed>();

        Assert.Equal(("m-9", SuggestionOutcomes.Edited), (Assert.Single(sent).MessageId, sent[0].Suggestion.Outcome));
        Assert.Equal((null, SuggestionOutcomes.Rejected), (Assert.Single(left).MessageId, left[0].Suggestion.Outcome));
        conversation.ChangesNothing(new SendAgentReply("ada", "m-9", "Please send it back.") { Suggestion = used });
    }

    [Fact]
    public void Resolution_ReleasesTheAgentAndClosesTheTicket()
    {
        conversation.Handle(Receive("m-1"));
        var log = new InteractionLog("T-9", "Parcel", "open", "cust-3", Answered().Log?.Metrics ?? []);
        conversation.Handle(new CompleteRun("m-1", HandedOff() with { Log = log }));
        conversation.Handle(new AssignAgent("ada", "billing-1"));

        var effects = conversation.Handle(new Resolve("ada")).Effects;

        Assert.Single(effects.Recorded<ConversationResolved>());
        Assert.Equal("billing-1", Assert.Single(effects.Told<ReleaseWork>(Ada)).OfferId);
        Assert.Single(effects.Told<CloseTicket>(Grain.Ticket("T-9")));
        var view = conversation.Ask<ConversationView>(new GetConversation());
        Assert.Equal((ConversationStatus.Resolved, null, null), (view.Status, view.AgentId, view.Queue));
        conversation.ChangesNothing(new Resolve("ada"));
    }

    [Fact]
    public void ResolutionWhileQueued_LeavesTheLine()
    {
        Queue();

        Assert.Single(conversation.Handle(new Resolve("rule")).Effects.Told<Withdraw>(Billing));
    }

    [Fact]
    public void ResolutionDuringARun_IsRefused()
    {
        conversation.Handle(Receive("m-1"));

        conversation.Refuses("run_in_progress", new Resolve("ada"));
    }

    [Fact]
    public void Transfer_MovesTheConversationWithItsContext()
    {
        Assign();

        var effects = conversation.Handle(new Transfer("technical", 8, "needs a technician", "ada") { Id = "t-1" }).Effects;

        Assert.Single(effects.Told<ReleaseWork>(Ada));
        Assert.Equal(8, Assert.Single(effects.Told<Enqueue>(Grain.Queue("technical"))).Priority);
        var package = Assert.Single(effects.Recorded<HandedOff>()).Package;
        Assert.Equal("Wants a refund.", package.Summary);
        Assert.Contains("needs a technician", package.Reason, StringComparison.Ordinal);
        Assert.Equal((ConversationStatus.Queued, null), (conversation.State.Status, conversation.State.AgentId));
        conversation.ChangesNothing(new Transfer("technical", 8, "needs a technician", "ada") { Id = "t-1" });
    }

    [Fact]
    public void TransferBetweenQueues_LeavesTheFirstLine()
    {
        Queue();

        var effects = conversation.Handle(new Transfer("technical", 8, "wrong team", "lead")).Effects;

        Assert.Single(effects.Told<Withdraw>(Billing));
    }

    [Fact]
    public void TransferWithinTheQueue_ChangesThePriorityAndKeepsTheSkills()
    {
        Queue();

        var effects = conversation.Handle(new Transfer("billing", 9, "urgent", "lead")).Effects;

        Assert.Empty(effects.Told<Withdraw>(Billing));
        var enqueue = Assert.Single(effects.Told<Enqueue>(Billing));
        Assert.Equal(9, enqueue.Priority);
        Assert.Equal("refunds", Assert.Single(enqueue.Skills));
    }

    [Fact]
    public void TransferDuringARun_EndsTheRun()
    {
        conversation.Handle(Receive("m-1"));
        conversation.Handle(new Transfer("billing", 5, "supervisor", "lead"));

        conversation.ChangesNothing(new CompleteRun("m-1", Answered()));
    }

    [Fact]
    public void ActionsThatMakeNoSense_AreRefused()
    {
        conversation.Refuses("no_such_conversation", new Resolve("ada"));
        conversation.Refuses("no_such_conversation", new AddNote("ada", "x"));
        conversation.Refuses("no_such_conversation", new Transfer("billing", 1, "x", "ada"));
        Queue();
        conversation.Refuses("queue_missing", new Transfer(" ", 1, "x", "ada"));
        conversation.Refuses("empty_message", new AddNote("ada", ""));
        conversation.Handle(new Resolve("ada"));
        conversation.Refuses("conversation_resolved", new Transfer("billing", 1, "x", "ada"));
    }
}
