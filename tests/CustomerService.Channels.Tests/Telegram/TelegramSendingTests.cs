using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Tests;
using Fault = CustomerService.Channels.Tests.Vendors.SocialNetwork.Fault;

namespace CustomerService.Channels.Tests.Telegram;

public sealed class TelegramSendingTests : IAsyncDisposable
{
    private readonly SocialNetwork _network = new();
    private readonly ManualTimeProvider _time = new();
    private readonly TestParts.MemoryFiles _files = new();
    private readonly ISendingAccount _account;

    public TelegramSendingTests() => _account = TelegramAccounts.Open<ISendingAccount>(_network.Address, _files, _time);

    public ValueTask DisposeAsync() => _network.DisposeAsync();

    [Fact]
    public async Task Text_IsTaken()
    {
        var outcome = await SendAsync(Message("It is on its way."));

        var taken = Assert.Single(_network.Taken);
        Assert.Equal(taken.Id, Assert.Single(Assert.IsType<SendOutcome.Accepted>(outcome).Parts));
        Assert.Equal(("5550001", "It is on its way."), (taken.Body.GetProperty("chat_id").GetString(), taken.Body.GetProperty("text").GetString()));
        Assert.False(taken.Body.TryGetProperty("reply_parameters", out _));
    }

    [Fact]
    public async Task AnswerToAnEarlierMessage_QuotesIt()
    {
        await SendAsync(Message("That one costs 5 €.", inReplyTo: "5550001-17"));
        Assert.Equal(17, Assert.Single(_network.Taken).Body.GetProperty("reply_parameters").GetProperty("message_id").GetInt32());
    }

    [Fact]
    public async Task LongText_GoesInParts_AndGoesOnWhereItStopped()
    {
        var text = string.Join(' ', Enumerable.Range(1, 1_500).Select(number => $"word{number}."));
        _network.FailNext(Fault.None, Fault.Busy);

        var first = Assert.IsType<SendOutcome.Later>(await SendAsync(Message(text)));
        Assert.Equal((1, TimeSpan.FromSeconds(7)), (first.Parts.Length, first.After));
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(Message(text) with { Accepted = 1 }));
        Assert.Equal(text, string.Join(' ', _network.Taken.Select(taken => taken.Body.GetProperty("text").GetString())));
    }

    [Theory]
    [InlineData("image/png", 10_000_000, "sendPhoto")]
    [InlineData("image/png", 10_000_001, "sendDocument")]
    [InlineData("application/pdf", 10, "sendDocument")]
    public async Task File_GoesAsPictureOrDocument(string mediaType, long size, string method)
    {
        var kept = await _files.KeepAsync("a.bin", mediaType, new MemoryStream("the bytes"u8.ToArray()), default);
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(Message("", files: kept with { Bytes = size })));

        var (path, form) = Assert.Single(_network.Uploads);
        Assert.EndsWith($"/{method}", path, StringComparison.Ordinal);
        Assert.Contains("the bytes", form, StringComparison.Ordinal);
        Assert.Contains("name=chat_id\r\n\r\n5550001", form, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, typeof(SendOutcome.Failed), "the customer has blocked the bot, or has left Telegram")]
    [InlineData(400, typeof(SendOutcome.Failed), "Telegram: refused, as a test says")]
    public async Task Refusals_SayWhatTheyMean(int code, Type outcome, string reason)
    {
        _network.RefuseNext(code);
        var came = await SendAsync(Message("Hello"));
        Assert.Equal((outcome, reason), (came.GetType(), came is SendOutcome.Failed failed ? failed.Reason : ""));
    }

    [Theory]
    [InlineData((int)Fault.Broken, typeof(SendOutcome.Unknown))]
    [InlineData((int)Fault.BreakOffAfterTaking, typeof(SendOutcome.Unknown))]
    [InlineData((int)Fault.Closed, typeof(SendOutcome.Later))]
    [InlineData((int)Fault.Strange, typeof(SendOutcome.Later))]
    public async Task Faults_AreToldAsTheyAre_AndNeverWithTheToken(int fault, Type outcome)
    {
        _network.FailNext((Fault)fault);
        var came = await SendAsync(Message("Hello"));
        Assert.IsType(outcome, came);
        Assert.DoesNotContain(SocialNetwork.BotToken, came.ToString(), StringComparison.Ordinal);
        Assert.IsType<SendTrace.NoWayToTell>(await _account.FindAsync(Message("Hello"), default));
    }

    [Fact]
    public async Task CustomersFile_IsFetchedByItsId()
    {
        var media = (IMediaAccount)_account;
        var id = _network.KeepPrivate("application/octet-stream", [1, 2, 3]);
        await using var content = await media.OpenMediaAsync(new MediaReference(id, "bill.pdf", "application/pdf"), default);
        Assert.Equal(("application/pdf", 3L), (content.MediaType, content.Bytes));

        var fault = await Assert.ThrowsAsync<MediaUnavailableException>(() => media.OpenMediaAsync(new MediaReference("gone", "x", "image/png"), default));
        Assert.DoesNotContain(SocialNetwork.BotToken, fault.Message, StringComparison.Ordinal);
    }

    private Task<SendOutcome> SendAsync(MessageToSend message) => _account.SendAsync(message, default);

    private static MessageToSend Message(string text, string inReplyTo = "5550001-42", params ImmutableArray<Attachment> files) => new(
        "social-abc", new Inbound("5550001-42", ChannelNames.Social, "bot", "5550001", default, ImmutableDictionary<string, string>.Empty),
        new Outbound(2, "m-2", Author.Assistant, text, inReplyTo) { Attachments = files }, Accepted: 0, OutsideWindow: false);
}
