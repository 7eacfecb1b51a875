using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Cluster.Tests.Checking;

/// <summary>The checker is checked: a sound run passes, and each way to spoil it is told by its own words.</summary>
public sealed class CheckerTests
{
    private static readonly GrainId Conversation = Grain.Conversation("c-1");
    private static readonly GrainId Agent = Grain.Agent("kim");
    private static readonly GrainId Queue = Grain.Queue("billing");

    private readonly List<Deed> deeds = [];
    private readonly List<JournalEntry> journal = [];

    /// <summary>Two messages: one answered, one handed over, assigned and replied to by an agent.</summary>
    public CheckerTests()
    {
        Did(DeedKind.Sent, "m-1");
        Did(DeedKind.Acknowledged, "m-1", 1);
        Did(DeedKind.Shown, "m-1:answer", 2);
        Did(DeedKind.Sent, "m-2");
        Did(DeedKind.SentAgain, "m-2");
        Did(DeedKind.Acknowledged, "m-2", 3);
        Did(DeedKind.ReplyAcknowledged, "r-1", 5);
        Happened(Agent, new AgentConfigured("Kim", ["billing"], [], 1));
        Happened(Conversation, Received(1, "m-1"), new StatusChanged(ConversationStatus.New, ConversationStatus.Assistant, ""));
        Happened(Conversation, Ran("m-1"), Answer(2, "m-1"));
        Happened(Conversation, Received(3, "m-2"));
        Happened(Conversation, Ran("m-2"), Answer(4, "m-2"), new HandedOff(new HandoffPackage("billing", 1, "", "", [], [])), new StatusChanged(ConversationStatus.Assistant, ConversationStatus.Queued, ""));
        Happened(Queue, new OfferMade("billing#1", "c-1", "kim", ""));
        Happened(Agent, new OfferReceived("billing#1", "c-1"));
        Happened(Queue, new OfferEnded("billing#1", "c-1", "kim", OfferStates.Accepted, null));
        Happened(Agent, new WorkStarted("c-1", "billing#1", "chat", 1));
        Happened(Conversation, new AgentAssigned("kim", "billing#1"), new StatusChanged(ConversationStatus.Queued, ConversationStatus.Assigned, ""));
        Happened(Conversation, new MessageSent(5, "r-1", Author.Agent, "kim", "Hello", [], [], null));
    }

    [Fact]
    public void SoundRun_HasNoViolations() => Assert.Empty(Judge());

    [Fact]
    public void MessageBehindAHandoff_IsForPeople()
    {
        Did(DeedKind.Sent, "m-3");
        Did(DeedKind.Acknowledged, "m-3", 6);
        Happened(Conversation, Received(6, "m-3"));

        Assert.Empty(Judge());
    }

    [Fact]
    public void AcknowledgedAndLost_IsFound()
    {
        Did(DeedKind.Sent, "m-3");
        Did(DeedKind.Acknowledged, "m-3", 6);

        Finds("acknowledged and lost: m-3 (c-1)");
    }

    [Fact]
    public void AcknowledgedAtAnotherPlace_IsFound()
    {
        Did(DeedKind.Acknowledged, "m-2", 4);

        Finds("acknowledged at another place: m-2 at 4 (c-1)");
    }

    [Fact]
    public void TakenTwice_IsFound()
    {
        Happened(Conversation, Received(6, "m-2"));

        Finds("taken twice: m-2 (c-1)");
    }

    [Fact]
    public void AnsweredTwice_IsFound()
    {
        Happened(Conversation, new MessageSent(6, "again", Author.Assistant, null, "", [], [], "m-2"));

        Finds("answered twice: m-2 (c-1)");
    }

    [Fact]
    public void AnswerToNothing_IsFound()
    {
        Happened(Conversation, new MessageSent(6, "x", Author.Assistant, null, "", [], [], "m-9"));

        Finds("answered and never taken: m-9 (c-1)");
    }

    [Fact]
    public void RunTwice_IsFound()
    {
        Happened(Conversation, Ran("m-1"));

        Finds("run twice: m-1 (c-1)");
    }

    [Fact]
    public void SentTwice_IsFound()
    {
        Happened(Conversation, new MessageSent(6, "m-1:answer", Author.Assistant, null, "", [], [], null));

        Finds("sent twice: m-1:answer (c-1)");
    }

    [Fact]
    public void OrderNotKept_IsFound()
    {
        deeds.RemoveAll(deed => deed is { What: DeedKind.Sent, Message: "m-1" });
        Did(DeedKind.Sent, "m-1");

        Finds("order not kept: m-1 has 1, and was sent when 3 was acknowledged (c-1)");
    }

    [Fact]
    public void AnsweredOutOfOrder_IsFound()
    {
        Replace<MessageSent>(sent => sent.InReplyTo == "m-1", sent => sent with { InReplyTo = "m-2" });
        Replace<MessageSent>(sent => sent.MessageSequence == 4, sent => sent with { InReplyTo = "m-1" });

        Finds("answered out of order: m-2 m-1 (c-1)");
    }

    [Fact]
    public void NeverAnswered_IsFound()
    {
        var other = Grain.Conversation("c-2");
        deeds.Add(new Deed(default, DeedKind.Sent, "c-2", "m-1", 0));
        deeds.Add(new Deed(default, DeedKind.Acknowledged, "c-2", "m-1", 1));
        Happened(other, Received(1, "m-1"), new StatusChanged(ConversationStatus.New, ConversationStatus.Assistant, ""));

        Finds("neither answered nor handed over nor parked: m-1 (c-2)");
    }

    [Fact]
    public void LostReplyOfAnAgent_IsFound()
    {
        Did(DeedKind.ReplyAcknowledged, "r-2", 6);

        Finds("reply of an agent, acknowledged and there 0 times: r-2 (c-1)");
    }

    [Fact]
    public void ShownAndNotThere_IsFound()
    {
        Did(DeedKind.Shown, "m-1:answer", 6);

        Finds("shown and not there: m-1:answer at 6 (c-1)");
    }

    [Fact]
    public void GapInTheTranscript_IsFound()
    {
        Replace<MessageSent>(sent => sent.MessageId == "r-1", sent => sent with { MessageSequence = 7 });

        Finds("gap in the transcript: r-1 has 7 where 5 should be (c-1)");
    }

    [Fact]
    public void GapInTheJournal_IsFound()
    {
        journal.RemoveAt(journal.FindIndex(entry => entry.Event is MessageSent { MessageId: "m-1:answer" }));

        Assert.Contains("gap in the journal: conversation/c-1 has #5 where #4 should be", Judge());
    }

    [Fact]
    public void PositionGivenTwice_IsFound()
    {
        journal[^1] = journal[^1] with { Position = journal[0].Position };

        Assert.Contains("position given twice: 1 to agent/kim and conversation/c-1", Judge());
    }

    [Fact]
    public void OfferMadeTwice_IsFound()
    {
        Happened(Queue, new OfferMade("billing#1", "c-1", "lee", ""));

        Finds("offered twice under one number: billing#1");
    }

    [Fact]
    public void OfferEndedTwice_IsFound()
    {
        Happened(Queue, new OfferEnded("billing#1", "c-1", "kim", OfferStates.TimedOut, null));

        Finds("ended twice: offer billing#1 as accepted and timed_out");
    }

    [Fact]
    public void TwoAgentsAtOnce_AreFound()
    {
        Happened(Queue, new OfferMade("billing#2", "c-1", "lee", ""), new OfferEnded("billing#2", "c-1", "lee", OfferStates.Accepted, null));
        Happened(Conversation, new AgentAssigned("lee", "billing#2"));

        Assert.Contains("two agents at once: conversation/c-1 goes to lee while kim has it", Judge());
    }

    [Fact]
    public void AssignedByAnOfferThatWasNotAccepted_IsFound()
    {
        Replace<OfferEnded>(_ => true, ended => ended with { Outcome = OfferStates.TimedOut });

        Finds("assigned by an offer that was not accepted: billing#1");
    }

    [Fact]
    public void MoreOnADeskThanFits_IsFound()
    {
        Happened(Agent, new OfferReceived("billing#2", "c-2"));

        Finds("more on a desk than fits: agent/kim has 2 of 1 at #4");
    }

    [Fact]
    public void DeskThatDoesNotHaveIt_IsFound()
    {
        Happened(Agent, new WorkEnded("c-1", "billing#1", "released", null));

        Finds("held by nobody: c-1 is with kim, whose desk does not have it");
    }

    [Fact]
    public void LeftOnADesk_IsFound()
    {
        Happened(Conversation, new StatusChanged(ConversationStatus.Assigned, ConversationStatus.Resolved, ""));

        Finds("left on a desk: kim has c-1 by billing#1, and the conversation is elsewhere");
    }

    [Fact]
    public void WhatIsLeftBehind_IsFound() =>
        Assert.Contains("left behind: effect conversation/c-1@3.0", Checker.Judge(new Evidence(deeds, journal, ["effect conversation/c-1@3.0"])));

    private static MessageReceived Received(long sequence, string id) => new(sequence, new Interaction(id, ChannelNames.Chat, "visitor", "Hello", default));

    private static RunCompleted Ran(string id) => new(id, MessageSignals.Unknown, ResolutionTypes.Automated, ChannelNames.Chat, 0.1, null);

    private static MessageSent Answer(long sequence, string id) => new(sequence, $"{id}:answer", Author.Assistant, null, "Hello", [], [], id);

    private void Did(DeedKind what, string message, long sequence = 0) => deeds.Add(new Deed(default, what, "c-1", message, sequence));

    private void Happened(GrainId grain, params JournalEvent[] events)
    {
        foreach (var happened in events)
            journal.Add(new JournalEntry(journal.Count + 1, grain, journal.Count(entry => entry.Grain == grain) + 1, default, happened));
    }

    private void Replace<TEvent>(Func<TEvent, bool> which, Func<TEvent, TEvent> by)
        where TEvent : JournalEvent
    {
        var index = journal.FindIndex(entry => entry.Event is TEvent happened && which(happened));
        journal[index] = journal[index] with { Event = by((TEvent)journal[index].Event) };
    }

    private IReadOnlyList<string> Judge() => Checker.Judge(new Evidence(deeds, journal, []));

    /// <summary>This violation and no other: what is spoilt in one way must not be told in words that mislead.</summary>
    private void Finds(string violation) => Assert.Equal([violation], Judge());
}
