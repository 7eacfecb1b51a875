using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Deliveries;

public sealed class DeliveryTests
{
    private static readonly GrainId Conversation = Grain.Conversation("c-1");

    private readonly Subject<DeliveryBehaviour, DeliveryState> _delivery = new("c-1");

    public DeliveryTests() => _delivery.Handle(new NoteInbound(new Inbound("in-1", ChannelNames.Sms, "shop", "+15550100", _delivery.Now, ImmutableDictionary<string, string>.Empty)));

    [Fact]
    public void Messages_GoOutOneAfterAnother()
    {
        Assert.Equal([new SendOut("c-1", "m-1", 1)], Works(Deliver(1)));
        Assert.Empty(Works(Deliver(2)));
        Assert.Equal([new NoteDelivery(2, "m-2", DeliveryStatus.Queued, null)], Told());

        var permit = Begin("m-1", 1, "run-1");
        Assert.Equal(("shop", "Hello 1", false, 0), (permit.Inbound.Account, permit.Message.Text, permit.Uncertain, permit.Attempts));

        Finish("m-1", 1, AttemptKind.Accepted, "SM1");
        Assert.Equal([new NoteDelivery(1, "m-1", DeliveryStatus.Sent, null)], Told());
        Assert.Equal([new SendOut("c-1", "m-2", 1)], Works(_delivery.Last));
    }

    [Fact]
    public void MessageThatGoesElsewhere_NeedsNobodyToHaveWritten_AndNoConsent()
    {
        var chat = new Subject<DeliveryBehaviour, DeliveryState>("c-1");
        var elsewhere = new Inbound("", ChannelNames.Email, "support", "rosa@example.com", chat.Now, ImmutableDictionary<string, string>.Empty);
        chat.Handle(new SetOptOut(true, "STOP"));

        chat.Handle(new Deliver(Message(1) with { To = elsewhere }));
        var permit = chat.Ask<AttemptPermit>(new BeginAttempt("m-1", 1, "run-1"));

        Assert.Equal((elsewhere, false), (permit.Inbound, permit.OptedOut));
        chat.Handle(new Deliver(Message(2)));
        Assert.Equal(DeliveryStatus.Failed, Assert.Single(chat.State.Sent).Status); // The customer of a chat has no other way.
    }

    [Fact]
    public void SecondRunOfAnAttempt_IsToldThatTheFirstMayHaveSent()
    {
        Deliver(1);

        Assert.False(Begin("m-1", 1, "run-1").Uncertain);
        Assert.False(Begin("m-1", 1, "run-1").Uncertain); // the same run, asking again
        Assert.True(Begin("m-1", 1, "run-2").Uncertain);
    }

    [Fact]
    public void AttemptThatIsOver_IsRefused()
    {
        Deliver(1);
        _delivery.Refuses("attempt_over", new BeginAttempt("m-1", 2, "run"));
        Begin("m-1", 1, "run-1");
        Finish("m-1", 1, AttemptKind.Accepted, "SM1");

        _delivery.Refuses("attempt_over", new BeginAttempt("m-1", 1, "run-2"));
        _delivery.ChangesNothing(new FinishAttempt("m-1", 1, new AttemptOutcome(AttemptKind.Failed, [], null, "late")));
    }

    [Fact]
    public void AttemptThatMayWorkLater_IsMadeAgainThen()
    {
        Deliver(1);
        Begin("m-1", 1, "run-1");
        var later = _delivery.Now.AddSeconds(20);
        var turn = _delivery.Handle(new FinishAttempt("m-1", 1, new AttemptOutcome(AttemptKind.Later, ["part-1"], later, "busy")));

        Assert.Equal([new NoteDelivery(1, "m-1", DeliveryStatus.Queued, "busy")], Told());
        Assert.Equal(later, Assert.Single(turn.Effects.OfType<Wake>()).At);
        Assert.Equal([new SendOut("c-1", "m-1", 2)], Works(_delivery.Handle(new AttemptDelivery())));
        _delivery.ChangesNothing(new AttemptDelivery());

        var permit = Begin("m-1", 2, "run-2");
        Assert.Equal((1, 1, false), (permit.Accepted, permit.Attempts, permit.Uncertain));
        Finish("m-1", 2, AttemptKind.Accepted, "part-2");
        Assert.Equal(["part-1", "part-2"], _delivery.State.Sent[0].ExternalIds.AsEnumerable());
    }

    [Fact]
    public void WaitingForItsTime_IsNoAttempt()
    {
        Deliver(1);
        Begin("m-1", 1, "run-1");
        _delivery.Handle(new FinishAttempt("m-1", 1, new AttemptOutcome(AttemptKind.Held, [], _delivery.Now.AddHours(9), "quiet hours until 08:00")));

        Assert.Equal([new SendOut("c-1", "m-1", 1)], Works(_delivery.Handle(new AttemptDelivery())));
        Assert.Equal(0, Begin("m-1", 1, "run-2").Attempts);
    }

    [Theory]
    [InlineData(AttemptKind.Failed, DeliveryStatus.Failed)]
    [InlineData(AttemptKind.Unknown, DeliveryStatus.Unknown)]
    public void WhatDoesNotArrive_BlocksNothing_AndCanBeSentAgain(AttemptKind kind, DeliveryStatus status)
    {
        Deliver(1);
        Deliver(2);
        Begin("m-1", 1, "run-1");
        _delivery.Handle(new FinishAttempt("m-1", 1, new AttemptOutcome(kind, [], null, "no such number")));

        Assert.Equal([new NoteDelivery(1, "m-1", status, "no such number")], Told());
        Assert.Equal([new SendOut("c-1", "m-2", 1)], Works(_delivery.Last));

        _delivery.Refuses("not_failed", new ResendMessage(Message(2), "ada"));
        _delivery.Refuses("no_such_delivery", new ResendMessage(Message(9), "ada"));
        _delivery.Handle(new ResendMessage(Message(1), "ada"));
        Assert.Equal(["m-2", "m-1"], _delivery.State.Waiting.Select(each => each.Message.MessageId));
        _delivery.Refuses("not_failed", new ResendMessage(Message(1), "ada"));
    }

    [Fact]
    public void WorkThatFailedForGood_LeavesItUnknown()
    {
        Deliver(1);
        Begin("m-1", 1, "run-1");
        _delivery.Handle(new WorkFailed(new SendOut("c-1", "m-1", 1), "a bug"));

        Assert.Equal([new NoteDelivery(1, "m-1", DeliveryStatus.Unknown, "a bug")], Told());
    }

    [Fact]
    public void ToldTwice_IsSentOnce()
    {
        Deliver(1);
        _delivery.ChangesNothing(new Deliver(Message(1)));
        Begin("m-1", 1, "run-1");
        Finish("m-1", 1, AttemptKind.Accepted, "SM1");
        _delivery.ChangesNothing(new Deliver(Message(1)));
    }

    [Fact]
    public void CustomerWhoNeverWrote_CannotBeAnswered()
    {
        var delivery = new Subject<DeliveryBehaviour, DeliveryState>("c-2");

        var told = delivery.Handle(new Deliver(Message(1))).Effects.Told<NoteDelivery>(Grain.Conversation("c-2"));

        Assert.Equal(DeliveryStatus.Failed, Assert.Single(told).Status);
    }

    [Fact]
    public void FullLine_FailsAtOnce_AndStaysBounded()
    {
        for (var i = 1; i <= DeliveryState.MaxWaiting + 3; i++)
            Deliver(i);

        Assert.Equal(DeliveryState.MaxWaiting, _delivery.State.Waiting.Count);
        Assert.Equal(DeliveryStatus.Failed, Assert.Single(Told()).Status);
    }

    [Theory]
    [InlineData(new[] { DeliveryStatus.Read, DeliveryStatus.Delivered, DeliveryStatus.Sent }, DeliveryStatus.Read, 1)]
    [InlineData(new[] { DeliveryStatus.Delivered, DeliveryStatus.Delivered, DeliveryStatus.Read }, DeliveryStatus.Read, 2)]
    [InlineData(new[] { DeliveryStatus.Delivered, DeliveryStatus.Failed }, DeliveryStatus.Delivered, 1)]
    [InlineData(new[] { DeliveryStatus.Failed, DeliveryStatus.Failed, DeliveryStatus.Sent }, DeliveryStatus.Failed, 1)]
    [InlineData(new[] { DeliveryStatus.Failed, DeliveryStatus.Delivered }, DeliveryStatus.Delivered, 2)]
    public void Receipts_InAnyOrderAndAnyNumber_OnlyLeadFurther(DeliveryStatus[] receipts, DeliveryStatus ends, int news)
    {
        Deliver(1);
        Begin("m-1", 1, "run-1");
        Finish("m-1", 1, AttemptKind.Accepted, "SM1");

        var told = receipts.Sum(status => _delivery.Handle(new NoteReceipt(null, "SM1", null, status, null)).Effects.Length);

        Assert.Equal((ends, news), (_delivery.State.Sent[0].Status, told));
    }

    [Fact]
    public void ReceiptThatIsFasterThanTheAnswer_EndsTheAttempt()
    {
        Deliver(1);
        Begin("m-1", 1, "run-1");

        _delivery.Handle(new NoteReceipt("m-1", null, null, DeliveryStatus.Delivered, null));
        Assert.Equal([new NoteDelivery(1, "m-1", DeliveryStatus.Delivered, null)], Told());

        Finish("m-1", 1, AttemptKind.Accepted, "SM1");
        Assert.Equal((DeliveryStatus.Delivered, "SM1"), (_delivery.State.Sent[0].Status, _delivery.State.Sent[0].ExternalIds.Single()));
    }

    [Fact]
    public void ReceiptUpToATime_IsForAllThatWentOutUntilThen()
    {
        foreach (var i in new[] { 1, 2, 3 })
        {
            Deliver(i);
            Begin($"m-{i}", 1, "run");
            Finish($"m-{i}", 1, AttemptKind.Accepted, $"mid-{i}");
            _delivery.Now += TimeSpan.FromSeconds(10);
        }

        _delivery.Handle(new NoteReceipt(null, null, _delivery.Now - TimeSpan.FromSeconds(20), DeliveryStatus.Read, null));

        Assert.Equal([DeliveryStatus.Read, DeliveryStatus.Read, DeliveryStatus.Sent], _delivery.State.Sent.Select(each => each.Status));
    }

    [Fact]
    public void OptOut_IsKept_UntilItIsTakenBack()
    {
        _delivery.Handle(new SetOptOut(true, "STOP"));
        Deliver(1);
        Assert.True(Begin("m-1", 1, "run").OptedOut);

        _delivery.Handle(new SetOptOut(false, "START"));
        Assert.False(_delivery.Ask<DeliveriesView>(new GetDeliveries()).OptedOut);
        _delivery.ChangesNothing(new SetOptOut(false, "START"));
    }

    private static Outbound Message(int number) => new(number, $"m-{number}", Author.Assistant, $"Hello {number}", "in-1");

    private Turn<DeliveryState> Deliver(int number) => _delivery.Handle(new Deliver(Message(number)));

    private AttemptPermit Begin(string message, int attempt, string run) => _delivery.Ask<AttemptPermit>(new BeginAttempt(message, attempt, run));

    private void Finish(string message, int attempt, AttemptKind kind, string external) =>
        _delivery.Handle(new FinishAttempt(message, attempt, new AttemptOutcome(kind, [external], null, null)));

    private List<NoteDelivery> Told() => _delivery.Last.Effects.Told<NoteDelivery>(Conversation);

    private static List<Work> Works(Turn<DeliveryState> turn) => [.. turn.Effects.OfType<Perform>().Select(perform => perform.Work)];
}
