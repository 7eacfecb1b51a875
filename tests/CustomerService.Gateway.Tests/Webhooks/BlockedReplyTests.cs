using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Gateway.Tests.Webhooks;

/// <summary>What a channel would not take is refused while its writer can still change it, with what to do.</summary>
public sealed class BlockedReplyTests
{
    private const string Number = "+4915112345678";

    private static readonly string WhatsApp = SocialShop.ConversationWith(Number, "whatsapp");

    [Fact]
    public async Task AfterTheReplyWindow_ItIsRefused_AndTheConversationSaidSoBefore()
    {
        await using var shop = await OpenAsync();
        var staff = await HeldAsync(shop, TimeSpan.FromHours(30));

        var sending = (await staff.InternalAsync(WhatsApp))["sending"]!;
        Assert.False((bool)sending["allowed"]!);
        const string Why = "the customer last wrote 30 hours ago, and this channel allows answers for 24 hours; give the account a template, or reach them otherwise";
        Assert.Equal(Why, (string?)sending["reason"]);

        var answer = await staff.TryActAsync(WhatsApp, "replies", new { agentId = "ada", messageId = "r-1", text = "Hello" });
        Assert.Equal($"It was not sent: {Why}.", (string?)answer.ShouldBe(409, "channel_refuses")["detail"]);
        Assert.DoesNotContain((await shop.Gateway.World.ReadAllAsync(0, 1_000)).Select(entry => entry.Event).OfType<MessageSent>(), sent => sent.Author == Author.Agent);
    }

    [Fact]
    public async Task WithinIt_ItIsAccepted_AndTheSameAgainAlways()
    {
        await using var shop = await OpenAsync();
        var staff = await HeldAsync(shop, TimeSpan.FromMinutes(1));
        Assert.True((bool)(await staff.InternalAsync(WhatsApp))["sending"]!["allowed"]!);
        await staff.ActAsync(WhatsApp, "replies", new { agentId = "ada", messageId = "r-1", text = "Hello" });

        await shop.Gateway.World.AskAsync(Grain.Delivery(WhatsApp), new SetOptOut(true, "STOP"));

        await staff.ActAsync(WhatsApp, "replies", new { agentId = "ada", messageId = "r-1", text = "Hello" });
        var refused = await staff.TryActAsync(WhatsApp, "replies", new { agentId = "ada", messageId = "r-2", text = "Hello?" });
        Assert.Contains("asked not to be written to", (string?)refused.ShouldBe(409, "channel_refuses")["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsTooLong_SaysWhatTheChannelTakes()
    {
        await using var shop = await OpenAsync(", rules: { max_characters: 10 }");
        var staff = await HeldAsync(shop, TimeSpan.FromMinutes(1));

        Assert.Equal(10, (int)(await staff.InternalAsync(WhatsApp))["sending"]!["maxCharacters"]!);
        var refused = await staff.TryActAsync(WhatsApp, "replies", new { agentId = "ada", text = "Hello there" });

        Assert.Equal("It was not sent: the message has 11 characters, and this channel takes 10; shorten it, or send it in several messages.", (string?)refused.ShouldBe(409, "channel_refuses")["detail"]);
    }

    [Fact]
    public async Task AsATemplate_OnlyWhatItCanSayIsAccepted()
    {
        await using var shop = await OpenAsync(", template: { name: later, languages: [en] }");
        var staff = await HeldAsync(shop, TimeSpan.FromHours(30));

        var refused = await staff.TryActAsync(WhatsApp, "replies", new { agentId = "ada", text = new string('a', 901) });
        Assert.EndsWith("only the template may be sent, and it takes 900 characters; this text has 901.", (string?)refused.ShouldBe(409, "channel_refuses")["detail"], StringComparison.Ordinal);
        await staff.ActAsync(WhatsApp, "replies", new { agentId = "ada", text = "Hello" });
    }

    [Fact]
    public async Task WhoDoesNotHaveTheConversation_IsToldThat_NotTheRules()
    {
        await using var shop = await OpenAsync();
        var staff = await HeldAsync(shop, TimeSpan.FromHours(30));

        (await staff.TryActAsync(WhatsApp, "replies", new { agentId = "bob", text = "Hello" })).ShouldBe(409, "not_assigned");
    }

    private static Task<SocialShop> OpenAsync(string more = "") =>
        SocialShop.OpenAsync(world: new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff()) }, more: more);

    /// <summary>A customer who wrote so long ago, held by ada.</summary>
    private static async Task<ContactCentre> HeldAsync(SocialShop shop, TimeSpan ago)
    {
        var wrote = TimeProvider.System.GetUtcNow() - ago;
        var answer = await shop.CallAsync(SocialNetwork.WhatsApp([SocialNetwork.WhatsAppText("wamid.1", "A person please", timestamp: $"{wrote.ToUnixTimeSeconds()}")]));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        await shop.Gateway.MessagesAsync(RunningGateway.AgentToken, WhatsApp, 2);
        var staff = ContactCentre.In(shop.Gateway);
        await staff.SignInAsync("ada");
        await staff.AcceptAsync("ada");
        return staff;
    }
}
