using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>The way through the queues: targets and their time, queues that do not keep it, tiers.</summary>
public sealed class ConversationRouteTests
{
    private static readonly GrainId General = Grain.Queue("general");
    private static readonly SkipIf NobodyThere = new(true, false, false, null, null);

    [Fact]
    public void Route_CountsFromTheHandoffOverAllItsTargets()
    {
        var conversation = Queued(Routed(Target("billing", 60, 5, NobodyThere), Target("experts", 150), Target("general", 200)));
        var since = conversation.Now;
        var alarm = conversation.Last.Effects.Alarm("route");
        Assert.Equal((since.AddSeconds(60), 1L), (alarm.At, ((NextTarget)alarm.Command).Hop));
        var first = Assert.Single(conversation.Last.Effects.Told<Enqueue>(Billing));
        Assert.Equal((5, NobodyThere), (first.Priority, first.SkipIf));

        var effects = conversation.After(60).Handle(alarm.Command).Effects;

        Assert.Single(effects.Told<Withdraw>(Billing));
        var second = Assert.Single(effects.Told<Enqueue>(Experts));
        Assert.Equal((since, 2L, 3, (SkipIf?)null), (second.Since, second.Hop, second.Priority, second.SkipIf));
        Assert.Contains("nobody took it within 60 s", Assert.Single(effects.Recorded<QueueLeft>()).Why, StringComparison.Ordinal);
        Assert.Equal(since.AddSeconds(150), effects.Alarm("route").At);

        var last = conversation.After(90).Handle(effects.Alarm("route").Command).Effects;
        Assert.Single(last.Told<Enqueue>(General));
        Assert.False(last.HasAlarm("route"));
        conversation.ChangesNothing(new NextTarget(3));
    }

    [Fact]
    public void TimeOfATarget_WaitsForTheEndOfAnOffer()
    {
        var conversation = Queued(Routed(Target("billing", 60), Target("experts"))).After(50).Offer("ada", "billing-1");
        Assert.True(conversation.Last.Effects.CancelsAlarm("route"));
        conversation.After(20).ChangesNothing(new NextTarget(1));

        var effects = conversation.Handle(new NoteOfferEnd("billing-1", "ada", OfferStates.TimedOut, null)).Effects;

        Assert.True(effects.Alarm("route").At <= conversation.Now);
        Assert.Single(conversation.Handle(effects.Alarm("route").Command).Effects.Told<Enqueue>(Experts));
    }

    [Fact]
    public void AlarmThatComesTooEarly_IsSetAgain()
    {
        var conversation = Queued(Routed(Target("billing", 60), Target("experts")));

        var effects = conversation.After(-3600).Handle(new NextTarget(1)).Effects;

        Assert.Equal(conversation.Now.AddSeconds(3660), Assert.IsType<Wake>(Assert.Single(effects)).At);
    }

    [Fact]
    public void AcceptedInTime_ForgetsTheRoutesAlarm() =>
        Assert.True(Queued(Routed(Target("billing", 60), Target("experts"))).Assign("ada", "billing-1").Last.Effects.CancelsAlarm("route"));

    [Fact]
    public void QueueThatPassesOn_GivesTheNextTargetItsTurn()
    {
        var conversation = Queued(Routed(Target("billing", null, null, NobodyThere), Target("billing"), Target("experts")));

        var effects = conversation.Handle(new PassOn("billing", 1, "nobody is there", "general")).Effects;

        Assert.Equal((2L, conversation.Now), (effects.Told<Enqueue>(Experts)[0].Hop, effects.Told<Enqueue>(Experts)[0].Since));
        Assert.Equal(new QueueLeft("billing", 1, "nobody is there"), Assert.Single(effects.Recorded<QueueLeft>()));
        Assert.Single(effects.Told<Withdraw>(Billing));
        conversation.ChangesNothing(new PassOn("billing", 1, "nobody is there", "general"));
    }

    [Fact]
    public void QueueThatPassesOnAtTheEndOfTheRoute_SendsItToItsOverflow_ThenToGeneral_ThenKeepsIt()
    {
        var conversation = Queued(Package());

        Assert.Single(conversation.Handle(new PassOn("billing", 1, "the line is full", "experts")).Effects.Told<Enqueue>(Experts));
        Assert.Single(conversation.Handle(new PassOn("experts", 2, "the line is full", "billing")).Effects.Told<Enqueue>(General));
        var kept = Assert.Single(conversation.Handle(new PassOn("general", 3, "the line is full", "billing")).Effects.Told<Enqueue>(General));

        Assert.True(kept.Keep);
        Assert.Equal((4L, (SkipIf?)null), (kept.Hop, kept.SkipIf));
        Assert.Equal(ConversationStatus.Queued, conversation.State.Status);
    }

    [Fact]
    public void OffTheRoute_ItsTimesCountNoMore()
    {
        var conversation = Queued(Routed(Target("billing", 60), Target("experts")));
        conversation.Handle(new PassOn("billing", 1, "full", "overflow"));
        Assert.Equal("experts", conversation.State.Queue);

        conversation.Handle(new PassOn("experts", 2, "full", "overflow"));

        Assert.Equal("overflow", conversation.State.Queue);
        conversation.After(100).ChangesNothing(new NextTarget(3));
    }

    [Fact]
    public void Escalation_TakesTheWholeContextATierUp()
    {
        var conversation = Assigned(Package() with { Needs = [new SkillNeed("spanish", 3, true)], Tier = "gold", Language = "es" }, Terms);
        var since = conversation.Now;

        var effects = conversation.After(30).Handle(new Escalate("ada", "needs a decision") { Id = "e-1" }).Effects;

        Assert.Equal(new Escalated("billing", "experts", "ada", "needs a decision"), Assert.Single(effects.Recorded<Escalated>()));
        var package = Assert.Single(effects.Recorded<HandedOff>()).Package;
        Assert.Equal(("Wants a refund.", "gold", "es", 3), (package.Summary, package.Tier, package.Language, package.Priority));
        Assert.Equal("needs a decision (escalated by ada); before: asked for a person", package.Reason);
        var enqueue = Assert.Single(effects.Told<Enqueue>(Experts));
        Assert.Equal(since, enqueue.Since);
        Assert.Equal(new SkillNeed("spanish", 3, true), Assert.Single(enqueue.Needs));
        Assert.Equal("Assigned>Queued", effects.Moves());
        conversation.ChangesNothing(new Escalate("ada", "needs a decision") { Id = "e-1" });
    }

    [Fact]
    public void EscalationHeardTwiceBeforeTheNextTierAnswers_GoesOneTierUp()
    {
        var conversation = Assigned(Package(), Terms);
        conversation.Handle(new Escalate("ada", "needs a decision") { Id = "e-1" });

        conversation.ChangesNothing(new Escalate("ada", "needs a decision") { Id = "e-2" });

        Assert.Equal("experts", conversation.State.Queue);
    }

    [Fact]
    public void AtTheTop_PeopleAreRefusedAndRulesAreRecorded()
    {
        var conversation = Queued(terms: Terms with { EscalateTo = null });

        conversation.Refuses("nowhere_to_escalate", new Escalate("ada", "too hard"));
        var effects = conversation.Handle(new PassOn("billing", 1, "offered 5 times", null) { Escalate = true }).Effects;

        Assert.Contains("no tier above", Assert.Single(effects.Recorded<Escalated>()).Reason, StringComparison.Ordinal);
        Assert.True(Assert.Single(effects.Told<Enqueue>(Billing)).Keep);
    }

    [Fact]
    public void ConversationThatNobodyTakes_GoesATierUp()
    {
        var conversation = Queued(Routed(Target("billing", 60), Target("general")), Terms);

        var effects = conversation.Handle(new PassOn("billing", 1, "offered 5 times and taken by nobody", "experts") { Escalate = true }).Effects;

        Assert.Equal("billing", Assert.Single(effects.Recorded<Escalated>()).By);
        Assert.Single(effects.Told<Enqueue>(Experts));
        Assert.True(effects.CancelsAlarm("route"));
    }
}
