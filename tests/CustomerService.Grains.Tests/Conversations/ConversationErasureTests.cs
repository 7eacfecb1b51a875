using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>Erased when it is over, and kept while somebody has to do something or the law wants it.</summary>
public sealed class ConversationErasureTests
{
    private static readonly DateTimeOffset Long = Subject<ConversationBehaviour, ConversationState>.Start.AddDays(30);

    private static EraseConversation Erase(DateTimeOffset? notAfter = null) => new(notAfter ?? Long, "rule", ["files/1"], ["<1@shop>"]);

    [Fact]
    public void ErasedConversation_KeepsItsNumbersAndNothingElse()
    {
        var conversation = Resolved();
        var before = conversation.State;

        var effects = conversation.Handle(Erase() with { Id = "e-1" }).Effects;

        Assert.Equal((before.LastSequence, before.Hop, before.LastConsult, ConversationStatus.New), (conversation.State.LastSequence, conversation.State.Hop, conversation.State.LastConsult, conversation.State.Status));
        Assert.True(before is { LastSequence: > 0, Hop: > 0, LastConsult: > 0 });
        var left = JsonSerializer.Serialize(conversation.State, GrainsJson.Default.ConversationState);
        Assert.All(new[] { "visitor-1", "parcel", "refund", "ada", "cust-3", before.CustomerId }, word => Assert.DoesNotContain(word, left, StringComparison.OrdinalIgnoreCase));
        Assert.Single(effects.OfType<EmptyJournal>());
        Assert.Equal([new ConversationErased("rule")], effects.Recorded<JournalEvent>());
        Assert.True(effects.CancelsAlarm("close"));
    }

    [Fact]
    public void Erasure_IsTold_ToAllWhoKnowSomethingOfIt()
    {
        var conversation = Resolved();
        var customer = conversation.State.CustomerId;

        var effects = conversation.Handle(Erase()).Effects;

        foreach (var beside in new[] { Grain.Delivery("c-1"), Grain.Reviews("c-1"), Grain.Ticket("t-1") })
            Assert.Single(effects.Told<EraseBeside>(beside));
        foreach (var record in new[] { customer, "cust-3" })
            Assert.Equal(new ForgetConversation("c-1"), Assert.Single(effects.Told<ForgetConversation>(Grain.Customer(record))));
        var clear = Assert.IsType<ClearAway>(Assert.Single(effects.OfType<Perform>()).Work);
        Assert.Equal((ChannelNames.Chat, "visitor-1", customer), (clear.Channel, clear.Address, clear.CustomerId));
        Assert.Equal(["files/1", "<1@shop>"], clear.Files.Concat(clear.Mails));
    }

    [Fact]
    public void CustomerWhoWasTheirOwnAgain_IsForgottenByBothRecords()
    {
        var conversation = Begun();
        conversation.Handle(Receive("m-1"));
        conversation.Handle(new CompleteRun("m-1", Answered() with { Log = Log("cust-3") }));
        conversation.Handle(Receive("m-2"));
        conversation.Handle(new CompleteRun("m-2", Answered() with { Log = Log("") }));

        var effects = conversation.Handle(Erase()).Effects;

        Assert.Single(effects.Told<ForgetConversation>(Grain.Customer("cust-3")));
        Assert.Single(effects.Told<ForgetConversation>(Grain.Customer(CustomerIds.ForAddress(ChannelNames.Chat, "visitor-1"))));
    }

    [Fact]
    public void Repeated_ItChangesNothing()
    {
        var conversation = Resolved();
        conversation.Handle(Erase() with { Id = "e-1" });

        conversation.ChangesNothing(Erase() with { Id = "e-1" });
        conversation.Refuses("nothing_to_erase", Erase() with { Id = "e-2" });
    }

    [Fact]
    public void ConversationThatNeverBegan_HasNothingToErase() => Begun().Refuses("nothing_to_erase", Erase());

    [Fact]
    public void CustomerWhoWritesAgain_BeginsAnew_WithTheNextNumbers()
    {
        var conversation = Resolved();
        var last = conversation.State.LastSequence;
        var hop = conversation.State.Hop;
        conversation.Handle(Erase());

        Assert.Equal(new MessageAccepted(last + 1, Duplicate: false), conversation.Ask<MessageAccepted>(Receive("m-1", "Hello again")));
        Assert.Equal("New>Assistant", conversation.Last.Effects.Moves());
        conversation.HandOff("m-1", Package());
        Assert.Equal(hop + 1, conversation.State.Hop);
        Assert.Equal(conversation.Now, conversation.State.CreatedAt);
    }

    [Fact]
    public void WhatComesLate_LeavesNoTrace()
    {
        var conversation = Resolved();
        conversation.Handle(Erase());

        conversation.ChangesNothing(new ReportReceipt(1, "read"));
        conversation.ChangesNothing(new NoteDelivery(1, "m", DeliveryStatus.Failed, "rosa@example.com is unknown"));
        conversation.ChangesNothing(new NoteWrapUp("ada", "billing-1", null, "She was angry."));
        conversation.ChangesNothing(new NoteTranslations([new LineTranslation(1, "es", "en") { Text = "Where is it?", Provider = "ours" }]) { CustomerLanguage = "es" });
        conversation.ChangesNothing(new WorkFailed(new TranslateLines("c-1", [new LineToTranslate(1, Author.Customer, "Where?")]), "away"));
        conversation.ChangesNothing(new CompleteRun("m-1", Answered()));
        conversation.Refuses("no_such_message", new CorrectMessage("ada", 1, "refund", null));
        conversation.Refuses("no_such_conversation", new AddNote("ada", "She was angry."));
    }

    [Fact]
    public void AssistantsConversationThatNobodySettled_IsOverToo()
    {
        var conversation = Begun();
        conversation.Handle(Receive("m-1"));
        conversation.Handle(new CompleteRun("m-1", Answered()));

        Assert.Equal(Reply.Done, conversation.Handle(Erase()).Reply);
    }

    [Fact]
    public void WhileSomebodyHasToDoSomething_ItStays()
    {
        var waiting = Begun();
        waiting.Handle(Receive("m-1"));
        waiting.Refuses("still_active", Erase());

        Queued().Refuses("still_active", Erase());
        var assigned = Assigned();
        assigned.Refuses("still_active", Erase());
        assigned.Handle(new Snooze("ada", assigned.Now.AddDays(1), "later"));
        assigned.Refuses("still_active", Erase());
        var wrapUp = Assigned(terms: Terms with { WrapUp = true });
        wrapUp.Handle(new Resolve("ada"));
        wrapUp.Refuses("still_active", Erase());
    }

    [Fact]
    public void WhatWasSaidSince_KeepsIt()
    {
        var conversation = Resolved();

        conversation.Refuses("written_since", Erase(conversation.State.Tail[^1].At.AddTicks(-1)));
        Assert.Equal(Reply.Done, conversation.Handle(Erase(conversation.State.Tail[^1].At)).Reply);
    }

    [Fact]
    public void LegalHold_KeepsIt_UntilItIsLifted()
    {
        var conversation = Resolved();
        Assert.Equal([new LegalHoldPlaced("lea", "A lawsuit.")], conversation.Handle(new PlaceLegalHold("lea", " A lawsuit. ") { Id = "h-1" }).Effects.Recorded<LegalHoldPlaced>());
        conversation.ChangesNothing(new PlaceLegalHold("lea", "A lawsuit.") { Id = "h-1" });
        conversation.ChangesNothing(new PlaceLegalHold("lea", "A lawsuit."));

        conversation.Refuses("on_legal_hold", Erase());
        conversation.Handle(Receive("m-9"));
        conversation.Refuses("on_legal_hold", Erase());
        Assert.Equal(new LegalHold("lea", "A lawsuit.", Subject<ConversationBehaviour, ConversationState>.Start), conversation.Ask<ConversationView>(new GetConversation()).LegalHold);
        conversation.Handle(new CompleteRun("m-9", Answered()));
        Assert.Equal([new LegalHoldLifted("max")], conversation.Handle(new LiftLegalHold("max")).Effects.Recorded<LegalHoldLifted>());

        Assert.Equal(Reply.Done, conversation.Handle(Erase()).Reply);
    }

    [Fact]
    public void LegalHold_IsPlacedWithAReason_OnAConversationThatThereIs()
    {
        Begun().Refuses("no_such_conversation", new PlaceLegalHold("lea", "A lawsuit."));
        Resolved().Refuses("reason_missing", new PlaceLegalHold("lea", " "));
        Resolved().Refuses("message_too_long", new PlaceLegalHold("lea", new string('x', LegalHold.MaxReason + 1)));
        Resolved().Refuses("no_legal_hold", new LiftLegalHold("lea"));
        var held = Resolved();
        held.Handle(new PlaceLegalHold("lea", "A lawsuit."));
        held.Handle(new PlaceLegalHold("max", "Another."));
        Assert.Equal(("max", "Another."), (held.State.LegalHold!.By, held.State.LegalHold.Reason));
    }

    [Fact]
    public void WhatCouldNotBeClearedAway_IsTriedAgainLater()
    {
        var conversation = Resolved();
        var work = (ClearAway)conversation.Handle(Erase()).Effects.OfType<Perform>().Single().Work;

        var wake = Assert.Single(conversation.Handle(new WorkFailed(work, "The disk is away.")).Effects.OfType<Wake>());
        Assert.Equal(conversation.Now.AddHours(1), wake.At);
        Assert.Equal(work, Assert.IsType<Perform>(Assert.Single(conversation.Handle(wake.Command).Effects)).Work);
    }

    private static InteractionLog Log(string customer) => new("t-1", "Refund", "open", customer, ImmutableDictionary<string, string>.Empty);

    /// <summary>One that went the whole way: a linked customer, a person, a colleague's answer, a note, settled.</summary>
    private static Subject<ConversationBehaviour, ConversationState> Resolved()
    {
        var conversation = Begun();
        conversation.Handle(Receive("m-1"));
        conversation.Handle(new CompleteRun("m-1", HandedOff() with { Log = Log("cust-3") }));
        conversation.Handle(new NoteTerms("billing", conversation.State.Hop, Terms with { CloseAfterSeconds = 86_400 }));
        conversation.Assign("ada", "billing-1");
        conversation.Handle(new Consult("ada", "Is there a refund?") { Agent = "kim" });
        conversation.Handle(new AnswerConsult("kim", "q-1", "There is."));
        conversation.Handle(new SendAgentReply("ada", "r-1", "Your refund comes."));
        conversation.Handle(new Resolve("ada"));
        Assert.Equal(ConversationStatus.Resolved, conversation.State.Status);
        return conversation;
    }
}
