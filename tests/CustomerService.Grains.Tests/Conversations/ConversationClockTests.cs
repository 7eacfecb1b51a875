using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>Service-level clocks: what starts, stops and pauses them, and what a breach does.</summary>
public sealed class ConversationClockTests
{
    private static string Running(Subject<ConversationBehaviour, ConversationState> conversation) =>
        string.Join(", ", conversation.State.Clocks.Select(clock => clock.Kind + (clock.RunningSince is null ? " (still)" : "")));

    private static ServiceClockStopped Stopped(Turn<ConversationState> turn, string kind) =>
        Assert.Single(turn.Effects.Recorded<ServiceClockStopped>(), stopped => stopped.Kind == kind);

    [Fact]
    public void Handoff_StartsFirstResponseAndResolution_AsOfTheHandoff()
    {
        var conversation = Queued();
        Assert.Empty(conversation.State.Clocks);
        var since = conversation.Now;

        var effects = conversation.After(10).Handle(new NoteTerms("billing", 1, Terms)).Effects;

        Assert.Equal(
            [new ServiceClockStarted("first_response", 60, since.AddSeconds(60)), new ServiceClockStarted("resolution", 3600, since.AddSeconds(3600))],
            effects.Recorded<ServiceClockStarted>());
        Assert.Equal(since.AddSeconds(45), effects.Alarm("service").At);
        Assert.Equal("first_response, resolution", string.Join(", ", conversation.Ask<ConversationView>(new GetConversation()).Clocks.Select(clock => clock.Kind)));
    }

    [Fact]
    public void Tier_DecidesThePromise() =>
        Assert.Equal(30, Queued(Package() with { Tier = "gold" }, Terms).State.Clocks[0].Target);

    [Fact]
    public void TargetOfZero_StartsNoClock() =>
        Assert.Empty(Queued(terms: Terms with { Targets = Terms.Targets.SetItem("*", new ServiceTargets(0, 0, 0)) }).State.Clocks);

    [Fact]
    public void FirstReply_StopsTheFirstResponse()
    {
        var conversation = Assigned(terms: Terms);

        var turn = conversation.After(40).Handle(new SendAgentReply("ada", "r-1", "Hello."));

        Assert.Equal(new ServiceClockStopped("first_response", 40, Met: true) { Queue = "billing" }, Stopped(turn, "first_response"));
        Assert.Equal("resolution", Running(conversation));
        Assert.Equal(conversation.Now.AddSeconds(2660), turn.Effects.Alarm("service").At);
    }

    [Fact]
    public void LaterMessage_StartsTheNextResponse_FromTheOldestUnanswered()
    {
        var conversation = Assigned(terms: Terms);
        conversation.Handle(new SendAgentReply("ada", "r-1", "Hello."));

        var effects = conversation.After(5).Handle(Receive("m-2")).Effects;
        Assert.Equal(new ServiceClockStarted("next_response", 300, conversation.Now.AddSeconds(300)), Assert.Single(effects.Recorded<ServiceClockStarted>()));
        Assert.Empty(conversation.After(20).Handle(Receive("m-3")).Effects.Recorded<ServiceClockStarted>());

        Assert.Equal(30, Stopped(conversation.After(10).Handle(new SendAgentReply("ada", "r-2", "Yes.")), "next_response").SpentSeconds);
        Assert.Equal("resolution", Running(conversation));
    }

    [Fact]
    public void ResolvedWithoutAReply_SaysThatNobodyAnswered()
    {
        var turn = Queued(terms: Terms).After(20).Handle(new Resolve("customer"));

        Assert.True(Stopped(turn, "first_response") is { Met: true, Unanswered: true });
        Assert.False(Stopped(turn, "resolution").Unanswered);
    }

    [Fact]
    public void MessageBeforeTheFirstReply_StartsNoSecondClock()
    {
        var conversation = Assigned(terms: Terms);

        Assert.Empty(conversation.Handle(Receive("m-2")).Effects.Recorded<ServiceClockStarted>());
    }

    [Fact]
    public void ReachedCallback_IsAReply()
    {
        var conversation = Queued(terms: Terms);
        conversation.Handle(new RequestCallback("customer", "1", null));
        conversation.Assign("ada", "billing-1");

        Assert.True(Stopped(conversation.Handle(new ReportCallback("ada", Reached: true)), "first_response").Met);
    }

    [Fact]
    public void SpokenWith_IsAReply()
    {
        var conversation = Assigned(terms: Terms);

        conversation.Refuses("not_assigned", new SpeakWithCustomer("bob"));
        Assert.True(Stopped(conversation.Handle(new SpeakWithCustomer("ada")), "first_response").Met);
    }

    [Fact]
    public void Resolution_StopsAllAndForgetsTheAlarm()
    {
        var turn = Assigned(terms: Terms).After(100).Handle(new Resolve("ada"));

        Assert.Equal((100.0, false), (Stopped(turn, "first_response").SpentSeconds, Stopped(turn, "first_response").Met));
        Assert.True(Stopped(turn, "resolution").Met);
        Assert.True(turn.Effects.CancelsAlarm("service"));
        Assert.Empty(turn.State.Clocks);
    }

    [Fact]
    public void Hold_StopsTimeForResolutionAndNextResponse()
    {
        var conversation = Assigned(terms: Terms);
        conversation.Handle(new Hold("ada"));
        Assert.Equal("first_response, resolution (still)", Running(conversation));

        var effects = conversation.After(50).Handle(new Unhold("ada")).Effects;

        Assert.Equal(new ServiceClockPaused("resolution", true, 0), Assert.Single(effects.Recorded<ServiceClockPaused>()));
        Assert.Equal(conversation.Now.AddSeconds(3600), conversation.State.Clocks[1].DueAt);
    }

    [Fact]
    public void Snooze_StopsTimeUntilItWakes()
    {
        var conversation = Assigned(terms: Terms);
        conversation.Handle(new SendAgentReply("ada", "r-1", "Hello."));
        conversation.After(100).Handle(new Snooze("ada", conversation.Now.AddDays(2), "later"));
        Assert.Equal("resolution (still)", Running(conversation));
        Assert.True(conversation.Last.Effects.CancelsAlarm("service"));

        conversation.Now = conversation.Now.AddDays(2);
        conversation.Handle(new Unsnooze("lead"));

        var clock = Assert.Single(conversation.State.Clocks);
        Assert.Equal((100.0, conversation.Now.AddSeconds(3500)), (clock.Spent, clock.DueAt));
    }

    [Fact]
    public void CallbackAtATime_OwesNothingUntilThen()
    {
        var conversation = Queued(terms: Terms);
        var from = conversation.Now.AddHours(2);

        var effects = conversation.After(20).Handle(new RequestCallback("customer", "1", from)).Effects;

        Assert.Equal("first_response (still), resolution (still)", Running(conversation));
        Assert.Equal(from, effects.Alarm("service").At);
        conversation.Now = from;
        conversation.Handle(effects.Alarm("service").Command);
        Assert.Equal("first_response, resolution", Running(conversation));
        Assert.Equal(from.AddSeconds(40), conversation.State.Clocks[0].DueAt);
    }

    [Fact]
    public void Warning_ComesOnceBeforeTheBreach()
    {
        var conversation = Assigned(terms: Terms);
        var due = conversation.Now.AddSeconds(60);

        var warned = conversation.After(45).Handle(new ReviewClocks()).Effects;
        Assert.Equal(new ServiceWarned("first_response", due), Assert.Single(warned.Recorded<ServiceWarned>()));
        Assert.Equal(due, warned.Alarm("service").At);

        var breached = conversation.After(15).Handle(new ReviewClocks()).Effects;
        Assert.Equal(new ServiceBreached("first_response", due), Assert.Single(breached.Recorded<ServiceBreached>()));
        Assert.Empty(breached.Recorded<Escalated>());
        Assert.Equal(conversation.Now.AddSeconds(2640), breached.Alarm("service").At);
    }

    [Fact]
    public void ReviewThatComesTooEarly_IsSetAgain()
    {
        var conversation = Assigned(terms: Terms);

        var effects = conversation.After(-3600).Handle(new ReviewClocks()).Effects;

        Assert.Equal(conversation.Now.AddSeconds(3645), Assert.IsType<Wake>(Assert.Single(effects)).At);
    }

    [Fact]
    public void BreachInTheLine_GoesATierUpIfTheTermsSaySo()
    {
        var conversation = Queued(terms: Terms with { EscalateOnBreach = true });
        var since = conversation.Now;

        var effects = conversation.After(60).Handle(new ReviewClocks()).Effects;

        Assert.Equal(new Escalated("billing", "experts", "service level", "first_response breached"), Assert.Single(effects.Recorded<Escalated>()));
        Assert.Equal(since, Assert.Single(effects.Told<Enqueue>(Experts)).Since);
    }

    [Fact]
    public void BreachWithAnAgent_FetchesTheNextTierAndLeavesNobodyAlone()
    {
        var conversation = Assigned(terms: Terms with { EscalateOnBreach = true });

        var effects = conversation.After(60).Handle(new ReviewClocks()).Effects;

        Assert.Single(effects.Told<Enqueue>(Experts));
        Assert.Empty(effects.Told<ReleaseWork>(Ada));
        Assert.Equal((ConversationStatus.Assigned, "experts"), (conversation.State.Status, conversation.State.Transfer!.Package.Queue));
        Assert.Single(conversation.Assign("bob", "experts-1").Last.Effects.Told<ReleaseWork>(Ada));
    }

    [Fact]
    public void BreachAtTheTop_IsRecordedAndItStays()
    {
        var conversation = Queued(terms: Terms with { EscalateOnBreach = true, EscalateTo = null });

        var effects = conversation.After(60).Handle(new ReviewClocks()).Effects;

        Assert.Contains("no tier above", Assert.Single(effects.Recorded<Escalated>()).Reason, StringComparison.Ordinal);
        Assert.Equal("billing", conversation.State.Stay!.Queue);
    }

    [Fact]
    public void NightInTheNextQueuesCalendar_CountsAsThatQueueCounts()
    {
        var calendar = new BusinessCalendar { Name = "days", TimeZone = "Etc/UTC", Week = [.. Enum.GetValues<DayOfWeek>().Select(day => new OpenSpan(day, 540, 1020))] };
        var conversation = Queued(terms: Terms);
        conversation.Now = new DateTimeOffset(2026, 3, 4, 10, 30, 0, TimeSpan.Zero);
        conversation.Handle(new Transfer("experts", 3, "harder", "lead"));

        var effects = conversation.Handle(new NoteTerms("experts", 2, Terms with { Version = "t2", Calendar = calendar with { Week = [.. calendar.Week.Select(span => span with { From = 1000 })] } })).Effects;

        // Half an hour of the resolution's hour is spent; the rest counts in the twenty minutes a day that the other queue is open.
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 16, 50, 0, TimeSpan.Zero), conversation.State.Clocks[1].DueAt);
        Assert.Contains(new ServiceClockMoved("resolution", conversation.State.Clocks[1].DueAt), effects.Recorded<ServiceClockMoved>());
    }

    [Fact]
    public void ReopenedMatterThatWasAnswered_OwesTheNextResponse()
    {
        var conversation = Assigned(terms: Terms with { Reopen = "queue" });
        conversation.Handle(new SendAgentReply("ada", "r-1", "Done."));
        conversation.Handle(new Resolve("ada"));

        conversation.After(3600).Handle(Receive("m-2"));

        Assert.Equal("next_response, resolution", Running(conversation));
        Assert.Equal(conversation.Now.AddSeconds(300), conversation.State.Clocks[0].DueAt);
    }
}
