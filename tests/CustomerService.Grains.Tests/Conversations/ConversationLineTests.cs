using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>Standing in a line: what the queue is told, and what it tells.</summary>
public sealed class ConversationLineTests
{
    [Fact]
    public void Handoff_TellsTheQueueAllThatItDecidesBy()
    {
        var conversation = Begun();
        conversation.Handle(Receive("m-1"));

        var package = Package() with { Needs = [new SkillNeed("spanish", 3, true)], PreferredAgent = "bob", PreferredSeconds = 90, Tier = "gold" };
        var effects = conversation.After(20).HandOff("m-1", package).Effects;

        var enqueue = Assert.Single(effects.Told<Enqueue>(Billing));
        Assert.Equal((1L, 3, conversation.Now, ChannelNames.Chat), (enqueue.Hop, enqueue.Priority, enqueue.Since, enqueue.Channel));
        Assert.Equal("refunds", Assert.Single(enqueue.Skills));
        Assert.Equal(new SkillNeed("spanish", 3, true), Assert.Single(enqueue.Needs));
        Assert.Equal(("bob", conversation.Now.AddSeconds(90)), (enqueue.PreferredAgent, enqueue.PreferredUntil));
        Assert.Equal("Assistant>Queued", effects.Moves());
        Assert.Equal(("billing", 1L), (effects.Recorded<QueueEntered>()[0].Queue, effects.Recorded<QueueEntered>()[0].Hop));
        var view = conversation.Ask<ConversationView>(new GetConversation());
        Assert.Equal((conversation.Now, conversation.Now, "gold"), (view.StatusSince, view.WaitingSince, view.Handoff!.Tier));
    }

    [Fact]
    public void FirstMessage_BeginsTheHistoryOfStates() =>
        Assert.Equal("New>Assistant", Begun().Handle(Receive("m-1")).Effects.Moves());

    [Fact]
    public void Offer_IsExplainedAndEndsWithItsOutcome()
    {
        var conversation = Queued().Offer("ada", "billing-1");

        Assert.Equal("Queued>Offered", conversation.Last.Effects.Moves());
        Assert.Equal("longest idle", Assert.Single(conversation.Last.Effects.Recorded<OfferExplained>()).Match.Why);
        Assert.Equal("ada", Assert.Single(conversation.Ask<ConversationView>(new GetConversation()).OfferedTo));

        var effects = conversation.Handle(new NoteOfferEnd("billing-1", "ada", OfferStates.TimedOut, "no answer in time")).Effects;
        Assert.Equal("Offered>Queued", effects.Moves());
        Assert.Equal(OfferStates.TimedOut, Assert.Single(effects.Recorded<OfferOver>()).Outcome);
    }

    [Fact]
    public void RepeatedNoteOfAnOffer_ChangesNothing()
    {
        var conversation = Queued().Offer("ada", "billing-1");
        conversation.Handle(new NoteOfferEnd("billing-1", "ada", OfferStates.Rejected, null));
        var note = new NoteOffer("billing-1", "ada", new MatchView("", [], "ada", "", [], 0)) { Hop = 1 };

        conversation.ChangesNothing(note);
        conversation.ChangesNothing(new NoteOfferEnd("billing-1", "ada", OfferStates.Rejected, null));
        conversation.ChangesNothing(note with { OfferId = "billing-2", Hop = 0 });
        conversation.ChangesNothing(note with { OfferId = "experts-2" });
    }

    [Fact]
    public void OfSeveralOffers_OneIsAcceptedAndTheOthersAreOver()
    {
        var conversation = Queued().Offer("ada", "billing-1").Offer("bob", "billing-2");
        conversation.Handle(new NoteOfferEnd("billing-1", "ada", OfferStates.Rejected, null));
        Assert.Equal(ConversationStatus.Offered, conversation.State.Status);
        conversation.Offer("cid", "billing-3");

        var effects = conversation.Assign("cid", "billing-3").Last.Effects;

        Assert.Equal(
            [("billing-2", OfferStates.Rescinded), ("billing-3", OfferStates.Accepted)],
            effects.Recorded<OfferOver>().Select(over => (over.OfferId, over.Outcome)));
        Assert.Equal("Offered>Assigned", effects.Moves());
        Assert.Empty(conversation.Ask<ConversationView>(new GetConversation()).OfferedTo);
    }

    [Fact]
    public void WordOfTheAcceptedOffer_BeforeTheAssignment_DoesNotPutItBackIntoTheLine()
    {
        var conversation = Queued().Offer("ada", "billing-1");

        conversation.Handle(new NoteOfferEnd("billing-1", "ada", OfferStates.Accepted, null));

        Assert.Equal(ConversationStatus.Offered, conversation.State.Status);
        Assert.Equal("Offered>Assigned", conversation.Assign("ada", "billing-1").Last.Effects.Moves());
    }

    [Fact]
    public void LeavingTheLine_EndsItsOffers()
    {
        var conversation = Queued().Offer("ada", "billing-1");

        var effects = conversation.Handle(new Resolve("lead")).Effects;

        Assert.Equal(OfferStates.Cancelled, Assert.Single(effects.Recorded<OfferOver>()).Outcome);
        Assert.Equal("Offered>Resolved", effects.Moves());
        Assert.Single(effects.Told<Withdraw>(Billing));
    }

    [Fact]
    public void WhatAnEarlierStayIsTold_IsIgnored()
    {
        var conversation = Queued();
        conversation.Handle(new Transfer("experts", 3, "wrong team", "lead"));

        conversation.ChangesNothing(new NoteTerms("billing", 1, Terms));
        conversation.ChangesNothing(new NoteRelaxed("billing", 1, "spanish is no longer asked"));
        conversation.ChangesNothing(new NoteClosed("billing", 1, null, false));
        conversation.ChangesNothing(new PassOn("billing", 1, "full", "general"));
        conversation.ChangesNothing(new NextTarget(1));
        conversation.ChangesNothing(new NoteTerms("experts", 1, Terms));
    }

    [Fact]
    public void Relaxation_IsRecordedOncePerWord()
    {
        var conversation = Queued();
        var note = new NoteRelaxed("billing", 1, "spanish is no longer asked") { Id = "queue/billing#7" };

        Assert.Equal("spanish is no longer asked", Assert.Single(conversation.Handle(note).Effects.Recorded<NeedsRelaxed>()).What);
        conversation.ChangesNothing(note);
    }

    [Fact]
    public void Terms_AreKeptAndNamedToTheNextQueue()
    {
        var conversation = Queued(terms: Terms);

        conversation.ChangesNothing(new NoteTerms("billing", 1, Terms));
        Assert.Equal("tier1", conversation.Ask<ConversationView>(new GetConversation()).Tier);

        conversation.Handle(new Transfer("experts", 3, "harder", "lead"));
        Assert.Equal("t1", Assert.Single(conversation.Last.Effects.Told<Enqueue>(Experts)).TermsVersion);
    }

    [Fact]
    public void CalendarOfManyYears_IsKeptAsFarAsItMatters()
    {
        var holidays = Enumerable.Range(2000, 60).Select(year => new CalendarException(new DateOnly(year, 12, 25), "Christmas", []));
        var calendar = new BusinessCalendar { Name = "office", TimeZone = "Europe/Berlin", Week = [new OpenSpan(DayOfWeek.Monday, 480, 1080)], Exceptions = [.. holidays] };

        var kept = Queued(terms: Terms with { Calendar = calendar }).State.Terms!.Calendar!;

        Assert.Equal(new DateOnly(2026, 12, 25), Assert.Single(kept.Exceptions).Date);
        Assert.Equal(calendar.Week, kept.Week);
    }

    [Theory]
    [InlineData("en", "Our team is not here", "Thursday, 2026-03-05, 09:00 (Europe/Berlin)")]
    [InlineData("es", "Nuestro equipo", "jueves, 2026-03-05, 09:00")]
    [InlineData("fr", "Notre équipe", "jeudi, 2026-03-05, 09:00")]
    [InlineData("de", "Unser Team", "Donnerstag, 2026-03-05, 09:00")]
    [InlineData("ja", "営業時間外", "木曜日, 2026-03-05, 09:00")]
    [InlineData("xx", "Our team is not here", "Thursday")]
    public void ClosedQueue_IsToldToTheCustomerOnce_InTheirLanguageAndTime(string language, string words, string time)
    {
        var calendar = new BusinessCalendar { Name = "office", TimeZone = "Europe/Berlin" };
        var conversation = Queued(Package() with { Language = language }, Terms with { Calendar = calendar });
        var note = new NoteClosed("billing", 1, new DateTimeOffset(2026, 3, 5, 8, 0, 0, TimeSpan.Zero), OfferCallback: false);

        var sent = Assert.Single(conversation.Handle(note).Effects.Recorded<MessageSent>());

        Assert.Contains(words, sent.Text, StringComparison.Ordinal);
        Assert.Contains(time, sent.Text, StringComparison.Ordinal);
        Assert.Equal((3L, Author.Assistant, (string?)null), (sent.MessageSequence, sent.Author, sent.InReplyTo));
        conversation.ChangesNothing(note);
    }

    [Fact]
    public void ClosedQueueWithoutAnOpening_SaysNoTime_AndOffersTheCallback()
    {
        var sent = Assert.Single(Queued().Handle(new NoteClosed("billing", 1, OpensAt: null, OfferCallback: true)).Effects.Recorded<MessageSent>());

        Assert.DoesNotContain("back on", sent.Text, StringComparison.Ordinal);
        Assert.Contains("called back", sent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void PriorityByASupervisor_KeepsTheStayAndHoldsForTheRestOfTheRoute()
    {
        var conversation = Queued(Routed(Target("billing", 60, 2), Target("experts", null, 4)));

        var effects = conversation.After(10).Handle(new ChangePriority("lead", 9, "a good customer") { Id = "p-1" }).Effects;

        var enqueue = Assert.Single(effects.Told<Enqueue>(Billing));
        Assert.Equal((9, 1L, conversation.Now.AddSeconds(-10)), (enqueue.Priority, enqueue.Hop, enqueue.Since));
        Assert.Equal(new PriorityChanged("lead", 9, "a good customer"), Assert.Single(effects.Recorded<PriorityChanged>()));
        conversation.ChangesNothing(new ChangePriority("lead", 9, "a good customer"));
        conversation.After(60).Handle(new NextTarget(1));
        Assert.Equal(9, Assert.Single(conversation.Last.Effects.Told<Enqueue>(Experts)).Priority);
    }

    [Fact]
    public void PriorityThatMakesNoSense_IsRefused()
    {
        Begun().Refuses("no_such_conversation", new ChangePriority("lead", 1, ""));
        Queued().Refuses("priority_out_of_range", new ChangePriority("lead", 11, ""));
        var conversation = Begun();
        conversation.Handle(Receive("m-1"));
        conversation.Refuses("not_with_people", new ChangePriority("lead", 1, ""));
    }
}
