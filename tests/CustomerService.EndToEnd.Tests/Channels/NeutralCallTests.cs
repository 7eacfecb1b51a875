using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Neutral;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;

namespace CustomerService.EndToEnd.Channels;

/// <summary>A call that a program of the owner's connects, through the real program: steps in JSON instead of a provider's own language.</summary>
public sealed class NeutralCallTests : IAsyncLifetime
{
    private const string Secret = "secret-of-our-own-program";

    private readonly HttpClient _http = new();
    private readonly byte[] _sound = [(byte)'I', (byte)'D', (byte)'3', .. new byte[500]];
    private LoopbackServer _files = null!;
    private ChannelSystem _system = null!;

    public async Task InitializeAsync()
    {
        _files = new LoopbackServer(async context =>
        {
            context.Response.ContentType = "audio/mpeg";
            await context.Response.OutputStream.WriteAsync(_sound);
            context.Response.Close();
        });
        _system = await ChannelSystem.StartAsync(
            $$"""
            relay: { kind: webhook, channel: voice, secret_env: OWN_SECRET, files_from: "{{_files.Address}}", region: GB, callback_from: 0s, agents: { anna: "+4930777001" } }
            """,
            KeyValuePair.Create("OWN_SECRET", Secret));
    }

    public async Task DisposeAsync()
    {
        await _system.DisposeAsync();
        await _files.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task Call_IsAnsweredQueuedAndConnected()
    {
        var listen = Step(await PostAsync(), "listen");
        Assert.StartsWith("Hello", (string?)listen["while"]![0]!["text"], StringComparison.Ordinal);
        var answered = Step(await HoldAsync(await PostAsync(("then", listen["then"]), ("speech", "What are your opening hours?")), "listen"), "listen");
        Assert.Contains("customer-service team is", (string?)answered["while"]![0]!["text"], StringComparison.Ordinal);

        var waiting = await HoldAsync(await PostAsync(("then", answered["then"]), ("keys", "0")), "listen");
        while (Step(waiting, "listen")["while"]!.AsArray().All(each => (string?)each!["text"] != "You are number 1 in line."))
            waiting = await HoldAsync(await PostAsync(("then", Step(waiting, "go_to")["then"])), "listen");
        await _system.AskAsync(HttpMethod.Put, "api/agents/anna", """{"name":"Anna","queues":["general"],"skills":[],"capacity":1}""");
        await _system.AskAsync(HttpMethod.Post, "api/agents/anna/presence", """{"presence":"available"}""");
        await _system.UntilAsync(Conversation, "offered", page => page["internal"]!["offeredTo"]?.AsArray().Count > 0);
        var offer = (await _system.AskAsync(HttpMethod.Get, "api/agents/anna"))["offers"]![0]!["offerId"];
        await _system.AskAsync(HttpMethod.Post, $"api/agents/anna/offers/{offer}/accept");
        await _system.UntilAsync(Conversation, "taken", page => (string?)page["internal"]!["agentId"] == "anna");

        var dial = Step(await HoldAsync(await PostAsync(("then", Step(waiting, "go_to")["then"])), "dial"), "dial");
        var whisper = Step(await PostAsync(("then", dial["whisper"])), "listen");
        Assert.StartsWith("A customer is on the line.", (string?)whisper["while"]![0]!["text"], StringComparison.Ordinal);
        Assert.Empty((await PostAsync(("then", whisper["then"]), ("keys", "5"))).AsArray());
        Step(await PostAsync(("then", dial["then"]), ("taken", true)), "hang_up");
        await PostAsync(("ended", "completed"), ("seconds", 83));

        var page = await _system.UntilAsync(Conversation, "told that the call is over", each => each["internal"]!["notes"]!.AsArray().Any(note => ((string)note!["text"]!).Contains("after 1:23 min.", StringComparison.Ordinal)));
        Assert.Equal(("voice", "+442071234567", "anna"), ((string?)page["internal"]!["channel"], (string?)page["internal"]!["address"], (string?)page["internal"]!["agentId"]));
    }

    [Fact]
    public async Task Recording_IsFetchedFromTheProgramsOwnFiles()
    {
        var listen = Step(await PostAsync(), "listen");
        await PostAsync(("then", listen["then"]), ("keys", "0"));
        // A program may record whenever it likes; the address of that step is as any other.
        await PostAsync(
            ("then", ((string)listen["then"]!).Replace("menu", "recording", StringComparison.Ordinal)),
            ("recording", new JsonObject { ["id"] = "R-1", ["url"] = new Uri(_files.Address, "/1.mp3").AbsoluteUri, ["seconds"] = 3 }));
        var page = await _system.UntilAsync(Conversation, "recorded", each => each["messages"]!.AsArray().Any(message => message!["attachments"] is not null));
        var file = page["messages"]!.AsArray().Single(message => message!["attachments"] is not null)!["attachments"]![0]!;
        Assert.Equal(_sound, await _system.ReadFileAsync(Conversation, (string)file["reference"]!));
    }

    private static string Conversation => ConversationIds.BegunBy(ChannelNames.Voice, "relay", "C-1");

    private static JsonNode Step(JsonNode steps, string does) => Assert.Single(steps.AsArray(), step => (string?)step!["do"] == does)!;

    /// <summary>The caller says nothing until they are asked to do that.</summary>
    private async Task<JsonNode> HoldAsync(JsonNode steps, string until)
    {
        while (steps.AsArray().All(step => (string?)step!["do"] != until))
            steps = await PostAsync(("then", Step(steps, "go_to")["then"]));
        return steps;
    }

    private async Task<JsonNode> PostAsync(params (string Name, JsonNode? Value)[] more)
    {
        var body = new JsonObject { ["type"] = "call", ["call"] = "C-1", ["from"] = "020 7123 4567" };
        foreach (var (name, value) in more)
            body[name] = value?.DeepClone();
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        using var content = new ByteArrayContent(bytes);
        content.Headers.Add("Content-Type", "application/json");
        content.Headers.Add(NeutralSignature.Header, NeutralSignature.Of(bytes, Secret, TimeProvider.System.GetUtcNow()));
        using var answer = await _http.PostAsync(_system.Webhook("relay"), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}\n{_system.Program.Output}");
        return text.Length == 0 ? new JsonArray() : JsonNode.Parse(text)!["steps"]!;
    }
}
