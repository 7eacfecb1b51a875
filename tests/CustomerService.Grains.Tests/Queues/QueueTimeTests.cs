using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Queues;

/// <summary>What time alone does to a queue: leases, pauses, hours, relaxation, delays, preferences.</summary>
public sealed class QueueTimeTests
{
    // It is Wednesday, 10:00 UTC, when a subject starts.
    private static readonly BusinessCalendar UntilNoon = new()
    {
        Name = "mornings",
        TimeZone = "Etc/UTC",
        Week = [new OpenSpan(DayOfWeek.Wednesday, 9 * 60, 12 * 60), new OpenSpan(DayOfWeek.Thursday, 9 * 60, 12 * 60)],
    };

    private static readonly GrainId First = Grain.Conversation("c-1");

    private static QueuePolicy Mornings(string whenClosed = QueuePolicy.TakeMessage) =>
        new() { WhenClosed = whenClosed, Terms = new() { Version = "", Calendar = UntilNoon } };

    [Fact]
    public void LateClaim_IsDecidedByTheClockAndNotByTheAlarm()
    {
        var queue = new TestQueue();
        queue.Ready("ada");
        queue.Enqueue("c-1");
        queue.Ready("bob");
        queue.After(30);

        var turn = queue.Claim("1", "ada");

        Assert.Equal(OfferStates.TimedOut, Assert.Single(turn.Effects.Told<RescindOffer>(Grain.Agent("ada"))).Outcome);
        Assert.Equal(OfferStates.TimedOut, Assert.Single(turn.Effects.Told<NoteOfferEnd>(First)).Outcome);
        Assert.Equal("c-1→bob", turn.Effects.Made());
    }

    [Fact]
    public void ClaimJustInTime_Holds()
    {
        var queue = new TestQueue();
        queue.Ready("ada");
        queue.Enqueue("c-1");
        queue.After(29.999);

        Assert.Single(queue.Claim("1", "ada").Effects.Told<AssignAgent>(First));
    }

    [Fact]
    public void OneAlarm_ServesAllLeases()
    {
        var queue = new TestQueue();
        queue.Ready("ada", units: 3);
        Assert.Single(queue.Enqueue("c-1").Effects.OfType<Wake>());
        queue.After(10);
        Assert.Empty(queue.Enqueue("c-2").Effects.OfType<Wake>());
        Assert.Empty(queue.Claim("1", "ada").Effects.OfType<Wake>());

        Assert.Empty(queue.Wait(20).Recorded<OfferEnded>());
        Assert.Equal(OfferStates.TimedOut, Assert.Single(queue.Wait(10).Recorded<OfferEnded>()).Outcome);
    }

    [Fact]
    public void AlarmThatRingsTwiceOrEarly_LeavesTheNextOneSet()
    {
        var queue = new TestQueue();
        queue.Ready("ada");
        queue.Enqueue("c-1");

        Assert.Equal(queue.Now.AddSeconds(30), Assert.Single(queue.Handle(new ReviewLine()).Effects.OfType<Wake>()).At);
        Assert.Equal(queue.Now.AddSeconds(30), Assert.Single(queue.Handle(new ReviewLine()).Effects.OfType<Wake>()).At);
    }

    [Fact]
    public void Alarm_NeverRingsBeforeItsTimeForTheStoresGrainOfTime()
    {
        var queue = new TestQueue(new QueuePolicy { OfferSeconds = 1.0000003 });
        queue.Ready("ada");

        var wake = Assert.Single(queue.Enqueue("c-1").Effects.OfType<Wake>());

        Assert.Equal(0, wake.At.Ticks % TimeSpan.TicksPerMicrosecond);
        Assert.True(wake.At >= queue.Now.AddTicks(10_000_003));
    }

    [Fact]
    public void PausedQueue_OffersNothingUntilItIsResumed()
    {
        var queue = new TestQueue();
        queue.Ready("ada");
        Assert.Equal(new QueuePaused("lead", "outage"), Assert.Single(queue.Handle(new PauseQueue("lead", "outage")).Effects.Recorded<QueuePaused>()));
        queue.ChangesNothing(new PauseQueue("lead", "outage"));

        Assert.Equal("", queue.Enqueue("c-1").Effects.Made());
        Assert.Equal("", queue.Ready("bob").Effects.Made());
        Assert.Equal("lead: outage", queue.View.Paused);
        Assert.Contains("paused", queue.Ask<MatchView>(new ExplainMatch("c-1")).Why, StringComparison.Ordinal);

        Assert.Equal("c-1→ada", queue.Handle(new ResumeQueue("lead")).Effects.Made());
        queue.ChangesNothing(new ResumeQueue("lead"));
        Assert.Null(queue.View.Paused);
    }

    [Fact]
    public void PendingOffer_CanBeTakenWhilePaused()
    {
        var queue = new TestQueue();
        queue.Ready("ada");
        queue.Enqueue("c-1");
        queue.Handle(new PauseQueue("lead", "outage"));

        Assert.Single(queue.Claim("1", "ada").Effects.Told<AssignAgent>(First));
    }

    [Fact]
    public void ClosedQueue_SaysSoOnce_AndOffersAtTheOpening()
    {
        var queue = new TestQueue(Mornings(QueuePolicy.OfferCallback));
        queue.Ready("ada");
        queue.After(3 * 3600);
        var tomorrow = new DateTimeOffset(2026, 3, 5, 9, 0, 0, TimeSpan.Zero);

        var effects = queue.Enqueue("c-1").Effects;

        Assert.Equal(new NoteClosed("billing", 1, tomorrow, OfferCallback: true), Assert.Single(effects.Told<NoteClosed>(First)));
        Assert.Equal("", effects.Made());
        Assert.Equal(tomorrow, queue.View.OpensAt);
        Assert.Equal(tomorrow, queue.Ask<QueuePosition>(new GetPosition("c-1")).OpensAt);
        Assert.Equal(new Wake("review", tomorrow, new ReviewLine()), Assert.Single(effects.OfType<Wake>()));
        Assert.Empty(queue.Enqueue("c-1", priority: 3).Effects.Told<NoteClosed>(First));

        var opening = queue.Wait(20 * 3600);
        Assert.Equal("c-1→ada", opening.Made());
        Assert.Empty(opening.Told<NoteClosed>(First));
    }

    [Fact]
    public void Closing_IsToldToThoseWhoWait()
    {
        var queue = new TestQueue(Mornings());
        queue.Enqueue("c-1");
        queue.After(60);
        queue.Enqueue("c-2");

        var effects = queue.Wait(2 * 3600);

        Assert.False(Assert.Single(effects.Told<NoteClosed>(First)).OfferCallback);
        Assert.Single(effects.Told<NoteClosed>(Grain.Conversation("c-2")));
        Assert.Empty(queue.Wait(5 * 24 * 3600).Told<NoteClosed>(First));
    }

    [Fact]
    public void WhoJoinsBeforeALateAlarmOfTheOpening_DoesNotGoFirst()
    {
        var queue = new TestQueue(Mornings());
        queue.Wait(3 * 3600);
        queue.Ready("ada");
        queue.Enqueue("c-1");
        queue.After(20 * 3600 + 1);

        var effects = queue.Enqueue("c-2").Effects;

        Assert.Equal("c-1→ada", effects.Made());
    }

    [Fact]
    public void OfferThatIsRejectedAfterTheClosing_IsFollowedByTheNewsThatItIsClosed()
    {
        var queue = new TestQueue(Mornings() with { OfferSeconds = 600 });
        queue.Enqueue("c-1");
        queue.Wait((2 * 3600) - 60);
        queue.Ready("ada");
        Assert.Empty(queue.Wait(120).Told<NoteClosed>(First));

        var effects = queue.Handle(new DeclineOffer("billing-1", "ada", "lunch")).Effects;

        Assert.Single(effects.Told<NoteClosed>(First));
        Assert.Equal("", effects.Made());
        Assert.Empty(queue.Wait(3600).Told<NoteClosed>(First));
    }

    [Fact]
    public void ClosingDuringAPause_IsToldWhenTheQueueIsResumed()
    {
        var queue = new TestQueue(Mornings());
        queue.Ready("ada");
        queue.Handle(new PauseQueue("lead", "outage"));
        queue.Enqueue("c-1");
        queue.Wait(3 * 3600);

        var effects = queue.Handle(new ResumeQueue("lead")).Effects;

        Assert.Single(effects.Told<NoteClosed>(First));
        Assert.Equal("", effects.Made());
    }

    [Fact]
    public void ManyWhoWaitAtTheClosing_AreToldInTurnsOfBoundedSize()
    {
        var queue = new TestQueue(Mornings());
        for (var i = 0; i < 1_200; i++)
            queue.Enqueue($"c-{i}");
        queue.After(2 * 3600);

        Assert.Equal(500, queue.Handle(new ReviewLine()).Effects.OfType<Tell>().Count(tell => tell.Command is NoteClosed));
        Assert.Equal(700, queue.Wait(1).OfType<Tell>().Count(tell => tell.Command is NoteClosed));
    }

    [Fact]
    public void ManyOffersAtOnce_GoOnInTheNextTurn()
    {
        var queue = new TestQueue();
        queue.Handle(new PauseQueue("lead", "outage"));
        for (var i = 0; i < 600; i++)
            queue.Enqueue($"c-{i}");
        queue.Ready("ada", units: 600);

        Assert.Equal(QueueBehaviour.MaxOffersPerTurn, queue.Handle(new ResumeQueue("lead")).Effects.Recorded<OfferMade>().Count);
        Assert.Equal(100, queue.Wait(1).Recorded<OfferMade>().Count);
    }

    [Fact]
    public void Relaxation_IsToldAndOpensTheMatch()
    {
        var queue = new TestQueue(new QueuePolicy { Relaxation = [new RelaxationStep(20, 2, [], false), new RelaxationStep(60, 0, [], DropAll: true)] });
        queue.Handle(new AgentReady("ada", 1, ["french"], queue.Now) { Present = true, Levels = ImmutableDictionary<string, int>.Empty.Add("french", 3) });
        Assert.Equal("", queue.Enqueue(new Enqueue("c-1", 0, queue.Now, []) { Hop = 4, Needs = [new SkillNeed("french", 5, true)] }).Effects.Made());
        Assert.Equal("", queue.Enqueue(new Enqueue("c-2", 0, queue.Now.AddSeconds(1), []) { Needs = [new SkillNeed("thai", 1, true)] }).Effects.Made());

        var effects = queue.Wait(20);

        Assert.Equal("c-1→ada", effects.Made());
        Assert.Equal(new NoteRelaxed("billing", 4, "after 20 s, levels are lowered by 2"), Assert.Single(effects.Told<NoteRelaxed>(First)));
        queue.Claim("1", "ada");
        queue.Ready("ada");
        var later = queue.Wait(60);
        Assert.Equal("c-2→ada", later.Made());
        Assert.Contains("nothing is asked any more", Assert.Single(later.Told<NoteRelaxed>(Grain.Conversation("c-2"))).What, StringComparison.Ordinal);
    }

    [Fact]
    public void HelperWithADelay_TakesWhoHasWaitedSoLong()
    {
        var queue = new TestQueue();
        queue.Handle(new AgentReady("ada", 1, [], queue.Now) { Present = true, DelaySeconds = 45 });
        Assert.Equal("", queue.Enqueue("c-1").Effects.Made());

        Assert.Equal("", queue.Wait(44).Made());
        Assert.Equal("c-1→ada", queue.Wait(1).Made());
    }

    [Fact]
    public void PreferredAgent_IsWaitedForUntilThePreferenceEnds()
    {
        var queue = new TestQueue();
        queue.Ready("ada", units: 0);
        queue.Ready("bob");
        Assert.Equal("", queue.Enqueue(ForAda(queue)).Effects.Made());

        Assert.Equal("c-1→bob", queue.Wait(60).Made());
    }

    [Fact]
    public void PreferredAgentWhoLeaves_IsNotWaitedFor()
    {
        var queue = new TestQueue();
        queue.Ready("ada", units: 0);
        queue.Ready("bob");
        queue.Enqueue(ForAda(queue));

        Assert.Equal("c-1→bob", queue.Gone("ada").Effects.Made());
    }

    [Fact]
    public void PreferredAgentWhoIsFree_GetsIt()
    {
        var queue = new TestQueue();
        queue.Ready("bob");
        queue.After(1);
        queue.Ready("ada");

        Assert.Equal("c-1→ada", queue.Enqueue(ForAda(queue)).Effects.Made());
    }

    [Fact]
    public void CallbackForLater_IsNotOfferedBefore()
    {
        var queue = new TestQueue();
        queue.Ready("ada");
        queue.Enqueue(new Enqueue("c-1", 0, queue.Now, []) { NotBefore = queue.Now.AddMinutes(5) });

        Assert.Equal("", queue.Wait(299).Made());
        Assert.Equal("c-1→ada", queue.Wait(1).Made());
    }

    [Fact]
    public void NobodyThere_SetsNoAlarm()
    {
        var queue = new TestQueue(new QueuePolicy { Relaxation = [new RelaxationStep(20, 2, [], false)] });

        Assert.Empty(queue.Enqueue(new Enqueue("c-1", 0, queue.Now, []) { Needs = [new SkillNeed("french", 5, true)] }).Effects.OfType<Wake>());
    }

    private static Enqueue ForAda(TestQueue queue) =>
        new("c-1", 0, queue.Now, []) { PreferredAgent = "ada", PreferredUntil = queue.Now.AddSeconds(60) };
}
