using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>Waiting on purpose: on hold, put away, for a call back.</summary>
public sealed class ConversationPauseTests
{
    [Fact]
    public void Hold_IsItsAgentsAndEndsWhenTheCustomerWrites()
    {
        var conversation = Assigned();

        Assert.Equal("Assigned>OnHold", conversation.Handle(new Hold("ada") { Id = "h-1" }).Effects.Moves());
        conversation.ChangesNothing(new Hold("ada"));
        conversation.Refuses("not_assigned", new Unhold("bob"));
        Assert.IsType<MessageAccepted>(conversation.Handle(new SendAgentReply("ada", "r-1", "One moment.")).Reply);
        Assert.Equal(ConversationStatus.OnHold, conversation.State.Status);

        Assert.Equal("OnHold>Assigned", conversation.Handle(Receive("m-2")).Effects.Moves());
        Assert.Empty(conversation.Last.Effects.OfType<Perform>());
        conversation.Handle(new Hold("ada"));
        Assert.Equal("OnHold>Assigned", conversation.Handle(new Unhold("ada")).Effects.Moves());
        conversation.ChangesNothing(new Unhold("ada"));
        Queued().Refuses("not_assigned", new Hold("ada"));
    }

    [Fact]
    public void Snooze_FreesTheAgentAndWakesAtItsTime()
    {
        var conversation = Assigned(terms: Terms with { LastAgentSeconds = 45 });
        var until = conversation.Now.AddHours(20);

        var effects = conversation.Handle(new Snooze("ada", until, "the part arrives tomorrow") { Id = "s-1" }).Effects;

        Assert.False(Assert.Single(effects.Told<ReleaseWork>(Ada)).WrapUp);
        Assert.Equal("Assigned>Snoozed", effects.Moves());
        Assert.Equal(until, conversation.Ask<ConversationView>(new GetConversation()).SnoozedUntil);
        var alarm = effects.Alarm("snooze");
        Assert.Equal(until, alarm.At);

        // Too early, as when the machine's clock was put back: it is set again.
        Assert.Equal(until, Assert.IsType<Wake>(Assert.Single(conversation.Handle(alarm.Command).Effects)).At);

        conversation.Now = until;
        var woken = conversation.Handle(alarm.Command).Effects;
        var enqueue = Assert.Single(woken.Told<Enqueue>(Billing));
        Assert.Equal((until, "ada", until.AddSeconds(45)), (enqueue.Since, enqueue.PreferredAgent, enqueue.PreferredUntil));
        Assert.Equal("Snoozed>Queued", woken.Moves());
        conversation.ChangesNothing(alarm.Command);
    }

    [Fact]
    public void MessageOfTheCustomer_WakesIt()
    {
        var conversation = Assigned();
        conversation.Handle(new Snooze("ada", conversation.Now.AddHours(1), "later"));

        var effects = conversation.After(60).Handle(Receive("m-2")).Effects;

        Assert.Equal((conversation.Now, "ada"), (effects.Told<Enqueue>(Billing)[0].Since, effects.Told<Enqueue>(Billing)[0].PreferredAgent));
        Assert.True(effects.CancelsAlarm("snooze"));
        Assert.Null(conversation.State.SnoozedUntil);
    }

    [Fact]
    public void SnoozeInTheLine_LeavesIt_AndAPersonBringsItBack()
    {
        var conversation = Queued();

        Assert.Single(conversation.Handle(new Snooze("lead", conversation.Now.AddHours(1), "spare part")).Effects.Told<Withdraw>(Billing));
        var later = conversation.Now.AddHours(2);
        var effects = conversation.Handle(new Snooze("lead", later, "spare part")).Effects;
        Assert.Equal(later, effects.Alarm("snooze").At);
        Assert.Equal("Snoozed>Snoozed", effects.Moves());
        conversation.ChangesNothing(new Snooze("lead", later, "spare part"));

        Assert.Equal("Snoozed>Queued", conversation.Handle(new Unsnooze("lead")).Effects.Moves());
        conversation.Refuses("not_snoozed", new Unsnooze("lead"));
    }

    [Fact]
    public void SnoozeThatMakesNoSense_IsRefused()
    {
        var conversation = Assigned();

        conversation.Refuses("snooze_in_the_past", new Snooze("ada", conversation.Now, "x"));
        conversation.Refuses("snooze_too_long", new Snooze("ada", conversation.Now.AddDays(400), "x"));
        conversation.Handle(new Resolve("ada"));
        conversation.Refuses("conversation_resolved", new Snooze("ada", conversation.Now.AddDays(1), "x"));
    }

    [Fact]
    public void Callback_KeepsThePlaceInLine()
    {
        var conversation = Queued();
        var since = conversation.Now;
        var later = since.AddHours(1);

        var effects = conversation.After(100).Handle(new RequestCallback("customer", " +49 30 1234 ", later) { Id = "b-1" }).Effects;

        var enqueue = Assert.Single(effects.Told<Enqueue>(Billing));
        Assert.Equal((since, 1L, "+49 30 1234", later), (enqueue.Since, enqueue.Hop, enqueue.CallbackTo, enqueue.NotBefore));
        Assert.Equal(new CallbackRequested("customer", "+49 30 1234", later), Assert.Single(effects.Recorded<CallbackRequested>()));
        conversation.ChangesNothing(new RequestCallback("customer", "+49 30 1234", later));
        Assert.Equal("+49 30 1234", conversation.Ask<ConversationView>(new GetConversation()).Callback!.To);
    }

    [Fact]
    public void CallbackThatReaches_GoesOnWithTheAgent()
    {
        var conversation = Queued();
        conversation.Handle(new RequestCallback("customer", "+49 30 1234", null));
        conversation.Assign("ada", "billing-1");

        var effects = conversation.Handle(new ReportCallback("ada", Reached: true)).Effects;

        Assert.Equal(new CalledBack("ada", true, 1), Assert.Single(effects.Recorded<CalledBack>()));
        Assert.Equal((ConversationStatus.Assigned, (Callback?)null), (conversation.State.Status, conversation.State.Callback));
        conversation.Refuses("no_callback", new ReportCallback("ada", Reached: true));
    }

    [Fact]
    public void CallbackThatReachesNobody_IsTriedAgainLessAndLessSoon_ThenTheCustomerIsTold()
    {
        var conversation = Queued(Package() with { Language = "de" });
        var since = conversation.Now;
        conversation.Handle(new RequestCallback("customer", "+49 30 1234", null));

        foreach (var (offer, minutes) in new[] { ("billing-1", 5), ("billing-2", 15) })
        {
            var missed = conversation.After(60).Assign("ada", offer).Handle(new ReportCallback("ada", Reached: false) { Id = $"call-{offer}" }).Effects;
            var enqueue = Assert.Single(missed.Told<Enqueue>(Billing));
            Assert.Equal((since, conversation.Now.AddMinutes(minutes), "+49 30 1234"), (enqueue.Since, enqueue.NotBefore, enqueue.CallbackTo));
            Assert.Single(missed.Told<ReleaseWork>(Ada));
            Assert.Equal("Assigned>Queued", missed.Moves());
            conversation.ChangesNothing(new ReportCallback("ada", Reached: false) { Id = $"call-{offer}" });
        }

        var effects = conversation.Assign("ada", "billing-3").Handle(new ReportCallback("ada", Reached: false)).Effects;

        Assert.Equal(3, Assert.Single(effects.Recorded<CalledBack>()).Attempts);
        Assert.Contains("unter +49 30 1234", Assert.Single(effects.Recorded<MessageSent>()).Text, StringComparison.Ordinal);
        Assert.Equal("unreachable", Assert.Single(effects.Recorded<ConversationResolved>()).By);
        Assert.Equal(ConversationStatus.Resolved, conversation.State.Status);
    }

    [Fact]
    public void CallbackThatMakesNoSense_IsRefused()
    {
        Begun().Refuses("no_such_conversation", new RequestCallback("customer", "1", null));
        Assigned().Refuses("not_waiting", new RequestCallback("customer", "1", null));
        var conversation = Queued();
        conversation.Refuses("callback_address_missing", new RequestCallback("customer", " ", null));
        conversation.Refuses("callback_too_late", new RequestCallback("customer", "1", conversation.Now.AddDays(8)));
        conversation.Refuses("not_assigned", new ReportCallback("ada", true));
        Assigned().Refuses("no_callback", new ReportCallback("ada", true));
    }
}
