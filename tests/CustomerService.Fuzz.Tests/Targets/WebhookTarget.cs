using System.Text;
using System.Text.Json;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Voice;
using CustomerService.Channels.Webhooks;
using CustomerService.Fuzz.Tests.Fuzzing;
using CustomerService.Grains.Conversations;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>Requests of every kind of account, changed and still rightly signed, and some that are not: each has a reading, and what was read can be kept.</summary>
internal sealed class WebhookTarget : FuzzTarget
{
    private const string Home = "https://shop.example/api/channels";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, IWebhookAccount> _accounts;

    public WebhookTarget()
        : base("webhook", 250)
    {
        AllocatedPerByte = 600; // forms of many small fields, as a dictionary
        var parts = new AccountParts(TestParts.Http, TimeProvider.System, NullLoggerFactory.Instance, new TestParts.MemoryFiles(), new Uri(TestParts.PublicUrl));
        _accounts = ChannelSettings.Parse(WebhookSeeds.Settings, "channels.yaml", WebhookSeeds.Environment).Accounts
            .ToDictionary(account => account.Name, account => (IWebhookAccount)account.Open(parts));
    }

    /// <summary>First which of the seeds it is of, and whether it is signed; then the body.</summary>
    public override byte[] Make(Random random) => WebhookMutation.Make(random);

    public override ValueTask<FuzzOutcome> TryAsync(byte[] input)
    {
        var (seed, body, isSigned) = WebhookMutation.Read(input);
        var (url, headers) = WebhookSeeds.Signed(seed, Home, body, Now);
        if (!isSigned)
            headers[^1] = (headers[^1].Name, Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 100))));
        var account = _accounts[seed.Account];
        var request = TestParts.Request(url.OriginalString, body, seed.MediaType, [.. headers.Skip(1)]);
        var reading = account.Read(request);
        if (!isSigned && reading is not WebhookReading.Refused { Status: 401 or 403 })
            throw new FuzzFinding($"{seed}: unsigned, and {reading}");

        switch (reading)
        {
            case WebhookReading.Refused { Status: < 400 or > 499 } refused:
                throw new FuzzFinding($"{seed}: refused with {refused.Status}");
            case WebhookReading.Genuine genuine:
                Check(seed, genuine.Events);
                break;
            case WebhookReading.InCall { Call: var call }:
                Check(seed, call.Events);
                Decide((ICallAccount)account, call);
                break;
        }

        return new ValueTask<FuzzOutcome>(new FuzzOutcome($"{seed.Account} {(reading is WebhookReading.Refused { Status: var status } ? $"{status}" : "read")}"));
    }

    private static void Check(WebhookSeed seed, IEnumerable<ChannelEvent> events)
    {
        foreach (var what in events)
        {
            if (what.ConversationId.Length == 0)
                throw new FuzzFinding($"{seed}: of no conversation: {what}");
            if (what is ChannelEvent.Message { Interaction: var said } && (said.Id.Length == 0 || said.Address.Length == 0 || !IsText(said.Content + said.Address + said.Id)))
                throw new FuzzFinding($"{seed}: can't be kept: {JsonSerializer.Serialize(said.Id)} {JsonSerializer.Serialize(said.Address)} {JsonSerializer.Serialize(said.Content)}");
        }
    }

    /// <summary>What databases and JSON take.</summary>
    private static bool IsText(string text) => !text.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static void Decide(ICallAccount account, CallRequest call)
    {
        foreach (var status in Enum.GetValues<ConversationStatus>())
        {
            var turn = account.Decide(call, new ConversationSight(status, [new CallNews(3, "It is **on** its way.")]) { WaitedOut = true });
            if (turn is CallTurn.Answer { What.Body: var twiml })
                System.Xml.Linq.XDocument.Parse(twiml);
        }
    }
}

/// <summary>How requests are changed: their JSON, their form, or their bytes.</summary>
internal static class WebhookMutation
{
    private static readonly byte[][] Words = Mutation.Words(
        "&", "=", "%", "%0", "%00", "%ff", "%ED%A0%80", "+", "&&", "Body=", "&From=", "&From=%2B", "&MessageSid=", "&CallSid=", "&Digits=9", "&NumMedia=99999999", "&NumMedia=-1", "&MediaUrl1=javascript:x", "&SpeechResult=",
        "&Digits=*#0123456789", "{", "}", "[", "]", "\"", ",", ":", "null", "1e400", "\\u0000", "\\ud800", "\\", "\0", "\r\n", "\ufeff", "\u202e", "STOP", "HELP", "\uD83D\uDE00");

    public static byte[] Make(Random random)
    {
        var number = random.Next(WebhookSeeds.All.Length);
        var (seed, other) = (WebhookSeeds.All[number], random.Any(WebhookSeeds.All));
        var body = seed.IsForm || random.Next(3) == 0 ? Mutation.Of(random, seed.Body, other.Body, Words, most: 6) : JsonMutation.Of(random, seed.Body, other.Body);
        return [(byte)number, (byte)(random.Next(20) == 0 ? 0 : 1), .. body];
    }

    public static (WebhookSeed Seed, byte[] Body, bool IsSigned) Read(byte[] input) => (WebhookSeeds.All[input[0]], input[2..], input[1] != 0);
}
