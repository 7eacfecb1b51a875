using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Sms;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Tests;
using Fault = CustomerService.Channels.Tests.Vendors.PhoneCompany.Fault;

namespace CustomerService.Channels.Tests.Sms;

public sealed class OutboundSmsTests : IAsyncDisposable
{
    private const string Customer = "+4915112345678";

    private readonly ManualTimeProvider _time = new();
    private readonly PhoneCompany _company;
    private readonly ISendingAccount _account;

    public OutboundSmsTests()
    {
        _company = new PhoneCompany(_time);
        _account = TestParts.Open<ISendingAccount>(SmsAccounts.Settings(_company.Address), _time);
    }

    public ValueTask DisposeAsync() => _company.DisposeAsync();

    [Fact]
    public async Task Message_IsTakenAndItsReportFindsItBack()
    {
        var outcome = await _account.SendAsync(Message("m-1", "Your parcel is on its way."), default);
        var taken = Assert.Single(_company.Messages);
        Assert.Equal(taken.Sid, Assert.Single(Assert.IsType<SendOutcome.Accepted>(outcome).Parts));
        Assert.Equal((Customer, "+4930999999", "Your parcel is on its way."), (taken.To, taken.From, taken.Body)); // from the number that the customer wrote to

        var form = PhoneCompany.Status(taken, "delivered");
        var reading = ((IWebhookAccount)_account).Read(TestParts.Form(taken.StatusCallback!, form, (TwilioSignature.Header, TwilioSignature.Of(taken.StatusCallback!, form, PhoneCompany.AuthToken))));
        var receipt = Assert.IsType<ChannelEvent.Receipt>(Assert.Single(Assert.IsType<WebhookReading.Genuine>(reading).Events));
        Assert.Equal(("sms-abc", new NoteReceipt("m-1", taken.Sid, null, DeliveryStatus.Delivered, null)), (receipt.ConversationId, receipt.What));
    }

    [Fact]
    public async Task LongMessage_GoesInPartsAndGoesOnWhereItStopped()
    {
        var text = string.Join(' ', Enumerable.Range(1, 900).Select(number => $"word{number}."));
        var parts = SmsParts.Of(text);
        _company.FailNext(Fault.None, Fault.None, Fault.Busy);
        var first = Assert.IsType<SendOutcome.Later>(await _account.SendAsync(Message("m-1", text), default));
        Assert.Equal((2, TimeSpan.FromSeconds(7)), (first.Parts.Length, first.After));
        var second = Assert.IsType<SendOutcome.Accepted>(await _account.SendAsync(Message("m-1", text) with { Accepted = 2 }, default));
        Assert.Equal(parts, _company.Messages.Select(message => message.Body));
        Assert.Equal(parts.Length - 2, second.Parts.Length);
    }

    [Fact]
    public async Task CustomerWhoSentStop_IsToldToTheAgent()
    {
        _company.Unsubscribed[Customer] = true;
        var outcome = Assert.IsType<SendOutcome.Failed>(await _account.SendAsync(Message("m-1", "Hello"), default));
        Assert.Equal("the customer sent STOP, and Twilio sends them nothing more until they send START (Twilio error 21610)", outcome.Reason);
    }

    [Theory]
    [InlineData((int)Fault.Broken)]
    [InlineData((int)Fault.BreakOffAfterTaking)]
    [InlineData((int)Fault.BreakOffBeforeTaking)]
    public async Task SendingThatBreaksOff_IsNotClaimedEitherWay(int fault)
    {
        _company.FailNext((Fault)fault);
        Assert.IsType<SendOutcome.Unknown>(await _account.SendAsync(Message("m-1", "Hello"), default));
    }

    [Fact]
    public async Task SilenceAfterTaking_EndsAsUnknownAndTheMessageIsFound()
    {
        _company.FailNext(Fault.SilentAfterTaking);
        _company.Requested += what =>
        {
            if (what == "create")
                _time.Advance(TwilioApi.Patience);
        };
        var message = Message("m-1", "Hello “you”");
        Assert.IsType<SendOutcome.Unknown>(await _account.SendAsync(message, default));
        var found = Assert.IsType<SendTrace.Found>(await _account.FindAsync(message, default));
        Assert.Equal(Assert.Single(_company.Messages).Sid, Assert.Single(found.Parts));
    }

    [Fact]
    public async Task MessageThatIsNotThere_IsLookedForTwice()
    {
        var looks = 0;
        _company.Requested += what => looks += what == "list" ? 1 : 0;
        Assert.IsType<SendTrace.NotThere>(await Hurried().FindAsync(Message("m-1", "Hello"), default));
        Assert.Equal(2, looks);
    }

    [Fact]
    public async Task FirstPartsThatWentOut_AreFoundAndTheRestIsNot()
    {
        var text = string.Join(' ', Enumerable.Range(1, 900).Select(number => $"word{number}."));
        _company.FailNext(Fault.None, Fault.BreakOffAfterTaking);
        Assert.Single(Assert.IsType<SendOutcome.Unknown>(await _account.SendAsync(Message("m-1", text), default)).Parts);
        // After a crash nothing is known of either part; a sending of this process knows of the first.
        Assert.Equal(_company.Messages.Select(message => message.Sid), Assert.IsType<SendTrace.Partly>(await _account.FindAsync(Message("m-1", text), default)).Parts);
        Assert.Equal(_company.Messages[1].Sid, Assert.Single(Assert.IsType<SendTrace.Partly>(await _account.FindAsync(Message("m-1", text) with { Accepted = 1 }, default)).Parts));
    }

    [Fact]
    public async Task SameWordsOfAnEarlierMessage_AreNotTakenForThisOne()
    {
        var account = Hurried();
        Assert.IsType<SendOutcome.Accepted>(await account.SendAsync(Message("m-1", "OK"), default));
        _company.FailNext(Fault.BreakOffBeforeTaking);
        Assert.IsType<SendOutcome.Unknown>(await account.SendAsync(Message("m-2", "OK"), default));
        Assert.IsType<SendTrace.NotThere>(await account.FindAsync(Message("m-2", "OK"), default));
    }

    [Fact]
    public async Task CompanyThatCantBeReached_MeansLater()
    {
        await _company.DisposeAsync();
        var outcome = await _account.SendAsync(Message("m-1", "Hello"), default);
        Assert.IsType<SendOutcome.Later>(outcome);
        Assert.IsType<SendTrace.NoWayToTell>(await _account.FindAsync(Message("m-1", "Hello"), default));
    }

    [Fact]
    public async Task WrongToken_MeansLaterAndSaysWhatToCheck()
    {
        var settings = Assert.IsType<SmsSettings>(SmsAccounts.Settings(_company.Address));
        var account = TestParts.Open<ISendingAccount>(settings with { Credentials = settings.Credentials with { AuthToken = "wrong" } });
        var outcome = Assert.IsType<SendOutcome.Later>(await account.SendAsync(Message("m-1", "Hello"), default));
        Assert.Contains("check account_sid, auth_token_env", outcome.Reason, StringComparison.Ordinal);
    }

    private static MessageToSend Message(string id, string text) => new(
        "sms-abc",
        new Inbound("SM1", "sms", "text", Customer, new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), ImmutableDictionary<string, string>.Empty.Add("our_number", "+4930999999")),
        new Outbound(2, id, Author.Assistant, text, "SM1"), 0, false);

    /// <summary>The account, with nothing to wait for between the two looks.</summary>
    private ISendingAccount Hurried() => TestParts.Open<ISendingAccount>(SmsAccounts.Settings(_company.Address), new HurriedTime());

    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == OutboundSms.SecondLook ? TimeSpan.Zero : dueTime, period);
    }
}
