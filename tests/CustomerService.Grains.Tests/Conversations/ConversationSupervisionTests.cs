using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>What supervisors do to conversations that others have.</summary>
public sealed class ConversationSupervisionTests
{
    private static readonly GrainId Sam = Grain.Agent("sam");
    private static readonly TakeOver Take = new("sam", "she is upset") { Id = "k-1" };

    [Fact]
    public void Whisper_IsANoteToTheAgentWhoHasIt_AndNoMessage()
    {
        var conversation = Assigned();
        var before = conversation.State.LastSequence;

        var effects = conversation.Handle(new Whisper("sam", "Offer her the premium model.") { Id = "k-1" }).Effects;

        Assert.Equal(new NoteAdded("sam", "Offer her the premium model.") { WhisperTo = "ada" }, Assert.Single(effects.Recorded<NoteAdded>()));
        Assert.Empty(effects.Recorded<MessageSent>());
        Assert.Equal(before, conversation.State.LastSequence);
    }

    [Fact]
    public void Whisper_WhereNobodyHears_IsRefused()
    {
        Begun().Refuses("no_such_conversation", new Whisper("sam", "hm"));
        Queued().Refuses("not_assigned", new Whisper("sam", "hm"));
        Assigned().Refuses("empty_message", new Whisper("sam", " "));
    }

    [Fact]
    public void TakenFromAnAgent_ItIsTheSupervisors_AndTheAgentIsToldWhoAndWhy()
    {
        var conversation = Assigned(terms: Terms);

        var effects = conversation.Handle(Take).Effects;

        Assert.Equal((ConversationStatus.Assigned, "sam", "ada", "billing"), (conversation.State.Status, conversation.State.AgentId, conversation.State.LastAgentId, conversation.State.Queue));
        var release = Assert.Single(effects.Told<ReleaseWork>(Ada));
        Assert.Equal(("billing-1", "sam", "she is upset", false), (release.OfferId, release.TakenBy, release.Why, release.WrapUp));
        var work = Assert.Single(effects.Told<TakeWork>(Sam));
        Assert.Equal(("c-1", conversation.State.OfferId, "billing"), (work.ConversationId, work.OfferId, work.Queue));
        Assert.Equal(new TakenOver("sam", "ada", "she is upset"), Assert.Single(effects.Recorded<TakenOver>()));
        Assert.Equal("sam", Assert.Single(effects.Recorded<AgentAssigned>()).AgentId);
        conversation.Ask<MessageAccepted>(new SendAgentReply("sam", "a-1", "I am Sam, and I see to it."));
        conversation.Refuses("not_assigned", new SendAgentReply("ada", "a-2", "Me too"));
    }

    [Fact]
    public void TakenFromTheLine_ItLeavesIt_AndAClaimThatComesLaterIsLetGo()
    {
        var conversation = Queued().Offer("ada", "billing-1");

        var effects = conversation.Handle(Take).Effects;
        var late = conversation.Handle(new AssignAgent("ada", "billing-1")).Effects;

        Assert.Single(effects.Told<Withdraw>(Billing));
        Assert.Empty(effects.Told<ReleaseWork>(Ada));
        Assert.Equal("billing-1", Assert.Single(late.Told<ReleaseWork>(Ada)).OfferId);
        Assert.Equal("sam", conversation.State.AgentId);
        conversation.ChangesNothing(new NoteOffer("billing-2", "ada", new MatchView("anybody", [], "ada", "longest idle", [], 0)) { Hop = conversation.State.Hop });
    }

    [Fact]
    public void TakenFromTheAssistant_WhatStillRuns_IsForThePerson()
    {
        var conversation = Begun();
        conversation.Handle(Receive("m-1"));

        var effects = conversation.Handle(Take).Effects;
        conversation.ChangesNothing(new CompleteRun("m-1", Answered()));

        Assert.Equal((ConversationStatus.Assigned, "sam", QueueNames.General), (conversation.State.Status, conversation.State.AgentId, conversation.State.Queue));
        Assert.NotNull(conversation.State.UnansweredSince);
        Assert.Single(effects.Recorded<HandedOff>());
    }

    [Fact]
    public void TakenByOneWithoutADesk_ItGoesBackToItsQueue_WithItsPlaceKept()
    {
        var conversation = Assigned();
        var since = conversation.State.WaitingSince;
        conversation.Handle(Take);

        conversation.Handle(new ReturnToQueue("sam", conversation.State.OfferId!, "they have no desk of their own"));

        Assert.Equal((ConversationStatus.Queued, "billing", since), (conversation.State.Status, conversation.State.Queue, conversation.State.WaitingSince));
    }

    [Fact]
    public void TakingOver_TwiceWithoutReasonOrWhenSettled_ChangesNothing()
    {
        var conversation = Assigned();
        conversation.Refuses("reason_missing", new TakeOver("sam", " "));
        Begun().Refuses("no_such_conversation", Take);
        conversation.Handle(Take);
        conversation.ChangesNothing(new TakeOver("sam", "once more") { Id = "k-2" });
        conversation.Handle(new Resolve("sam"));
        conversation.Refuses("conversation_resolved", new TakeOver("eve", "mine"));
    }
}
