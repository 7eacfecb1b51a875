using System.Globalization;
using System.Net;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;

namespace CustomerService.EndToEnd.Channels;

/// <summary>The whole way of a message by WhatsApp, which nobody can ask what it has: what may have been sent is never sent again by itself.</summary>
public sealed class WhatsAppTests : IAsyncLifetime
{
    private const string Question = "What are your opening hours?";
    private const string Customer = "4915112345678";

    private static readonly string Conversation = ConversationIds.Between(ChannelNames.Social, "shop-whatsapp", $"+{Customer}");

    private readonly SocialNetwork _network = new();
    private ChannelSystem _system = null!;

    public async Task InitializeAsync() => _system = await ChannelSystem.StartAsync(
        $$"""
        shop-whatsapp: { kind: whatsapp, phone_number_id: "{{SocialNetwork.NumberId}}", access_token_env: META_ACCESS, app_secret_env: META_SECRET, verify_token_env: META_VERIFY, api: "{{_network.Graph}}" }
        """,
        KeyValuePair.Create("META_ACCESS", SocialNetwork.AccessToken), KeyValuePair.Create("META_SECRET", SocialNetwork.AppSecret), KeyValuePair.Create("META_VERIFY", SocialNetwork.VerifyToken));

    public async Task DisposeAsync()
    {
        await _system.DisposeAsync();
        await _network.DisposeAsync();
    }

    [Fact]
    public async Task Question_IsAnsweredAndStaffSeeItRead()
    {
        await WriteAsync("wamid.1");
        await WriteAsync("wamid.1");
        await _system.UntilSentAsync(Conversation, "sent");

        await ReportAsync("read");
        await ReportAsync("delivered");

        var page = await _system.UntilSentAsync(Conversation, "read");
        Assert.Equal(["customer", "assistant"], ChannelSystem.Transcript(page).Select(line => line.Split(':')[0]));
        Assert.Single(_network.Taken);
    }

    [Fact]
    public async Task NetworkBusy_IsTriedAgainAndVisibleOnce()
    {
        _network.FailNext(SocialNetwork.Fault.Busy);
        await WriteAsync("wamid.1");

        await _system.UntilSentAsync(Conversation, "sent");

        Assert.Single(_network.Taken);
    }

    [Fact]
    public async Task BrokenOffAfterTaking_IsFlaggedUntilAReceiptTells()
    {
        _network.FailNext(SocialNetwork.Fault.BreakOffAfterTaking);
        await WriteAsync("wamid.1");
        await _system.UntilSentAsync(Conversation, "unknown");

        await ReportAsync("delivered");

        await _system.UntilSentAsync(Conversation, "delivered");
        Assert.Single(_network.Taken);
    }

    [Fact]
    public async Task KilledBetweenTheNetworksAcceptanceAndOurTick_IsVisibleOnceAndFlagged()
    {
        var taken = new TaskCompletionSource();
        _network.Requested += _ => taken.TrySetResult();
        _network.FailNext(SocialNetwork.Fault.SilentAfterTaking);
        await WriteAsync("wamid.1");
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await _system.KillAndRestartAsync();

        var page = await _system.UntilSentAsync(Conversation, "unknown");
        Assert.Contains("was not sent again", (string?)page["internal"]!["deliveries"]![0]!["reason"], StringComparison.Ordinal);
        Assert.Single(_network.Taken);
        // What comes after it goes out.
        await WriteAsync("wamid.2", "How do I reset my password?");
        await _system.UntilSentAsync(Conversation, "unknown", "sent");
        Assert.Equal(2, _network.Taken.Count);
    }

    private async Task WriteAsync(string id, string text = Question)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var answer = await _network.PostAsync(_system.Webhook("shop-whatsapp"), SocialNetwork.WhatsApp([SocialNetwork.WhatsAppText(id, text, Customer, now)]));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode}\n{_system.Program.Output}");
    }

    /// <summary>What became of the last message that the network took.</summary>
    private async Task ReportAsync(string status)
    {
        var last = _network.Taken.Last();
        var key = last.Body.GetProperty("biz_opaque_callback_data").GetString();
        using var answer = await _network.PostAsync(_system.Webhook("shop-whatsapp"), SocialNetwork.WhatsApp(statuses: [SocialNetwork.WhatsAppStatus(last.Id, status, key)]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
