using System.Text;
using System.Text.Json;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Tests.Telegram;

public sealed class TelegramUpdatesTests
{
    private static readonly string Conversation = ConversationIds.Between(ChannelNames.Social, "bot", "5550001");
    private static readonly byte[] Body = SocialNetwork.Update(Update("""{"text":"Hello"}"""));

    [Fact]
    public void Text_ComesWithItsSenderLanguageAndTime()
    {
        var message = Single("""{"text":"Où est mon colis ?"}""");

        Assert.Equal(Conversation, message.ConversationId);
        Assert.Equal(
            ("5550001-42", "5550001", "Où est mon colis ?", new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero)),
            (message.Interaction.Id, message.Interaction.Address, message.Interaction.Content, message.Interaction.ReceivedAt));
        Assert.Equal("fr", message.Interaction.ChannelMetadata[ChannelMetadata.Language]);
    }

    [Fact]
    public void EditedMessage_ComesAgainUnderItsOwnId()
    {
        var message = Assert.IsType<ChannelEvent.Message>(Assert.Single(TelegramAccounts.Events(Update("""{"text":"No, blue","edit_date":1772438500}""", "edited_message"))));
        Assert.Equal(("5550001-42-1772438500", "✎ No, blue"), (message.Interaction.Id, message.Interaction.Content));
    }

    [Theory]
    [InlineData("""{"sticker":{"file_id":"s","emoji":"😀"}}""", "😀")]
    [InlineData("""{"location":{"latitude":48.8584,"longitude":2.2945}}""", "📍 48.8584, 2.2945")]
    [InlineData("""{"location":{"latitude":1,"longitude":2},"venue":{"title":"Tour Eiffel","address":"Paris","location":{"latitude":48.8584,"longitude":2.2945}}}""", "📍 Tour Eiffel, Paris\n48.8584, 2.2945")]
    [InlineData("""{"contact":{"first_name":"Ana","last_name":"Lee","phone_number":"+15550100"}}""", "👤 Ana Lee, +15550100")]
    [InlineData("""{"poll":{"id":"1"}}""", "[Telegram: a message of a kind that it does not pass on]")]
    [InlineData("""{"text":"/start"}""", "/start")]
    public void EveryKindOfMessage_SaysSomething(string content, string text) => Assert.Equal(text, Single(content).Interaction.Content);

    [Theory]
    [InlineData("""{"caption":"Broken","photo":[{"file_id":"small"},{"file_id":"large"}]}""", "Broken", "large", "photo.jpg", "image/jpeg")]
    [InlineData("""{"document":{"file_id":"d","file_name":"bill.pdf","mime_type":"application/pdf"}}""", "", "d", "bill.pdf", "application/pdf")]
    [InlineData("""{"voice":{"file_id":"v","mime_type":"audio/ogg"}}""", "", "v", "voice.ogg", "audio/ogg")]
    [InlineData("""{"animation":{"file_id":"a"},"document":{"file_id":"d"}}""", "", "a", "animation.mp4", "video/mp4")]
    public void Files_ComeWithTheirCaption(string content, string text, string id, string name, string mediaType)
    {
        var message = Single(content);
        Assert.Equal((text, new MediaReference(id, name, mediaType)), (message.Interaction.Content, Assert.Single(message.Media)));
    }

    [Theory]
    [InlineData("""{"text":"Hi","chat":{"id":-100123,"type":"supergroup"}}""")]
    [InlineData("""{"text":"Hi","from":{"id":5550001,"is_bot":true}}""")]
    [InlineData("""{"pinned_message":{"message_id":1}}""")]
    [InlineData("""{"text":"Hi","message_id":"many"}""")]
    public void WhatConcernsNobody_IsNoMessage(string content) => Assert.Empty(TelegramAccounts.Events(Update(content)));

    [Fact]
    public void Start_IsAnsweredAtOnce_WhereTheOwnerWantsIt()
    {
        var reading = TelegramAccounts.Read(SocialNetwork.Update(Update("""{"text":"/start from-site"}""")), more: "    start_text: Hello there!");

        var genuine = Assert.IsType<WebhookReading.Genuine>(reading);
        Assert.Empty(genuine.Events);
        var call = JsonSerializer.Deserialize<JsonElement>(genuine.Answer!.Body);
        Assert.Equal(("sendMessage", "5550001", "Hello there!"), (call.GetProperty("method").GetString(), call.GetProperty("chat_id").GetString(), call.GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData("kicked", true)]
    [InlineData("member", false)]
    public void BlockingTheBot_IsWantingNoMore(string status, bool optedOut)
    {
        var update = new { my_chat_member = new { chat = new { id = 5550001, type = "private" }, new_chat_member = new { status } } };
        var optOut = Assert.IsType<ChannelEvent.OptOut>(Assert.Single(TelegramAccounts.Events(update)));
        Assert.Equal((Conversation, optedOut), (optOut.ConversationId, optOut.What.OptedOut));
    }

    [Fact]
    public void OnlyWhoKnowsTheSecret_IsRead()
    {
        Assert.IsType<WebhookReading.Genuine>(TelegramAccounts.Read(Body));
        Assert.IsType<WebhookReading.Genuine>(TelegramAccounts.Read(Body, TelegramAccounts.OldSecret));
        foreach (var secret in new[] { null, "", " ", SocialNetwork.BotSecret + " ", SocialNetwork.BotSecret[..^1], SocialNetwork.BotSecret.ToUpperInvariant(), "another bot's", $"{SocialNetwork.BotSecret},x" })
            Assert.Equal(401, Assert.IsType<WebhookReading.Refused>(TelegramAccounts.Read(Body, secret)).Status);
    }

    [Fact]
    public void NoiseInGenuineBodies_ThrowsNothing()
    {
        var random = new Random(20260302);
        var bodies = new[] { Body, SocialNetwork.Update(Update("""{"photo":[{"file_id":"a"}],"venue":{"location":{"latitude":1}},"contact":{"first_name":"A"}}""")) };
        for (var round = 0; round < 3_000; round++)
        {
            var body = (byte[])bodies[round % 2].Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            Assert.True(TelegramAccounts.Read(body) is WebhookReading.Genuine or WebhookReading.Refused { Status: 400 });
        }

        foreach (var text in new[] { "", "[]", "null", "{", new string('[', 5_000), """{"message":[]}""", """{"message":{"chat":7}}""", """{"my_chat_member":{"chat":{"type":"private","id":"x"}}}""" })
            Assert.True(TelegramAccounts.Read(Encoding.UTF8.GetBytes(text)) is WebhookReading.Genuine or WebhookReading.Refused { Status: 400 });
    }

    [Theory]
    [InlineData("short", SocialNetwork.BotToken, "choose 16 to 256 letters")]
    [InlineData("with spaces and so on", SocialNetwork.BotToken, "choose 16 to 256 letters")]
    [InlineData(SocialNetwork.BotSecret, "123/../456", "copy it as BotFather shows it")]
    public void SecretsThatCantBe_AreToldWithTheFix_AndNotShown(string secret, string token, string fix)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => TelegramAccounts.Settings(TelegramAccounts.Nowhere, "", secret, token));
        Assert.Contains(fix, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret == SocialNetwork.BotSecret ? token : secret, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_DoNotShowSecrets() =>
        Assert.All([SocialNetwork.BotToken, SocialNetwork.BotSecret, TelegramAccounts.OldSecret], secret => Assert.DoesNotContain(secret, TelegramAccounts.Settings(TelegramAccounts.Nowhere).ToString(), StringComparison.Ordinal));

    [Fact]
    public void KindIsKnown() => Assert.Contains(ChannelKinds.All, kind => kind.Name == "telegram");

    private static ChannelEvent.Message Single(string content) => Assert.IsType<ChannelEvent.Message>(Assert.Single(TelegramAccounts.Events(Update(content))));

    private static Dictionary<string, Dictionary<string, JsonElement>> Update(string content, string kind = "message")
    {
        var message = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            """{"message_id":42,"date":1772438400,"from":{"id":5550001,"is_bot":false,"first_name":"Kim","language_code":"fr-FR"},"chat":{"id":5550001,"type":"private"}}""")!;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(content)!)
            message[name] = value;
        return new Dictionary<string, Dictionary<string, JsonElement>> { [kind] = message };
    }
}
