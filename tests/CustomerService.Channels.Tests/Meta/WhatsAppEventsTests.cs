using System.Text.Json;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Meta.WhatsApp;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Tests.Meta;

public sealed class WhatsAppEventsTests
{
    private static readonly AccountSettings Account = MetaAccounts.WhatsApp(MetaAccounts.Nowhere);
    private static readonly string Conversation = ConversationIds.Between(ChannelNames.Social, "shop", "+4915112345678");

    [Fact]
    public void Text_ComesWithItsSenderNameAndTime()
    {
        var message = Single(SocialNetwork.WhatsAppText("wamid.1", "Where is my parcel? 🙂"));

        Assert.Equal(Conversation, message.ConversationId);
        Assert.Equal(
            ("wamid.1", ChannelNames.Social, "+4915112345678", "Where is my parcel? 🙂", MetaAccounts.Now.AddHours(-1)),
            (message.Interaction.Id, message.Interaction.Channel, message.Interaction.Address, message.Interaction.Content, message.Interaction.ReceivedAt));
        Assert.Equal("Kim Ho", message.Interaction.ChannelMetadata[WhatsAppEvents.ProfileName]);
    }

    [Theory]
    [InlineData("1772449200")] // in the future
    [InlineData("1")]
    [InlineData("9223372036854775807")]
    [InlineData("never")]
    public void TimeThatCantBe_IsWhenItReachedUs(string timestamp) =>
        Assert.Equal(MetaAccounts.Now, Single(SocialNetwork.WhatsAppText("wamid.1", "Hello", timestamp: timestamp)).Interaction.ReceivedAt);

    [Fact]
    public void Batch_KeepsItsOrder_MessagesAndReportsMixed()
    {
        var events = MetaAccounts.Events(Account, SocialNetwork.WhatsApp(
            [SocialNetwork.WhatsAppText("wamid.1", "One"), SocialNetwork.WhatsAppText("wamid.2", "Two", from: "33612345678")], [SocialNetwork.WhatsAppStatus("wamid.9", "delivered")]));

        Assert.Equal(["wamid.1", "wamid.2"], events.OfType<ChannelEvent.Message>().Select(message => message.Interaction.Id));
        Assert.Equal(2, events.OfType<ChannelEvent.Message>().Select(message => message.ConversationId).Distinct().Count());
        var receipt = Assert.Single(events.OfType<ChannelEvent.Receipt>());
        Assert.Equal((Conversation, new NoteReceipt(null, "wamid.9", null, DeliveryStatus.Delivered, null)), (receipt.ConversationId, receipt.What));
    }

    [Fact]
    public void SeveralEntriesInOneCall_AreAllRead()
    {
        var one = JsonSerializer.Deserialize<JsonElement>(SocialNetwork.WhatsApp([SocialNetwork.WhatsAppText("wamid.1", "One")])).GetProperty("entry")[0];
        var two = JsonSerializer.Deserialize<JsonElement>(SocialNetwork.WhatsApp([SocialNetwork.WhatsAppText("wamid.2", "Two")])).GetProperty("entry")[0];
        var other = JsonSerializer.Deserialize<JsonElement>(SocialNetwork.WhatsApp([SocialNetwork.WhatsAppText("wamid.3", "Not ours")], number: "999999")).GetProperty("entry")[0];

        var events = MetaAccounts.Events(Account, SocialNetwork.Body(new { @object = "whatsapp_business_account", entry = new[] { one, other, two } }));

        Assert.Equal(["wamid.1", "wamid.2"], events.OfType<ChannelEvent.Message>().Select(message => message.Interaction.Id));
    }

    [Fact]
    public void WhatIsAboutAnotherNumberOrKind_IsLeftAlone()
    {
        Assert.Empty(MetaAccounts.Events(Account, SocialNetwork.WhatsApp([SocialNetwork.WhatsAppText("wamid.1", "Hello")], number: "999999")));
        Assert.Empty(MetaAccounts.Events(Account, SocialNetwork.Page("page", SocialNetwork.PageId, SocialNetwork.PageMessage("mid.1", new { text = "Hello" }))));
    }

    [Theory]
    [InlineData("""{"type":"location","location":{"latitude":52.5163,"longitude":13.3777,"name":"Brandenburger Tor","address":"Pariser Platz"}}""", "📍 Brandenburger Tor, Pariser Platz\n52.5163, 13.3777")]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"formatted_name":"Ana Lee"},"phones":[{"phone":"+1 555 0100"}],"emails":[{"email":"ana@example.org"}]}]}""", "👤 Ana Lee, +1 555 0100, ana@example.org")]
    [InlineData("""{"type":"button","button":{"text":"Yes, please","payload":"yes"}}""", "Yes, please")]
    [InlineData("""{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"2","title":"Returns","description":"Send it back"}}}""", "Returns")]
    [InlineData("""{"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"1","title":"Track"}}}""", "Track")]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.0","emoji":"👍"}}""", "👍")]
    [InlineData("""{"type":"order","order":{"text":"Soon please","product_items":[{"product_retailer_id":"SKU-1","quantity":2}]}}""", "Soon please\n🛒 2 × SKU-1")]
    [InlineData("""{"type":"unsupported","errors":[{"code":131051,"title":"Unsupported message type"}]}""", "[WhatsApp: a message of a kind that it does not pass on]")]
    [InlineData("""{"type":"poll"}""", "[WhatsApp: a message of the kind 'poll', which can't be shown here]")]
    [InlineData("""{"type":"<b>x</b>"}""", "[WhatsApp: a message of a kind that it does not pass on]")]
    public void EveryKindOfMessage_SaysSomething(string content, string text) => Assert.Equal(text, Single(With(content)).Interaction.Content);

    [Theory]
    [InlineData("""{"type":"image","image":{"id":"8701","mime_type":"image/jpeg","caption":"It is broken"}}""", "It is broken", "image.jpg", "image/jpeg")]
    [InlineData("""{"type":"document","document":{"id":"8701","mime_type":"application/pdf","filename":"invoice 7.pdf"}}""", "", "invoice 7.pdf", "application/pdf")]
    [InlineData("""{"type":"audio","audio":{"id":"8701","mime_type":"audio/ogg; codecs=opus","voice":true}}""", "", "audio.ogg", "audio/ogg; codecs=opus")]
    [InlineData("""{"type":"sticker","sticker":{"id":"8701","mime_type":"image/webp","animated":false}}""", "", "sticker.webp", "image/webp")]
    public void Files_ComeWithTheirCaption(string content, string text, string name, string mediaType)
    {
        var message = Single(With(content));
        Assert.Equal((text, new MediaReference("8701", name, mediaType)), (message.Interaction.Content, Assert.Single(message.Media)));
    }

    [Theory]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.0","emoji":""}}""")] // taken back
    [InlineData("""{"type":"system","system":{"body":"Kim Ho changed their number","type":"user_changed_number"}}""")]
    [InlineData("""{"type":"text","text":{"body":""}}""")]
    [InlineData("""{"type":"text","from":"../etc","text":{"body":"Hello"}}""")]
    [InlineData("""{"type":"text","id":null,"text":{"body":"Hello"}}""")]
    public void WhatSaysNothing_IsNoMessage(string content) => Assert.Empty(MetaAccounts.Events(Account, SocialNetwork.WhatsApp([With(content)])));

    [Theory]
    [InlineData("sent", DeliveryStatus.Sent)]
    [InlineData("delivered", DeliveryStatus.Delivered)]
    [InlineData("read", DeliveryStatus.Read)]
    public void Report_FindsItsMessageByWhatWeGaveWithIt(string status, DeliveryStatus means)
    {
        var key = new WhatsAppReceiptKey("social-xyz", "m 7&8", 2, 2).ToString();
        var receipt = Assert.IsType<ChannelEvent.Receipt>(Assert.Single(MetaAccounts.Events(Account, SocialNetwork.WhatsApp(statuses: [SocialNetwork.WhatsAppStatus("wamid.9", status, key)]))));
        Assert.Equal(("social-xyz", new NoteReceipt("m 7&8", "wamid.9", null, means, null)), (receipt.ConversationId, receipt.What));
    }

    [Fact]
    public void PartOfMessage_ArrivesWithItsLastOne_AndFailsWithAny()
    {
        var first = new WhatsAppReceiptKey("social-xyz", "m-7", 1, 2).ToString();

        Assert.Empty(MetaAccounts.Events(Account, SocialNetwork.WhatsApp(statuses: [SocialNetwork.WhatsAppStatus("wamid.9", "delivered", first)])));
        var failed = Assert.IsType<ChannelEvent.Receipt>(Assert.Single(MetaAccounts.Events(Account, SocialNetwork.WhatsApp(statuses: [SocialNetwork.WhatsAppStatus("wamid.9", "failed", first, 131047)]))));
        Assert.Equal(
            new NoteReceipt("m-7", "wamid.9", null, DeliveryStatus.Failed, "the customer last wrote more than 24 hours ago, and only a template may be sent (Meta error 131047)"), failed.What);
    }

    [Fact]
    public void ErrorThatIsNotAmongTheCommonOnes_IsToldInMetasWords()
    {
        var events = MetaAccounts.Events(Account, SocialNetwork.WhatsApp(statuses: [SocialNetwork.WhatsAppStatus("wamid.9", "failed", error: 999_001)]));
        Assert.Equal("details of it (Meta error 999001)", Assert.IsType<ChannelEvent.Receipt>(Assert.Single(events)).What.Reason);
    }

    [Fact]
    public void ReportOfAnUnknownStatus_IsLeftAlone() => Assert.Empty(MetaAccounts.Events(Account, SocialNetwork.WhatsApp(statuses: [SocialNetwork.WhatsAppStatus("wamid.9", "pondered")])));

    private static ChannelEvent.Message Single(object message) => Assert.IsType<ChannelEvent.Message>(Assert.Single(MetaAccounts.Events(Account, SocialNetwork.WhatsApp([message]))));

    private static Dictionary<string, JsonElement> With(string content)
    {
        var message = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"from":"4915112345678","id":"wamid.1","timestamp":"1772438400"}""")!;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(content)!)
            message[name] = value;
        return message;
    }
}
