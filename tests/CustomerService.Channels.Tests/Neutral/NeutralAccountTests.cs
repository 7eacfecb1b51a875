using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Neutral;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Pipelines.Definitions;
using CustomerService.Tests;

namespace CustomerService.Channels.Tests.Neutral;

public sealed class NeutralAccountTests : IAsyncDisposable
{
    private const string Here = "https://shop.example/api/channels/relay";

    private readonly ManualTimeProvider _time = new();
    private readonly LoopbackServer _program;
    private readonly List<(string Body, string Signature, string Key)> _posted = [];
    private readonly NeutralSettings _settings;
    private readonly NeutralAccount _account;
    private Func<HttpListenerResponse, Task> _answer = response => LoopbackServer.WriteAsync(response, 200, "application/json", """{"id":"theirs-1"}""");

    public NeutralAccountTests()
    {
        _program = new LoopbackServer(async context =>
        {
            var body = Encoding.UTF8.GetString(await LoopbackServer.ReadAsync(context.Request));
            _posted.Add((body, context.Request.Headers[NeutralSignature.Header] ?? "", context.Request.Headers["Idempotency-Key"] ?? ""));
            await _answer(context.Response);
        });
        _settings = Settings("sms", $"send_to: {_program.Address}out");
        _account = TestParts.Open<NeutralAccount>(_settings, _time);
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    public void Message_BecomesAnInteraction()
    {
        var message = Assert.IsType<ChannelEvent.Message>(Assert.Single(Events(
            """{"id":"m1","type":"message","from":"+49 (151) 123-45678","text":"Hallo","language":"DE","at":"2026-03-02T08:59:00+00:00","unknown":1}""")));
        Assert.Equal(("m1", "sms", "+4915112345678", "Hallo"), (message.Interaction.Id, message.Interaction.Channel, message.Interaction.Address, message.Interaction.Content));
        Assert.Equal(("de", 8), (message.Interaction.ChannelMetadata[ChannelMetadata.Language], message.Interaction.ReceivedAt.Hour));
        Assert.Equal(ConversationIds.Between("sms", "relay", "+4915112345678"), message.ConversationId);
    }

    [Fact]
    public void Batch_KeepsItsOrder() => Assert.Collection(
        Events("""
            [{"type":"typing","from":"+4915112345678"},
             {"type":"message","id":"m1","from":"+4915112345678","attachments":[{"url":"https://files.example/a","media_type":"image/png"}]},
             {"type":"opt_out","from":"004915112345678","opted_out":true,"word":"STOP"},
             {"type":"status","conversation":"sms-1","id":"m-7","status":"delivered"},
             {"type":"status","conversation":"sms-1","id":"m-8","status":"failed","reason":"no such number"}]
            """),
        each => Assert.IsType<ChannelEvent.Typing>(each),
        each => Assert.Equal(new MediaReference("https://files.example/a", "attachment-1", "image/png"), Assert.Single(Assert.IsType<ChannelEvent.Message>(each).Media)),
        each => Assert.Equal((ConversationIds.Between("sms", "relay", "+4915112345678"), new SetOptOut(true, "STOP")), (each.ConversationId, Assert.IsType<ChannelEvent.OptOut>(each).What)),
        each => Assert.Equal(new NoteReceipt("m-7", null, null, DeliveryStatus.Delivered, null), Assert.IsType<ChannelEvent.Receipt>(each).What),
        each => Assert.Equal(new NoteReceipt("m-8", null, null, DeliveryStatus.Failed, "no such number"), Assert.IsType<ChannelEvent.Receipt>(each).What));

    [Fact]
    public void Thread_IsAConversationOfItsOwn()
    {
        var events = Events("""[{"type":"message","id":"1","from":"+4915112345678","text":"a","thread":"x"},{"type":"message","id":"2","from":"+4915112345678","text":"b"}]""");
        Assert.NotEqual(events[0].ConversationId, events[1].ConversationId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"dance\"}")]
    [InlineData("{\"type\":\"message\",\"from\":\"+49\"}")]
    [InlineData("{\"type\":\"message\",\"id\":null,\"from\":\"+49\"}")]
    [InlineData("{\"type\":\"message\",\"id\":\"1\",\"from\":\" \"}")]
    [InlineData("{\"type\":\"message\",\"id\":\"\\ud800\",\"from\":\"+49\"}")]
    [InlineData("{\"type\":\"message\",\"id\":\"1\",\"from\":\"+49\",\"attachments\":[{}]}")]
    [InlineData("{\"type\":\"message\",\"id\":\"1\",\"from\":\"+49\",\"attachments\":[null]}")]
    [InlineData("{\"type\":\"message\",\"id\":\"\\u0000\",\"from\":\"+49\"}")]
    [InlineData("{\"type\":\"message\",\"id\":5,\"from\":\"+49\"}")]
    [InlineData("{\"type\":\"message\",\"id\":\"1\",\"from\":\"\\u0000\"}")]
    [InlineData("{\"type\":\"status\",\"conversation\":\"email-1\",\"id\":\"m\",\"status\":\"sent\"}")]
    [InlineData("{\"type\":\"status\",\"conversation\":\"sms-1\",\"id\":\"m\",\"status\":\"queued\"}")]
    [InlineData("{\"type\":\"status\",\"conversation\":\"sms-1\",\"id\":\"m\",\"status\":99}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void GenuineButUnreadable_IsRefusedAsSuch(string body) => Assert.Equal(400, Assert.IsType<WebhookReading.Refused>(Read(body)).Status);

    [Fact]
    public void ZeroCharacters_AreLeftOut()
    {
        var message = Assert.IsType<ChannelEvent.Message>(Assert.Single(Events("""{"type":"message","id":"m\u00001","from":"+4915112345678","text":"Hal\u0000lo"}""")));
        Assert.Equal(("m1", "Hallo"), (message.Interaction.Id, message.Interaction.Content));
    }

    [Fact]
    public void Signature_IsOverTheBytesAndOfTheLastMinutes()
    {
        const string body = """{"type":"typing","from":"a"}""";
        Assert.IsType<WebhookReading.Genuine>(Read(body, at: _time.GetUtcNow() - NeutralSignature.Tolerance));
        Assert.IsType<WebhookReading.Genuine>(Read(body, secret: "before")); // while it is being changed
        Assert.Equal(401, Assert.IsType<WebhookReading.Refused>(Read(body, at: _time.GetUtcNow() - NeutralSignature.Tolerance - TimeSpan.FromSeconds(1))).Status);
        Assert.Equal(401, Assert.IsType<WebhookReading.Refused>(Read(body, at: _time.GetUtcNow() + TimeSpan.FromMinutes(6))).Status);
        Assert.Equal(401, Assert.IsType<WebhookReading.Refused>(Read(body, secret: "another tenant's")).Status);
        var good = NeutralSignature.Of(Encoding.UTF8.GetBytes(body), "secret", _time.GetUtcNow());
        foreach (var bad in (string[])["", "t=,v1=", good.Replace("v1=", "v0=", StringComparison.Ordinal), good[..^1], good + "0", "t=99999999999999999999,v1=" + new string('a', 64), new string(',', 5_000)])
            Assert.Equal(401, Assert.IsType<WebhookReading.Refused>(_account.Read(Request(body, bad))).Status);
        Assert.Equal(401, Assert.IsType<WebhookReading.Refused>(_account.Read(Request(body + " ", good))).Status);
        Assert.Equal(405, Assert.IsType<WebhookReading.Refused>(_account.Read(Request(body, good) with { Method = "GET" })).Status);
    }

    [Fact]
    public async Task Message_IsPostedSignedWithItsFiles()
    {
        var files = new TestParts.MemoryFiles();
        var file = await files.KeepAsync("a.txt", "text/plain", new MemoryStream("hi"u8.ToArray()), default);
        var account = new NeutralAccount(_settings, new AccountParts(TestParts.Http, _time, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, files, null));
        var outcome = await account.SendAsync(Message("Hello") with { Message = Message("Hello").Message with { Attachments = [file] } }, default);
        Assert.Equal("theirs-1", Assert.Single(Assert.IsType<SendOutcome.Accepted>(outcome).Parts));
        var (body, signature, key) = Assert.Single(_posted);
        Assert.Equal(NeutralSignature.Of(Encoding.UTF8.GetBytes(body), "secret", _time.GetUtcNow()), signature);
        Assert.Equal("sms-1%2Fm-1", key);
        var json = JsonDocument.Parse(body).RootElement;
        Assert.Equal(("message", "sms-1", "m-1", "+4915112345678", "assistant", "Hello", "aGk="), (
            Text("type"), Text("conversation"), Text("id"), Text("to"), Text("author"), Text("text"), json.GetProperty("attachments")[0].GetProperty("content").GetString()));

        string? Text(string name) => json.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData(202, "Accepted", null)]
    [InlineData(409, "Accepted", null)]
    [InlineData(400, "Failed", "answered 400: no such number")]
    [InlineData(422, "Failed", null)]
    [InlineData(401, "Later", "check send_to and the secret")]
    [InlineData(302, "Later", null)]
    [InlineData(429, "Later", null)]
    [InlineData(503, "Later", null)]
    [InlineData(500, "Unknown", null)]
    [InlineData(504, "Unknown", null)]
    public async Task Answer_MeansWhatItSays(int status, string kind, string? reason)
    {
        _answer = response => LoopbackServer.WriteAsync(response, status, "application/json", """{"reason":"no such number"}""");
        var outcome = await _account.SendAsync(Message("Hello"), default);
        Assert.Equal(kind, outcome.GetType().Name);
        if (reason is not null)
            Assert.Contains(reason, outcome is SendOutcome.Failed failed ? failed.Reason : Assert.IsType<SendOutcome.Later>(outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatBrokeOff_IsSentAgainOnlyToWhoIgnoresRepeats()
    {
        _answer = LoopbackServer.BreakOffAsync;
        Assert.IsType<SendOutcome.Unknown>(await _account.SendAsync(Message("Hello"), default));
        Assert.IsType<SendTrace.NotThere>(await _account.FindAsync(Message("Hello"), default));
        Assert.IsType<SendTrace.NoWayToTell>(await TestParts.Open<NeutralAccount>(_settings with { IgnoresRepeats = false }).FindAsync(Message("Hello"), default));
    }

    [Fact]
    public async Task ProgramThatIsNotThere_MeansLater()
    {
        await _program.DisposeAsync();
        Assert.IsType<SendOutcome.Later>(await _account.SendAsync(Message("Hello"), default));
    }

    [Fact]
    public async Task File_IsFetchedFromTheProgramAlone()
    {
        _answer = response => LoopbackServer.WriteAsync(response, 200, "image/png", "png");
        await using var content = await _account.OpenMediaAsync(new MediaReference(new Uri(_program.Address, "/a").AbsoluteUri, "a", "image/png"), default);
        Assert.Equal("image/png", content.MediaType);
        foreach (var elsewhere in (string[])["http://127.0.0.1:1/a", "http://169.254.169.254/", "file:///etc/passwd", "a"])
            await Assert.ThrowsAsync<MediaUnavailableException>(() => _account.OpenMediaAsync(new MediaReference(elsewhere, "a", "image/png"), default));
    }

    [Fact]
    public void WhateverTheBytes_ThereIsAReading()
    {
        var random = new Random(5);
        var seed = """[{"type":"message","id":"m1","from":"+4915112345678","text":"Hallo","at":"2026-03-02T08:59:00Z","attachments":[{"url":"u"}]},{"type":"status","conversation":"sms-1","id":"m","status":"sent"}]"""u8.ToArray();
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = (byte[])seed.Clone();
            for (var change = random.Next(4); change >= 0; change--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : seed[random.Next(seed.Length)];
            var body = bytes[..random.Next(bytes.Length + 1)];
            var reading = _account.Read(TestParts.Request(Here, body, "application/json", (NeutralSignature.Header, NeutralSignature.Of(body, "secret", _time.GetUtcNow()))));
            Assert.True(reading is WebhookReading.Genuine or WebhookReading.Refused { Status: 400 });
        }
    }

    [Theory]
    [InlineData("", "has no channel")]
    [InlineData("channel: fax", "can't be 'fax'")]
    [InlineData("channel: voice\n    send_to: https://x.example", "nothing is sent to callers")]
    public void MistakeInTheFile_IsTold(string line, string told)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => ChannelSettings.Parse($"accounts:\n  relay:\n    kind: webhook\n    secret_env: S\n    {line}\n", "channels.yaml", _ => "secret"));
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_AreNotInTheWords() => Assert.DoesNotContain("secret", _settings.ToString(), StringComparison.Ordinal);

    private static NeutralSettings Settings(string channel, string more) => Assert.IsType<NeutralSettings>(TestParts.Settings(
        $"accounts:\n  relay:\n    kind: webhook\n    channel: {channel}\n    secret_env: NOW\n    previous_secret_env: BEFORE\n    {more}\n", ("NOW", "secret"), ("BEFORE", "before")));

    private static MessageToSend Message(string text) => new(
        "sms-1", new Inbound("1", "sms", "relay", "+4915112345678", default, ImmutableDictionary<string, string>.Empty), new Outbound(2, "m-1", Author.Assistant, text, "1"), 0, false);

    private ImmutableArray<ChannelEvent> Events(string body) => Assert.IsType<WebhookReading.Genuine>(Read(body)).Events;

    private WebhookReading Read(string body, string secret = "secret", DateTimeOffset? at = null) =>
        _account.Read(Request(body, NeutralSignature.Of(Encoding.UTF8.GetBytes(body), secret, at ?? _time.GetUtcNow())));

    private static WebhookRequest Request(string body, string signature) => TestParts.Request(Here, Encoding.UTF8.GetBytes(body), "application/json", (NeutralSignature.Header, signature));
}
