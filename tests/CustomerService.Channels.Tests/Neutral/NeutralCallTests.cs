using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Neutral;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Tests.Voice;
using CustomerService.Channels.Voice;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Tests.Neutral;

/// <summary>Calls that a program of the owner's connects: over real sockets, signed.</summary>
public sealed class NeutralCallTests : IAsyncDisposable
{
    private const string German = "+4915112345678";

    private readonly CallDesk _desk = new(Account(), "relay");

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Question_IsAnsweredInSteps()
    {
        _desk.Meanwhile = () => _desk.Tell("Ihr Paket ist **unterwegs**.");
        var listen = Assert.Single((await PostAsync("C-1", "0151 12345678")).AsArray(), step => (string?)step!["do"] == "listen")!;
        Assert.Equal(("speech_or_key", "de-DE"), ((string?)listen["for"], (string?)listen["language"]));
        Assert.StartsWith("Guten Tag", (string?)listen["while"]![0]!["text"], StringComparison.Ordinal);

        var next = await PostAsync("C-1", "0151 12345678", new() { ["then"] = listen["then"]!.DeepClone(), ["speech"] = "Wo ist mein Paket?" });
        var asked = Assert.Single(_desk.Taken);
        Assert.Equal(
            (ConversationIds.BegunBy("voice", "relay", "C-1"), "Wo ist mein Paket?", German, "voice"),
            (asked.ConversationId, asked.Interaction.Content, asked.Interaction.Address, asked.Interaction.Channel));
        Assert.Equal("Ihr Paket ist unterwegs.", (string?)next[0]!["while"]![0]!["text"]);
        Assert.Equal("speech_or_keys", (string?)next[0]!["for"]);

        // The same again changes nothing.
        await PostAsync("C-1", "0151 12345678", new() { ["then"] = listen["then"]!.DeepClone(), ["speech"] = "Wo ist mein Paket?" });
        Assert.Single(_desk.Taken);
    }

    [Fact]
    public async Task Agent_IsRungAndWhisperedTo()
    {
        _desk.Meanwhile = () => (_desk.Status, _desk.AgentId) = (ConversationStatus.Assigned, "anna");
        var dial = Assert.Single((await SpeakAsync("C-1", German)).AsArray(), step => (string?)step!["do"] == "dial")!;
        Assert.Equal("+4930777001", (string?)dial["number"]);

        var whisper = await PostAsync("C-1", German, new() { ["then"] = dial["whisper"]!.DeepClone() });
        Assert.Contains("twice for order 7", (string?)whisper[0]!["while"]![0]!["text"], StringComparison.Ordinal);
        Assert.Equal("hang_up", (string?)whisper[1]!["do"]);
        Assert.Empty((await PostAsync("C-1", German, new() { ["then"] = whisper[0]!["then"]!.DeepClone(), ["keys"] = "5" })).AsArray());

        Assert.Equal("hang_up", (string?)(await PostAsync("C-1", German, new() { ["then"] = dial["then"]!.DeepClone(), ["taken"] = true })).AsArray()[^1]!["do"]);
        Assert.Empty(_desk.Asked);
        await PostAsync("C-1", German, new() { ["ended"] = "completed", ["seconds"] = 83 });
        Assert.Equal("The call is over (completed) after 1:23 min.", Assert.IsType<AddNote>(_desk.Reported[^1]).Text);
    }

    [Fact]
    public async Task AgentWhoDoesNotTakeIt_GivesTheCallerBack()
    {
        _desk.Meanwhile = () => (_desk.Status, _desk.AgentId) = (ConversationStatus.Assigned, "anna");
        var dial = Assert.Single((await SpeakAsync("C-1", German)).AsArray(), step => (string?)step!["do"] == "dial")!;
        var back = (await PostAsync("C-1", German, new() { ["then"] = dial["then"]!.DeepClone() })).AsArray();
        Assert.IsType<Transfer>(Assert.Single(_desk.Asked));
        Assert.Equal("go_to", (string?)back[^1]!["do"]);
    }

    [Fact]
    public async Task AfterHours_TheRecordingAndItsWordsComeIn()
    {
        _desk.Meanwhile = () => (_desk.Status, _desk.Place) = (ConversationStatus.Queued, new CallPlace(1, null, OffersCallback: true, IsClosed: true));
        var record = Assert.Single((await SpeakAsync("C-1", German)).AsArray(), step => (string?)step!["do"] == "record")!;
        await PostAsync("C-1", German, new() { ["then"] = record["recording"]!.DeepClone(), ["recording"] = new JsonObject { ["id"] = "R-1", ["url"] = "https://files.example/1.mp3", ["seconds"] = 12 } });
        await PostAsync("C-1", German, new() { ["then"] = record["transcript"]!.DeepClone(), ["transcript"] = new JsonObject { ["id"] = "T-1", ["text"] = "Bitte rufen Sie mich an." } });
        await PostAsync("C-1", German, new() { ["then"] = record["then"]!.DeepClone() });
        Assert.Equal(["Sprachnachricht, 12 Sekunden.", "Bitte rufen Sie mich an."], _desk.Taken.Skip(1).Select(message => message.Interaction.Content));
        Assert.Equal("https://files.example/1.mp3", Assert.Single(_desk.Taken[1].Media).Id);
        Assert.Equal(German, _desk.CallbackTo);
    }

    [Fact]
    public async Task WithheldNumbers_ShareNothing()
    {
        await SpeakAsync("C-1", "");
        await SpeakAsync("C-2", "Anonymous");
        Assert.Equal(["withheld-C-1", "withheld-C-2"], _desk.Taken.Select(message => message.Interaction.Address));
        Assert.Equal(2, _desk.Taken.Select(message => message.ConversationId).Distinct().Count());

        // Nor do messages of programs that listen themselves; a thread keeps those of one call together.
        var events = Assert.IsType<WebhookReading.Genuine>(Account().Read(Signed("""
            [{"type":"message","id":"1","from":"anonymous","text":"a"},{"type":"message","id":"2","from":"anonymous","text":"b"},
             {"type":"message","id":"3","from":"anonymous","text":"c","thread":"x"},{"type":"message","id":"4","from":"anonymous","text":"d","thread":"x"}]
            """))).Events;
        Assert.Equal(3, events.Select(each => each.ConversationId).Distinct().Count());
        Assert.Equal(events[2].ConversationId, events[3].ConversationId);
    }

    [Theory]
    [InlineData("""[{"type":"call","call":"1","from":"+49"},{"type":"typing","from":"+49"}]""", 400)]
    [InlineData("""{"type":"call","from":"+49"}""", 400)]
    [InlineData("""{"type":"call","call":"","from":"+49"}""", 400)]
    [InlineData("""{"type":"call","call":"1"}""", 400)]
    [InlineData("""{"type":"call","call":"1","from":"+49","then":"/nowhere?x=1"}""", 404)]
    [InlineData("""{"type":"call","call":"1","from":"+49","recording":{}}""", 400)]
    public void GenuineButUnreadable_IsRefusedAsSuch(string body, int status) => Assert.Equal(status, Assert.IsType<WebhookReading.Refused>(Account().Read(Signed(body))).Status);

    [Theory]
    [InlineData("channel: sms\n    agents: { anna: \"+49301234567\" }", "'agents' is about calls, and this account is for sms")]
    [InlineData("channel: voice\n    region: XX", "there are no telephone numbers of 'XX'")]
    [InlineData("channel: voice\n    files_from: files", "which is no plain http or https address")]
    public void MistakeInTheFile_IsTold(string lines, string told)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => ChannelSettings.Parse($"accounts:\n  relay:\n    kind: webhook\n    secret_env: S\n    {lines}\n", "channels.yaml", _ => "secret"));
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    private static ICallAccount Account() => TestParts.Open<ICallAccount>(TestParts.Settings(
        """
        accounts:
          relay:
            kind: webhook
            channel: voice
            secret_env: SECRET
            region: DE
            files_from: https://files.example
            languages: [de, en]
            agents: { anna: "+4930777001" }
        """,
        ("SECRET", "secret")));

    /// <summary>A call begins, and the caller says something.</summary>
    private async Task<JsonNode> SpeakAsync(string call, string from)
    {
        var listen = (await PostAsync(call, from))[0]!;
        return await PostAsync(call, from, new() { ["then"] = listen["then"]!.DeepClone(), ["speech"] = "Mensch!" });
    }

    private async Task<JsonNode> PostAsync(string call, string from, JsonObject? more = null)
    {
        var body = more ?? [];
        (body["type"], body["call"], body["from"]) = ("call", call, from);
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        using var content = new ByteArrayContent(bytes);
        content.Headers.Add("Content-Type", "application/json");
        content.Headers.Add(NeutralSignature.Header, NeutralSignature.Of(bytes, "secret", TestParts.Now));
        using var answer = await TestParts.Http.PostAsync(_desk.Address, content);
        var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        return text.Length == 0 ? new JsonArray() : JsonNode.Parse(text)!["steps"]!;
    }

    private static WebhookRequest Signed(string body) => TestParts.Request(
        "https://shop.example/api/channels/relay", Encoding.UTF8.GetBytes(body), "application/json", (NeutralSignature.Header, NeutralSignature.Of(Encoding.UTF8.GetBytes(body), "secret", TestParts.Now)));
}
