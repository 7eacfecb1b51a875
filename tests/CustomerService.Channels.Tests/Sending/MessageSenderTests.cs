using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Tests.Support;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Channels.Tests.Sending;

public sealed class MessageSenderTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedSettings _account = new("shop");
    private readonly DeliveryDesk _desk;
    private readonly MessageSender _sender;

    public MessageSenderTests()
    {
        _desk = new DeliveryDesk(_time);
        _sender = NewSender();
        _desk.Handle(new NoteInbound(new Inbound("in-1", ChannelNames.Sms, "shop", "+15550100", _time.GetUtcNow(), ImmutableDictionary<string, string>.Empty)));
        _desk.Handle(new Deliver(Message));
    }

    private static Outbound Message { get; } = new(2, "m-2", Author.Assistant, "It is on its way.", "in-1");

    [Fact]
    public async Task WhatTheOtherSideTook_IsSent()
    {
        await AttemptAsync(() => new SendOutcome.Accepted(["SM1"]));

        Assert.Equal(DeliveryStatus.Sent, _desk.Told!.Status);
        Assert.Equal("+15550100", Assert.Single(_account.Sent).Inbound.Address);
    }

    [Fact]
    public async Task WhatMayWorkLater_IsTriedAgain_AsLateAsTheOtherSideWants()
    {
        await AttemptAsync(() => new SendOutcome.Later("429 Too Many Requests", TimeSpan.FromMinutes(5)));

        Assert.Equal(_time.GetUtcNow().AddMinutes(5), _desk.State.Waiting[0].NextAt);
        _desk.Handle(new AttemptDelivery());
        await AttemptAsync(() => new SendOutcome.Accepted(["SM1"]));
        Assert.Equal(DeliveryStatus.Sent, _desk.Told!.Status);
    }

    [Fact]
    public async Task WhatNeverWorks_IsGivenUpAfterADay()
    {
        await AttemptAsync(() => new SendOutcome.Later("503"));
        _time.Advance(TimeSpan.FromDays(1));
        _desk.Handle(new AttemptDelivery());

        await AttemptAsync(() => new SendOutcome.Later("503"));

        Assert.Equal((DeliveryStatus.Failed, "given up after 2 attempts: 503"), (_desk.Told!.Status, _desk.Told.Reason));
    }

    [Fact]
    public async Task Transcript_WaitsForAMailbox_WhereItsAccountIsNone()
    {
        await AttemptAsync(() => new SendOutcome.Accepted(["SM1"]));
        var mailbox = new Inbound("", ChannelNames.Email, "shop", "rosa@example.com", _time.GetUtcNow(), ImmutableDictionary<string, string>.Empty);
        _desk.Handle(new Deliver(new Outbound(0, "transcript-1", Author.System, "", null) { To = mailbox, Transcript = new TranscriptCopy(2, null) }));

        await AttemptAsync();

        Assert.Single(_account.Sent); // The one before.
        Assert.Equal((DeliveryStatus.Queued, "the account 'shop' is no mailbox, which 'chat: transcripts_by' has to name"), (_desk.Told!.Status, _desk.Told.Reason));
    }

    [Fact]
    public async Task ProcessThatDiedAfterSending_FindsTheMessage_AndDoesNotSendAgain()
    {
        _desk.Handle(new BeginAttempt("m-2", 1, "the run that died"));
        _account.Trace = new SendTrace.Found(["SM1"]);

        await AttemptAsync();

        Assert.Empty(_account.Sent);
        Assert.Equal(DeliveryStatus.Sent, _desk.Told!.Status);
    }

    [Fact]
    public async Task ProcessThatDiedBeforeSending_SendsAfterAll()
    {
        _desk.Handle(new BeginAttempt("m-2", 1, "the run that died"));
        _account.Trace = new SendTrace.NotThere();

        await AttemptAsync(() => new SendOutcome.Accepted(["SM1"]));

        Assert.Single(_account.Sent);
        Assert.Equal(DeliveryStatus.Sent, _desk.Told!.Status);
    }

    [Fact]
    public async Task WhereNobodyCanTell_ItIsFlaggedAndNotSentAgain()
    {
        _desk.Handle(new BeginAttempt("m-2", 1, "the run that died"));

        await AttemptAsync();

        Assert.Empty(_account.Sent);
        Assert.Equal(DeliveryStatus.Unknown, _desk.Told!.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendingThatBrokeOff_IsLookedForAtOnce(bool faults)
    {
        _account.Trace = new SendTrace.Found(["SM1"]);

        await AttemptAsync(() => faults ? throw new InvalidOperationException("a bug") : new SendOutcome.Unknown("no answer in time"));

        Assert.Single(_account.Sought);
        Assert.Equal(DeliveryStatus.Sent, _desk.Told!.Status);
    }

    [Fact]
    public async Task SendingThatBrokeOff_AndSurelyDidNotArrive_IsTriedAgain()
    {
        _account.Trace = new SendTrace.NotThere();

        await AttemptAsync(() => new SendOutcome.Unknown("no answer in time"));

        Assert.NotNull(_desk.State.Waiting[0].NextAt);
    }

    [Fact]
    public async Task CustomerWhoSaidStop_IsNotWrittenTo()
    {
        _desk.Handle(new SetOptOut(true, "STOP"));

        await AttemptAsync();

        Assert.Empty(_account.Sent);
        Assert.Equal((DeliveryStatus.Failed, "the customer asked not to be written to on this channel; reach them otherwise, until they want it again"), (_desk.Told!.Status, _desk.Told.Reason));
    }

    [Fact]
    public async Task AccountThatIsGone_IsWaitedFor()
    {
        _desk.Handle(new NoteInbound(_desk.State.Inbound! with { Account = "other" }));

        await AttemptAsync();

        Assert.Equal("the account 'other' is not in channels.yaml", _desk.State.Waiting[0].Reason);
        Assert.NotNull(_desk.State.Waiting[0].NextAt);
    }

    [Fact]
    public async Task AccountThatFailsAgainAndAgain_IsLeftAlone_AndThenAskedOnce()
    {
        for (var i = 0; i < CircuitBreaker.Failures; i++)
        {
            await AttemptAsync(() => new SendOutcome.Later("connection refused"));
            _desk.Handle(new AttemptDelivery());
        }

        await AttemptAsync();
        Assert.Equal(CircuitBreaker.Failures, _account.Sent.Count);
        Assert.StartsWith("shop has failed several times in a row", _desk.State.Waiting[0].Reason, StringComparison.Ordinal);
        Assert.Equal(CircuitBreaker.Failures + 1, _desk.State.Waiting[0].Attempt); // being left alone is no attempt

        _time.Advance(CircuitBreaker.Pause);
        _desk.Handle(new AttemptDelivery());
        await AttemptAsync(() => new SendOutcome.Accepted(["SM1"]));
        Assert.Equal(DeliveryStatus.Sent, _desk.Told!.Status);
    }

    [Fact]
    public async Task AttemptThatIsOver_IsNotMade()
    {
        var work = _desk.Work!;
        await AttemptAsync(() => new SendOutcome.Accepted(["SM1"]));

        Assert.Null(await _sender.AttemptAsync(work, default));
        Assert.Single(_account.Sent);
    }

    private MessageSender NewSender() => new(
        _desk, new ChannelAccounts(new ChannelSettings(null, [_account]), _ => null!, NullLogger<ChannelAccounts>.Instance),
        _ => TimeSpan.FromSeconds(2), _time, NullLogger<MessageSender>.Instance);

    private async Task AttemptAsync(Func<SendOutcome>? outcome = null)
    {
        if (outcome is not null)
            _account.Outcomes.Enqueue(outcome);
        _desk.Handle((await _sender.AttemptAsync(_desk.Work!, default))!);
    }
}
