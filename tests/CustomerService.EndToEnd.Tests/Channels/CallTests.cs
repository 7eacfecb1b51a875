using System.Text.Json.Nodes;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;

namespace CustomerService.EndToEnd.Channels;

/// <summary>Whole calls through the real program: a phone company on the loopback does what its TwiML says, and holds every document against the grammar.</summary>
public sealed class CallTests : IAsyncLifetime
{
    private const string Ours = "+4930123456";
    private const string British = "+442071234567";
    private const string AnnasNumber = "+4930777001";
    private const string BensNumber = "+4930777002";

    private readonly PhoneCompany _company = new();
    private ChannelSystem _system = null!;

    private string Account => $$"""
        shop-phone:
          kind: twilio-voice
          number: "{{Ours}}"
          account_sid: {{PhoneCompany.AccountSid}}
          auth_token_env: PHONE_TOKEN
          api: "{{_company.Address}}"
          agents: { anna: "{{AnnasNumber}}", ben: "{{BensNumber}}" }
          callback_from: 0s
        """;

    public async Task InitializeAsync() => _system = await ChannelSystem.StartAsync(Account, KeyValuePair.Create("PHONE_TOKEN", PhoneCompany.AuthToken));

    public async Task DisposeAsync()
    {
        await _system.DisposeAsync();
        await _company.DisposeAsync();
    }

    [Fact]
    public async Task WholeCall_FromTheGreetingToTheWrapUp()
    {
        var call = await CallAsync(British);
        Assert.StartsWith("en-US: Hello, and thank you for calling.", call.Heard[0], StringComparison.Ordinal);
        Assert.Equal("true", call.At!.Attribute("bargeIn")!.Value);
        await call.SayAsync("What are your opening hours?");
        Assert.Contains("customer-service team is", call.Heard[^1], StringComparison.Ordinal);

        await call.PressAsync("0");
        await UntilHeardAsync(call, "You are number 1 in line.");
        Assert.Contains(call.Heard, heard => heard.Contains("called back at the number that you are calling from", StringComparison.Ordinal));
        var other = await CallAsync("+442071234568");
        await other.PressAsync("0");
        await UntilHeardAsync(other, "You are number 2 in line.");

        // They would rather wait. Anna is not at her telephone; nobody else has it then, and they have not lost their place.
        await call.PressAsync("5");
        await ComesAsync("anna");
        await AcceptAsync("anna", call);
        await UntilRungAsync(call, AnnasNumber);
        var heard = call.Heard.Count;
        await LeavesAsync("anna");
        await call.RingAgentAsync(picksUp: true, pressesAKey: false);
        Assert.Contains("en-US: I could not reach them. Please hold the line.", call.Heard.Skip(heard));
        await UntilHeardAsync(call, "You are number 1 in line.", heard);
        Assert.False(call.IsOver);

        await ComesAsync("ben");
        await AcceptAsync("ben", call);
        await UntilRungAsync(call, BensNumber);
        await call.RingAgentAsync(picksUp: true, pressesAKey: true);
        Assert.Contains("A customer is on the line.", Assert.Single(call.Whispered.TakeLast(1)), StringComparison.Ordinal);
        Assert.True(call.IsOver);

        var page = await _system.UntilAsync(Of(call), "told that the call is over", each => Notes(each).Any(note => note.Contains("The call is over (completed) after 1:23 min.", StringComparison.Ordinal)));
        Assert.Equal(("assigned", "ben"), ((string?)page["standing"]!["status"], (string?)page["internal"]!["agentId"]));
        Assert.Equal(["customer", "assistant", "customer"], ChannelSystem.Transcript(page).Take(3).Select(line => line.Split(':')[0]));
        Assert.Equal(("voice", British, "en"), ((string?)page["internal"]!["channel"], (string?)page["internal"]!["address"], (string?)page["internal"]!["customerLanguage"] ?? "en"));
        Assert.All(page["messages"]!.AsArray().Where(message => (string?)message!["author"] == "assistant"), message => Assert.Equal("delivered", (string?)message!["status"]));
        Assert.DoesNotContain(page["internal"]!["clocks"]!.AsArray(), clock => (string?)clock!["kind"] == "first_response"); // Ben has spoken with them.
        await _system.AskAsync(HttpMethod.Post, $"api/conversations/{Of(call)}/resolve", """{"agentId":"ben"}""");
        await _system.UntilAsync(Of(call), "resolved", each => (string?)each["standing"]!["status"] == "resolved");
    }

    [Fact]
    public async Task CallBack_IsAcceptedAndTheyKeepTheirPlace()
    {
        var call = await CallAsync(British);
        await call.PressAsync("0");
        await UntilHeardAsync(call, "press 1.");
        await call.PressAsync("1");
        Assert.StartsWith("en-US: We will call you back", call.Heard[^1], StringComparison.Ordinal);
        Assert.True(call.IsOver);
        var page = await _system.UntilAsync(Of(call), "told that the call is over", each => Notes(each).Any());
        Assert.Equal(("queued", British), ((string?)page["standing"]!["status"], (string?)page["standing"]!["callbackTo"]));

        await ComesAsync("anna");
        await AcceptAsync("anna", call);
        await _system.AskAsync(HttpMethod.Post, $"api/conversations/{Of(call)}/callback/report", """{"agentId":"anna","reached":true}""");
        await _system.AskAsync(HttpMethod.Post, $"api/conversations/{Of(call)}/resolve", """{"agentId":"anna"}""");
        await _system.UntilAsync(Of(call), "resolved", each => (string?)each["standing"]!["status"] == "resolved");
    }

    [Fact]
    public async Task HangingUpInLine_EndsTheWait()
    {
        var call = await CallAsync(British);
        await call.PressAsync("0");
        await call.HangUpAsync();
        await _system.UntilAsync(Of(call), "resolved", each => (string?)each["standing"]!["status"] == "resolved");
    }

    [Theory]
    [InlineData("+4915112345678", null, "de-DE: Guten Tag", "Wie sind Ihre Öffnungszeiten?", "de-DE: ")]
    [InlineData("+4915112345678", "2", "de-DE: Guten Tag", "¿Cuál es su horario de atención?", "es-ES: ")]
    [InlineData("+81312345678", null, "ja-JP: お電話ありがとうございます", "営業時間を教えてください", "ja-JP: ")]
    public async Task Caller_IsSpokenToInTheirLanguageOrTheOneTheyChoose(string from, string? key, string greeting, string question, string answer)
    {
        var call = await CallAsync(from);
        Assert.StartsWith(greeting, call.Heard[0], StringComparison.Ordinal);
        if (key is not null)
            await call.PressAsync(key);
        await call.SayAsync(question);

        Assert.StartsWith(answer, call.Heard[^1], StringComparison.Ordinal);
        var page = await _system.UntilAsync(Of(call), "answered", each => each["messages"]!.AsArray().Count >= 2);
        Assert.Contains((string?)page["messages"]![1]!["text"] is { } text ? text.Split('\n', '.', '。')[0] : "?", call.Heard[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallersWhoWithholdTheirNumbers_ShareNothingAndAreOfferedNoCallBack()
    {
        var (one, two) = (await CallAsync("anonymous"), await CallAsync("+266696687"));
        await one.SayAsync("What are your opening hours?");
        await two.PressAsync("0");
        await UntilHeardAsync(two, "You are number 1 in line.");

        Assert.DoesNotContain(two.Heard, heard => heard.Contains("called back", StringComparison.Ordinal));
        var pages = new[] { await _system.AskAsync(HttpMethod.Get, $"api/conversations/{Of(one)}"), await _system.AskAsync(HttpMethod.Get, $"api/conversations/{Of(two)}") };
        Assert.Equal([$"withheld-{one.Sid}", $"withheld-{two.Sid}"], pages.Select(page => (string?)page["internal"]!["address"]));
        Assert.Equal(1, ChannelSystem.Transcript(pages[0]).Count(line => line.StartsWith("customer", StringComparison.Ordinal)));
        Assert.DoesNotContain(ChannelSystem.Transcript(pages[1]), line => line.Contains("opening hours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task KilledInTheMiddleOfACall_ItGoesOnWhereItWas()
    {
        var call = await CallAsync(British);
        await call.SayAsync("What are your opening hours?");
        await _system.KillAndRestartAsync();
        await call.SayAsync("How do I reset my password?");

        Assert.Contains("assword", call.Heard[^1], StringComparison.Ordinal);
        var page = await _system.AskAsync(HttpMethod.Get, $"api/conversations/{Of(call)}");
        Assert.Equal(2, ChannelSystem.Transcript(page).Count(line => line.StartsWith("customer", StringComparison.Ordinal)));
    }

    private static string Of(PhoneCall call) => ConversationIds.BegunBy(ChannelNames.Voice, "shop-phone", call.Sid);

    private static IEnumerable<string> Notes(JsonNode page) => page["internal"]!["notes"]!.AsArray().Select(note => (string)note!["text"]!);

    private async Task<PhoneCall> CallAsync(string from)
    {
        var call = new PhoneCall(_company, _system.Webhook("shop-phone"), from, Ours, new Uri($"{_system.Webhook("shop-phone")}/status"));
        await call.StartAsync();
        return call;
    }

    private async Task ComesAsync(string agent)
    {
        await _system.AskAsync(HttpMethod.Put, $"api/agents/{agent}", $$"""{"name":"{{agent}}","queues":["general"],"skills":[],"capacity":1}""");
        await _system.AskAsync(HttpMethod.Post, $"api/agents/{agent}/presence", """{"presence":"available"}""");
    }

    private Task<JsonNode> LeavesAsync(string agent) => _system.AskAsync(HttpMethod.Post, $"api/agents/{agent}/presence", """{"presence":"away"}""");

    private async Task AcceptAsync(string agent, PhoneCall call)
    {
        await _system.UntilAsync(Of(call), "offered", page => page["internal"]!["offeredTo"]?.AsArray().Any(each => (string?)each == agent) == true);
        var offer = (await _system.AskAsync(HttpMethod.Get, $"api/agents/{agent}"))["offers"]![0]!["offerId"];
        await _system.AskAsync(HttpMethod.Post, $"api/agents/{agent}/offers/{offer}/accept");
        await _system.UntilAsync(Of(call), "taken", page => (string?)page["internal"]!["agentId"] == agent);
    }

    /// <summary>The caller holds the line: a busy machine may take its time.</summary>
    /// <param name="after">How much they had heard before.</param>
    private static async Task UntilHeardAsync(PhoneCall call, string words, int after = 0)
    {
        while (!call.Heard.Skip(after).Any(heard => heard.Contains(words, StringComparison.Ordinal)))
            await call.KeepSilentAsync();
    }

    private static async Task UntilRungAsync(PhoneCall call, string number)
    {
        while (call.At!.Name.LocalName == "Gather")
            await call.KeepSilentAsync();
        Assert.Equal(number, call.At.Element("Number")!.Value);
    }
}
