using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Files;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Fault = CustomerService.Channels.Tests.Vendors.PhoneCompany.Fault;

namespace CustomerService.Channels.Tests.Sms;

/// <summary>Text messages with files, which the phone company fetches.</summary>
public sealed class PictureMessageTests : IAsyncDisposable
{
    private static readonly byte[] Picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3];

    private readonly ManualTimeProvider _time = new();
    private readonly TestParts.MemoryFiles _files = new();
    private readonly FileLinks _links;
    private readonly PhoneCompany _company;
    private readonly LoopbackServer _ours;
    private readonly ISendingAccount _account;

    public PictureMessageTests()
    {
        _links = new FileLinks(new byte[32], _time);
        _company = new PhoneCompany(_time);
        _ours = new LoopbackServer(async context =>
        {
            var file = _links.Read(context.Request.Url!.Segments[^1]);
            (context.Response.StatusCode, context.Response.ContentType) = (file is null ? 404 : 200, file?.MediaType);
            if (file is not null && context.Request.HttpMethod == "GET")
                await (await _files.OpenAsync(file.Reference, default))!.CopyToAsync(context.Response.OutputStream);
            context.Response.Close();
        });
        _account = Open(_ours.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _company.DisposeAsync();
        await _ours.DisposeAsync();
    }

    [Theory]
    [InlineData("This is how it should look.")]
    [InlineData("")]
    public async Task Picture_IsFetchedByTheCompany(string text)
    {
        var message = await MessageAsync(text, "a.png", "b.png");
        Assert.IsType<RuleCheck.Allowed>(Check(message));
        Assert.IsType<SendOutcome.Accepted>(await _account.SendAsync(message, default));

        var taken = Assert.Single(_company.Messages);
        Assert.Equal(text, taken.Body);
        Assert.Equal([("image/png", Picture.Length), ("image/png", Picture.Length)], taken.Media.Select(file => (file.MediaType, file.Bytes.Length)));
        Assert.Equal(Picture, taken.Media[0].Bytes);
        Assert.Equal(taken.Sid, Assert.Single(Assert.IsType<SendTrace.Found>(await _account.FindAsync(message, default)).Parts));
    }

    [Fact]
    public async Task LongTextWithAPicture_HasItWithTheFirstPart()
    {
        var message = await MessageAsync(string.Join(' ', Enumerable.Range(1, 400).Select(number => $"word{number}.")), "a.png");
        _company.FailNext(Fault.None, Fault.Busy);
        var first = await _account.SendAsync(message, default);
        await _account.SendAsync(message with { Accepted = first.Parts.Length }, default);
        Assert.Equal([1, 0], _company.Messages.Select(taken => taken.Media.Count).Take(2));
        Assert.Equal(_company.Messages.Select(taken => taken.Sid), Assert.IsType<SendTrace.Found>(await _account.FindAsync(message, default)).Parts);
    }

    [Fact]
    public async Task SameWordsWithoutThePicture_AreNotTakenForThem()
    {
        await _account.SendAsync(await MessageAsync("Here."), default);
        Assert.IsType<SendTrace.NotThere>(await Open(_ours.Address, new NoWaiting()).FindAsync(await MessageAsync("Here.", "a.png"), default));
    }

    [Fact]
    public async Task CompanyThatCantFetchIt_SaysSoToTheAgent()
    {
        var nowhere = Open(new Uri("http://127.0.0.1:9"));
        var outcome = Assert.IsType<SendOutcome.Failed>(await nowhere.SendAsync(await MessageAsync("Here.", "a.png"), default));
        Assert.Contains("check that public_url is reached from the internet", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FilesThatAreTooMuchTogether_AreNotTried()
    {
        var message = await MessageAsync("Here.", "a.png", "b.png");
        message = message with { Message = message.Message with { Attachments = [.. message.Message.Attachments.Select(file => file with { Bytes = 3_000_000 })] } };
        Assert.Equal("the files have 6,000,000 bytes together, and Twilio takes 5,000,000", Assert.IsType<SendOutcome.Failed>(await _account.SendAsync(message, default)).Reason);
        Assert.Empty(_company.Messages);
    }

    [Fact]
    public async Task AccountThatSendsNone_SaysWhatTheOwnerCanDo()
    {
        var message = await MessageAsync("Here.", "a.png");
        var usual = TestParts.Open<ISendingAccount>(SmsAccounts.Settings(_company.Address));
        Assert.Contains("the owner writes 'media: true'", Assert.IsType<RuleCheck.Forbidden>(Check(message, usual)).Reason, StringComparison.Ordinal);
        var page = message with { Message = message.Message with { Attachments = [new Attachment("a.html", "text/html", 3, "x")] } };
        Assert.Contains("a.html is text/html", Assert.IsType<RuleCheck.Forbidden>(Check(page)).Reason, StringComparison.Ordinal);
    }

    private RuleCheck Check(MessageToSend message, ISendingAccount? account = null) => RuleCheck.Of(
        (account ?? _account).Rules, new AttemptPermit(message.Inbound, message.Message, false, 0, 0, _time.GetUtcNow(), OptedOut: false), message.Inbound.ReceivedAt);

    private ISendingAccount Open(Uri publicUrl, TimeProvider? time = null) => (ISendingAccount)SmsAccounts.Settings(_company.Address, "    media: true", $"public_url: {publicUrl.AbsoluteUri}").Open(
        new AccountParts(TestParts.Http, time ?? _time, NullLoggerFactory.Instance, _files, publicUrl) { Links = _links });

    private async Task<MessageToSend> MessageAsync(string text, params string[] files)
    {
        var kept = ImmutableArray.CreateBuilder<Attachment>();
        foreach (var file in files)
            kept.Add(await _files.KeepAsync(file, "image/png", new MemoryStream(Picture), default));
        return new MessageToSend(
            "sms-abc", new Inbound("SM1", "sms", "text", "+4915112345678", new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), ImmutableDictionary<string, string>.Empty),
            new Outbound(2, "m-1", Author.Agent, text, "SM1") { Attachments = kept.ToImmutable() }, 0, false);
    }

    private sealed class NoWaiting : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Channels.Sms.OutboundSms.SecondLook ? TimeSpan.Zero : dueTime, period);
    }
}
