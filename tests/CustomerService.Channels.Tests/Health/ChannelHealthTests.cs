using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Health;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Tests.Support;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;
using CustomerService.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Channels.Tests.Health;

/// <summary>What operators are told of an account, from what really happened to it.</summary>
public sealed class ChannelHealthTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedSettings _account = new("shop");
    private readonly ChannelHealth _health;
    private readonly ChannelAccounts _accounts;
    private readonly DeliveryDesk _desk;
    private readonly MessageSender _sender;

    public ChannelHealthTests()
    {
        _health = new ChannelHealth(_time);
        _accounts = new ChannelAccounts(new ChannelSettings(null, [_account]), _ => null!, NullLogger<ChannelAccounts>.Instance);
        _health.Watch(_accounts);
        _desk = new DeliveryDesk(_time);
        _sender = new MessageSender(_desk, _accounts, _ => TimeSpan.FromSeconds(2), _time, NullLogger<MessageSender>.Instance) { Health = _health };
        _desk.Handle(new NoteInbound(new Inbound("in-1", ChannelNames.Sms, "shop", "+15550100", _time.GetUtcNow(), ImmutableDictionary<string, string>.Empty)));
        _desk.Handle(new Deliver(new Outbound(2, "m-2", Author.Assistant, "It is on its way.", "in-1")));
    }

    private AccountStatus Shop => Assert.Single(_health.Look());

    [Fact]
    public void AccountThatNothingHappenedTo_IsOpen() => Assert.Equal(("shop", "sms", "open", null, 0, null), (Shop.Account, Shop.Channel, Shop.State, Shop.Why, Shop.Waiting, Shop.LastSentAt));

    [Fact]
    public async Task OneFailure_IsTold_AndTheAccountIsStillOpen()
    {
        await AttemptAsync(new SendOutcome.Later("relay can't be reached"));

        Assert.Equal(("open", 1, "relay can't be reached"), (Shop.State, Shop.FailuresInARow, Shop.LastFailure!.Reason));
        Assert.Equal((1, _time.GetUtcNow()), (Shop.Waiting, Shop.WaitingSince));
    }

    [Fact]
    public async Task FailuresInARow_PauseIt_ThenItIsBroken_UntilOneGoesOut()
    {
        await FailOftenAsync();
        Assert.Equal(("paused", _time.GetUtcNow() + CircuitBreaker.Pause, "5 attempts to send failed in a row: connection refused"), (Shop.State, Shop.PausedUntil, Shop.Why));

        _time.Advance(CircuitBreaker.Pause);
        Assert.Equal(("broken", null), (Shop.State, Shop.PausedUntil));

        await AttemptAsync(new SendOutcome.Accepted(["SM1"]));
        Assert.Equal(("open", 0, 0, _time.GetUtcNow()), (Shop.State, Shop.FailuresInARow, Shop.Waiting, Shop.LastSentAt));
        Assert.Equal("connection refused", Shop.LastFailure!.Reason); // what was wrong stays readable
    }

    [Fact]
    public async Task NumberThatDoesNotExist_IsNoFailureOfTheAccount()
    {
        await AttemptAsync(new SendOutcome.Failed("the number does not exist"));
        Assert.Equal((0, 0, null), (Shop.FailuresInARow, Shop.Waiting, Shop.LastSentAt));
    }

    [Fact]
    public async Task MessageThatAnotherProcessTriesSince_IsNotCountedForEver()
    {
        await AttemptAsync(new SendOutcome.Later("busy"));
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(0, Shop.Waiting);
    }

    [Fact]
    public async Task AccountThatIsGone_IsToldWhileMessagesWaitForIt()
    {
        await AttemptAsync(new SendOutcome.Later("busy"));
        _accounts.Use(ChannelSettings.None);

        Assert.Equal(("shop", null, "broken", "it is not in channels.yaml, and messages wait for it"), (Shop.Account, Shop.Channel, Shop.State, Shop.Why));
    }

    [Fact]
    public void MailboxThatCantBeRead_IsBroken_UntilItIsReadAgain()
    {
        var mailbox = _health.Of("shop");
        mailbox.FollowerConnects();
        Assert.Equal(("open", "connecting"), (Shop.State, Shop.Follower!.State));

        mailbox.FollowerIsThere();
        var connected = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(1));
        mailbox.FollowerIsThere();
        Assert.Equal(new FollowerStatus("connected", connected, _time.GetUtcNow(), null), Shop.Follower);

        mailbox.FollowerIsLost("it does not answer");
        Assert.Equal(("broken", "the mailbox can't be read: it does not answer"), (Shop.State, Shop.Why));

        mailbox.FollowerLeaves();
        Assert.Equal(("open", null), (Shop.State, Shop.Follower));
    }

    [Fact]
    public void RequestThatWasNotLetIn_IsTold()
    {
        _health.Of("shop").RequestRefused(401, "the signature is wrong; check app_secret_env");
        Assert.Equal(new AccountFailure(_time.GetUtcNow(), "401: the signature is wrong; check app_secret_env"), Shop.LastRefusedRequest);
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task OnlyWhatWasTaken_CountsAsReceived(bool duplicate, bool refused, bool counts)
    {
        await ReceiveAsync(() => new IntakeResult(refused ? "it is too long" : null, duplicate));
        Assert.Equal(counts ? _time.GetUtcNow() : null, Shop.LastReceivedAt);
    }

    [Fact]
    public async Task Figures_CountEveryMessageByWhatCameOfIt()
    {
        using var figures = new ChannelFigures(_health);
        await ReceiveAsync(() => new IntakeResult(null, Duplicate: false));
        await ReceiveAsync(() => new IntakeResult(null, Duplicate: true));
        await ReceiveAsync(() => new IntakeResult("no", Duplicate: false));
        await ReceiveAsync(() => new IntakeResult("later", Duplicate: false) { Later = true });
        await Assert.ThrowsAsync<HostBusyException>(() => ReceiveAsync(() => throw new HostBusyException("busy", TimeSpan.FromSeconds(1))));
        await FailOftenAsync();
        _health.Of("shop").FollowerIsThere();
        _health.Of("shop").RequestRefused(403, "no");

        Assert.Equal(
            [
                "messages account=shop,channel=sms,direction=in,outcome=duplicate 1",
                "messages account=shop,channel=sms,direction=in,outcome=put_off 2",
                "messages account=shop,channel=sms,direction=in,outcome=refused 1",
                "messages account=shop,channel=sms,direction=in,outcome=taken 1",
                "messages account=shop,channel=sms,direction=out,outcome=later 5",
                "requests_refused account=shop,status=403 1",
            ],
            figures.Counted());
        Assert.Equal(["follower_up account=shop 1", "paused account=shop 1", "waiting account=shop 1"], figures.Observed());
    }

    private async Task FailOftenAsync()
    {
        for (var failures = 0; failures < CircuitBreaker.Failures; failures++)
            await AttemptAsync(new SendOutcome.Later("connection refused"));
    }

    private async Task AttemptAsync(SendOutcome outcome)
    {
        if (_desk.State.Waiting is [{ NextAt: not null }, ..])
            _desk.Handle(new AttemptDelivery());
        _account.Outcomes.Enqueue(() => outcome);
        _desk.Handle((await _sender.AttemptAsync(_desk.Work!, default))!);
    }

    private Task<IntakeResult> ReceiveAsync(Func<IntakeResult> result) => new ObservedIntake(new Door(result), _health).AcceptAsync(
        _accounts.All[0], new ChannelEvent.Message("c-1", new Interaction("in-1", ChannelNames.Sms, "+15550100", "Hello", _time.GetUtcNow())), default);

    private sealed class Door(Func<IntakeResult> result) : IChannelIntake
    {
        public Task<IntakeResult> AcceptAsync(IChannelAccount account, ChannelEvent what, CancellationToken cancellation) => Task.FromResult(result());
    }
}
