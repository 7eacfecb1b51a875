using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Tests.Meta;

public sealed class PageEventsTests
{
    private const string Customer = "6254459154682919";

    private static readonly AccountSettings Messenger = MetaAccounts.Messenger(MetaAccounts.Nowhere);
    private static readonly AccountSettings Instagram = MetaAccounts.Instagram(MetaAccounts.Nowhere);
    private static readonly string Conversation = ConversationIds.Between(ChannelNames.Social, "shop", Customer);

    [Fact]
    public void Text_ComesWithItsSenderAndTime()
    {
        var message = Assert.IsType<ChannelEvent.Message>(Assert.Single(Heard(SocialNetwork.PageMessage("mid.1", new { text = "Is it in stock?" }))));

        Assert.Equal(Conversation, message.ConversationId);
        Assert.Equal(new Interaction("mid.1", ChannelNames.Social, Customer, "Is it in stock?", MetaAccounts.Now.AddHours(-1)).ToString(), (message.Interaction with { Attachments = [] }).ToString());
    }

    [Fact]
    public void InstagramSpeaksAlike_UnderItsOwnName()
    {
        var said = SocialNetwork.PageMessage("mid.1", new { text = "Hola" }, to: SocialNetwork.InstagramId);

        Assert.Equal("Hola", Text(Assert.Single(MetaAccounts.Events(Instagram, SocialNetwork.Page("instagram", SocialNetwork.InstagramId, said)))));
        Assert.Empty(MetaAccounts.Events(Instagram, SocialNetwork.Page("page", SocialNetwork.InstagramId, said)));
    }

    [Fact]
    public void EchoesAndOtherPages_AreLeftAlone()
    {
        Assert.Empty(Heard(SocialNetwork.PageMessage("mid.1", new { text = "Our own answer", is_echo = true, app_id = 7 }, from: SocialNetwork.PageId, to: Customer)));
        Assert.Empty(Heard(SocialNetwork.PageMessage("mid.1", new { text = "Our own answer" }, from: SocialNetwork.PageId, to: Customer)));
        Assert.Empty(Heard(SocialNetwork.PageMessage("mid.1", new { text = "Taken back", is_deleted = true })));
        Assert.Empty(MetaAccounts.Events(Messenger, SocialNetwork.Page("page", "99999", SocialNetwork.PageMessage("mid.1", new { text = "To another page" }))));
    }

    [Fact]
    public void Batch_KeepsItsOrder()
    {
        var events = Heard(
            SocialNetwork.PageMessage("mid.1", new { text = "One" }),
            new { sender = new { id = Customer }, recipient = new { id = SocialNetwork.PageId }, timestamp = 1772441000000, read = new { watermark = 1772440999000 } },
            SocialNetwork.PageMessage("mid.2", new { text = "Two" }));

        Assert.Equal(["One", null, "Two"], events.Select(what => what is ChannelEvent.Message ? Text(what) : null));
    }

    [Theory]
    [InlineData("""{"message":{"mid":"m","text":"Red","quick_reply":{"payload":"COLOUR_RED"}}}""", "Red")]
    [InlineData("""{"postback":{"mid":"m","title":"Get started","payload":"START"}}""", "Get started")]
    [InlineData("""{"postback":{"payload":"START"}}""", "START")]
    [InlineData("""{"reaction":{"mid":"m","action":"react","emoji":"❤","reaction":"love"}}""", "❤")]
    [InlineData("""{"message_edit":{"mid":"m","text":"I mean blue","num_edit":1}}""", "✎ I mean blue")]
    [InlineData("""{"message":{"mid":"m","attachments":[{"type":"location","title":"Kim's location","payload":{"coordinates":{"lat":52.5,"long":13.4}}}]}}""", "📍 Kim's location\n52.5, 13.4")]
    [InlineData("""{"message":{"mid":"m","text":"See","attachments":[{"type":"fallback","title":"A shop","url":"https://shop.example/a","payload":null}]}}""", "See\nA shop\nhttps://shop.example/a")]
    [InlineData("""{"message":{"mid":"m","is_unsupported":true}}""", "[Messenger: a message of a kind that it does not pass on]")]
    [InlineData("""{"message":{"mid":"m","attachments":[{"type":"like_heart"}]}}""", "[Messenger: a message of the kind 'like_heart', which can't be shown here]")]
    public void EveryKindOfMessage_SaysSomething(string content, string text) => Assert.Equal(text, Text(Assert.Single(Heard(With(content)))));

    [Theory]
    [InlineData("""{"reaction":{"mid":"m","action":"unreact"}}""")]
    [InlineData("""{"optin":{"ref":"x"}}""")]
    [InlineData("""{"message":{"text":"without an id"}}""")]
    [InlineData("""{"message":{"mid":"m","text":"Hi"},"sender":{"id":"<script>"}}""")]
    public void WhatSaysNothing_IsNoMessage(string content) => Assert.Empty(Heard(With(content)));

    [Fact]
    public void Files_AreNamedByTheirAddress()
    {
        var message = Assert.IsType<ChannelEvent.Message>(Assert.Single(Heard(SocialNetwork.PageMessage("mid.1", new
        {
            attachments = new[]
            {
                new { type = "image", payload = new { url = "https://scontent.xx.fbcdn.net/v/t1/9a_n.jpg?oe=1" } },
                new { type = "file", payload = new { url = "https://cdn.fbsbx.com/v/t59/my%20invoice.pdf?x=1" } },
                new { type = "share", payload = new { url = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=17" } },
            },
        }))));

        Assert.Equal(["image.jpg", "my invoice.pdf", "share"], message.Media.Select(media => media.Name));
        Assert.Equal("", message.Interaction.Content);
    }

    [Fact]
    public void Delivered_NamesMessages_AndRead_SaysUntilWhen()
    {
        var events = Heard(
            new { sender = new { id = Customer }, recipient = new { id = SocialNetwork.PageId }, timestamp = 1772441000000, delivery = new { mids = new[] { "m_1", "m_2" }, watermark = 1772440999000 } },
            new { sender = new { id = Customer }, recipient = new { id = SocialNetwork.PageId }, timestamp = 1772441000500, read = new { watermark = 1772441000000 } },
            new { sender = new { id = Customer }, recipient = new { id = SocialNetwork.PageId }, timestamp = 1772441000500, read = new { mid = "m_3" } });

        Assert.Equal(
            [
                new NoteReceipt(null, "m_1", null, DeliveryStatus.Delivered, null),
                new NoteReceipt(null, "m_2", null, DeliveryStatus.Delivered, null),
                new NoteReceipt(null, null, DateTimeOffset.FromUnixTimeMilliseconds(1772441000500), DeliveryStatus.Read, null),
                new NoteReceipt(null, "m_3", null, DeliveryStatus.Read, null),
            ],
            events.Select(what => Assert.IsType<ChannelEvent.Receipt>(what).What));
        Assert.All(events, what => Assert.Equal(Conversation, what.ConversationId));
    }

    private static string Text(ChannelEvent what) => Assert.IsType<ChannelEvent.Message>(what).Interaction.Content;

    private static ImmutableArray<ChannelEvent> Heard(params IEnumerable<object> messaging) => MetaAccounts.Events(Messenger, SocialNetwork.Page("page", SocialNetwork.PageId, messaging));

    private static Dictionary<string, JsonElement> With(string content)
    {
        var item = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"sender":{"id":"6254459154682919"},"timestamp":1772438400000}""")!;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(content)!)
            item[name] = value;
        return item;
    }
}
