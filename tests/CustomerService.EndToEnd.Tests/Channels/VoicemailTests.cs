using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;

namespace CustomerService.EndToEnd.Channels;

/// <summary>Calls when nobody is there, through the real program.</summary>
public sealed class VoicemailTests : IAsyncLifetime
{
    private const string Ours = "+4930123456";

    private readonly PhoneCompany _company = new();
    private ChannelSystem _system = null!;

    public async Task InitializeAsync() => _system = await ChannelSystem.StartAsync(
        $$"""
        shop-phone: { kind: twilio-voice, number: "{{Ours}}", account_sid: {{PhoneCompany.AccountSid}}, auth_token_env: PHONE_TOKEN, api: "{{_company.Address}}" }
        """,
        CloseForDays,
        KeyValuePair.Create("PHONE_TOKEN", PhoneCompany.AuthToken));

    public async Task DisposeAsync()
    {
        await _system.DisposeAsync();
        await _company.DisposeAsync();
    }

    [Theory]
    [InlineData("+442071234567", "Please call me back about my order.", true)]
    [InlineData("+442071234567", "", false)] // nobody can understand it
    [InlineData("+4915112345678", "Bitte rufen Sie mich an.", false)] // Twilio writes English down, and nothing else
    public async Task Message_IsInTheConversationWithItsSound(string from, string said, bool isWritten)
    {
        byte[] sound = [(byte)'I', (byte)'D', (byte)'3', .. new byte[3_000]];
        var call = new PhoneCall(_company, _system.Webhook("shop-phone"), from, Ours, new Uri($"{_system.Webhook("shop-phone")}/status"));
        await call.StartAsync();
        await call.PressAsync("0");
        while (call.At?.Name.LocalName == "Gather")
            await call.KeepSilentAsync();
        Assert.Equal("Record", call.At?.Name.LocalName);
        await call.RecordAsync(said, 12, _company.KeepRecording(sound));

        var conversation = ConversationIds.BegunBy(ChannelNames.Voice, "shop-phone", call.Sid);
        var page = await _system.UntilAsync(conversation, "kept and noted", each => each["internal"]!["notes"]!.AsArray().Count > (isWritten ? 0 : 1));
        var messages = page["messages"]!.AsArray().Where(message => (string?)message!["author"] == "customer").ToList();
        Assert.Equal(sound, await _system.ReadFileAsync(conversation, (string)messages[1]!["attachments"]![0]!["reference"]!));
        Assert.Equal(isWritten ? said : null, (string?)messages.ElementAtOrDefault(2)?["text"]);
        Assert.Equal(!isWritten, page["internal"]!["notes"]!.AsArray().Any(note => ((string)note!["text"]!).Contains("not written down: listen to the recording", StringComparison.Ordinal)));
        Assert.Equal(("queued", from), ((string?)page["standing"]!["status"], (string?)page["standing"]!["callbackTo"]));
        Assert.All(_company.MediaRequests, request => Assert.StartsWith("Basic ", request.Authorization, StringComparison.Ordinal));
    }

    private static void CloseForDays(string content)
    {
        var routing = Path.Combine(content, "routing.yaml");
        var open = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(3);
        var text = File.ReadAllText(routing)
            .Replace("  general: { tier: tier1, escalate_to: second_line }", "  general: { tier: tier1, escalate_to: second_line, calendar: nobody }", StringComparison.Ordinal)
            .Replace("calendars:\n", $"calendars:\n  nobody: {{ time_zone: Europe/Berlin, week: {{ daily: closed }}, special_days: {{ {open:yyyy-MM-dd}: 08:00-12:00 }} }}\n", StringComparison.Ordinal);
        File.WriteAllText(routing, text);
    }
}
