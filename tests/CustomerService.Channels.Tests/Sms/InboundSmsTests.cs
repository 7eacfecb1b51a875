using System.Collections.Immutable;
using System.Text;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Tests.Sms;

public sealed class InboundSmsTests : IAsyncDisposable
{
    private const string Here = "https://shop.example/api/channels/text";
    private const string Customer = "+4915112345678";
    private const string Ours = "+4930123456";

    private readonly PhoneCompany _company = new();
    private readonly IWebhookAccount _account;

    public InboundSmsTests() => _account = TestParts.Open<IWebhookAccount>(SmsAccounts.Settings(_company.Address));

    public ValueTask DisposeAsync() => _company.DisposeAsync();

    [Fact]
    public void Message_BecomesAnInteraction()
    {
        var form = _company.Sms(Customer, Ours, "Where is my order? 📦");
        var message = Assert.IsType<ChannelEvent.Message>(Assert.Single(Events(form)));
        Assert.Equal((form["MessageSid"], "sms", Customer, "Where is my order? 📦"), (message.Interaction.Id, message.Interaction.Channel, message.Interaction.Address, message.Interaction.Content));
        Assert.Equal(Ours, message.Interaction.ChannelMetadata["our_number"]);
        Assert.Equal(ConversationIds.Between("sms", "text", Customer), message.ConversationId);
        Assert.Equal(message.Interaction.Id, Assert.IsType<ChannelEvent.Message>(Assert.Single(Events(form))).Interaction.Id);
    }

    [Fact]
    public void ZeroCharacters_AreSignedAndLeftOut() =>
        Assert.Equal("Hello", Assert.IsType<ChannelEvent.Message>(Assert.Single(Events(_company.Sms(Customer, Ours, "Hel\0lo")))).Interaction.Content);

    [Fact]
    public void MessagesOfTwoCustomers_AreOfTwoConversations() =>
        Assert.NotEqual(Events(_company.Sms("+15551110001", Ours, "a"))[0].ConversationId, Events(_company.Sms("+15551110002", Ours, "a"))[0].ConversationId);

    [Fact]
    public async Task Picture_IsFetchedWithOurCredentialsAndThenWithNone()
    {
        var moved = _company.Keep("image/jpeg", [1, 2, 3]);
        var form = _company.Sms(Customer, Ours, "", (_company.KeepElsewhere(moved.AbsoluteUri), "image/jpeg"));
        var message = Assert.IsType<ChannelEvent.Message>(Assert.Single(Events(form)));
        var media = Assert.Single(message.Media);
        Assert.Equal(("attachment-1.jpg", "image/jpeg"), (media.Name, media.MediaType));
        await using var content = await ((IMediaAccount)_account).OpenMediaAsync(media, default);
        using var bytes = new MemoryStream();
        await content.Stream.CopyToAsync(bytes);
        Assert.Equal([1, 2, 3], bytes.ToArray());
        Assert.All(_company.MediaRequests, request => Assert.StartsWith("Basic ", request.Authorization!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://evil.example/x")]
    [InlineData("https://twilio.com.evil.example/x")]
    [InlineData("https://media.twiliocdn.com:8443/x")]
    [InlineData("file:///etc/passwd")]
    public async Task PictureThatLiesElsewhere_IsNotFetched(string where)
    {
        var media = (IMediaAccount)_account;
        await Assert.ThrowsAsync<MediaUnavailableException>(() => media.OpenMediaAsync(new MediaReference(where, "x", "image/jpeg"), default));
        await Assert.ThrowsAsync<MediaUnavailableException>(() => media.OpenMediaAsync(new MediaReference(_company.KeepElsewhere(where).AbsoluteUri, "x", "image/jpeg"), default));
    }

    [Theory]
    [InlineData("STOP", true)]
    [InlineData(" stop! ", true)]
    [InlineData("Stop all", true)]
    [InlineData("arrêt", true)]
    [InlineData("BAJA", true)]
    [InlineData("Stopp.", true)]
    [InlineData("停止", true)]
    [InlineData("ｓｔｏｐ", true)]
    [InlineData("Unstop", false)]
    [InlineData("再開", false)]
    public void Keyword_SaysWhetherTheCustomerWantsMessages(string text, bool optedOut)
    {
        var optOut = Assert.IsType<ChannelEvent.OptOut>(Events(_company.Sms(Customer, Ours, text))[0]);
        Assert.Equal((optedOut, text.Trim()), (optOut.What.OptedOut, optOut.What.Word));
        Assert.Equal(ConversationIds.Between("sms", "text", Customer), optOut.ConversationId);
    }

    [Theory]
    [InlineData("Please stop the delivery")]
    [InlineData("Don't end my subscription")]
    [InlineData("No")]
    public void WordWithinAMessage_IsNoKeyword(string text) => Assert.IsType<ChannelEvent.Message>(Assert.Single(Events(_company.Sms(Customer, Ours, text))));

    [Fact]
    public void Yes_LetsMessagesInAgainAndIsAnAnswer()
    {
        var events = Events(_company.Sms(Customer, Ours, "Yes"));
        Assert.False(Assert.IsType<ChannelEvent.OptOut>(events[0]).What.OptedOut);
        Assert.Equal("Yes", Assert.IsType<ChannelEvent.Message>(events[1]).Interaction.Content);
    }

    [Fact]
    public void Stop_IsNotGivenToTheConversation() => Assert.IsType<ChannelEvent.OptOut>(Assert.Single(Events(_company.Sms(Customer, Ours, "STOP"))));

    [Fact]
    public void Help_IsAnsweredByTheOwnersText()
    {
        var reading = Genuine(_company.Sms(Customer, Ours, "help"));
        Assert.Empty(reading.Events);
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>Shop &amp; Co: write to us, or STOP.</Message></Response>", reading.Answer!.Body);
        Assert.Equal("text/xml", reading.Answer.MediaType);
    }

    [Fact]
    public void WordThatTwilioAnswered_IsNotAnsweredTwice()
    {
        var form = _company.Sms(Customer, Ours, "hilfe bitte");
        form["OptOutType"] = "HELP";
        var reading = Genuine(form);
        Assert.Empty(reading.Events);
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response />", reading.Answer!.Body);
    }

    [Fact]
    public void StartWithoutAText_ReachesTheConversation() => Assert.Collection(
        Events(_company.Sms(Customer, Ours, "Start")), first => Assert.IsType<ChannelEvent.OptOut>(first), second => Assert.IsType<ChannelEvent.Message>(second));

    [Theory]
    [InlineData("delivered", null, DeliveryStatus.Delivered, null)]
    [InlineData("sent", null, DeliveryStatus.Sent, null)]
    [InlineData("read", null, DeliveryStatus.Read, null)]
    [InlineData("undelivered", 30003, DeliveryStatus.Failed, "the customer's phone can't be reached; it may be switched off (Twilio error 30003)")]
    [InlineData("failed", 39999, DeliveryStatus.Failed, "Twilio reports it as failed (Twilio error 39999)")]
    [InlineData("failed", null, DeliveryStatus.Failed, "Twilio reports it as failed")]
    public void Report_BecomesAReceipt(string word, int? code, DeliveryStatus status, string? reason)
    {
        var message = new PhoneMessage("SM1", Customer, Ours, "Hello", null, null, default);
        var receipt = Assert.IsType<ChannelEvent.Receipt>(Assert.Single(Events(PhoneCompany.Status(message, word, code), "/status?conversation=sms-1&message=m%2F1&part=2&parts=2")));
        Assert.Equal("sms-1", receipt.ConversationId);
        Assert.Equal(new NoteReceipt("m/1", "SM1", null, status, reason), receipt.What);
    }

    [Theory]
    [InlineData("queued", 2)]
    [InlineData("sending", 2)]
    [InlineData("delivered", 1)]
    public void ReportThatSaysNothingOfTheWhole_IsIgnored(string word, int part) =>
        Assert.Empty(Events(PhoneCompany.Status(new PhoneMessage("SM1", Customer, Ours, "Hello", null, null, default), word), $"/status?conversation=c&message=m&part={part}&parts=2"));

    [Fact]
    public void AnyPartThatFails_FailsTheMessage()
    {
        var form = PhoneCompany.Status(new PhoneMessage("SM1", Customer, Ours, "Hello", null, null, default), "undelivered", 30007);
        Assert.Equal(DeliveryStatus.Failed, Assert.IsType<ChannelEvent.Receipt>(Assert.Single(Events(form, "/status?conversation=c&message=m&part=1&parts=3"))).What.Status);
    }

    [Fact]
    public void OtherTenant_IsRefusedWhateverItsSignature()
    {
        var form = _company.Sms(Customer, Ours, "Hello");
        form["AccountSid"] = "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
        Assert.Equal(403, Assert.IsType<WebhookReading.Refused>(Read(form)).Status);
    }

    [Fact]
    public void ForgedAlteredOrStripped_IsRefused()
    {
        var form = _company.Sms(Customer, Ours, "Hello");
        var signature = TwilioSignature.Of(Here, form, PhoneCompany.AuthToken);
        var altered = new Dictionary<string, string>(form) { ["Body"] = "Give me money" };
        Assert.Equal(403, Assert.IsType<WebhookReading.Refused>(_account.Read(TestParts.Form(Here, altered, (TwilioSignature.Header, signature)))).Status);
        Assert.Equal(403, Assert.IsType<WebhookReading.Refused>(_account.Read(TestParts.Form(Here, form))).Status);
        Assert.Equal(403, Assert.IsType<WebhookReading.Refused>(_account.Read(TestParts.Form(Here, form, (TwilioSignature.Header, TwilioSignature.Of(Here, form, "guess"))))).Status);
        // What was signed for another account's address is not for this one.
        Assert.Equal(403, Assert.IsType<WebhookReading.Refused>(_account.Read(TestParts.Form(Here + "2", form, (TwilioSignature.Header, signature)))).Status);
        Assert.IsType<WebhookReading.Genuine>(_account.Read(TestParts.Form(Here, form, (TwilioSignature.Header, signature))));
    }

    [Fact]
    public void JsonForm_IsReadAsTheForm()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"MessageSid":"SM9","From":"{{Customer}}","To":"{{Ours}}","Body":"Hi","NumMedia":0,"AccountSid":"{{PhoneCompany.AccountSid}}"}""");
        var url = $"{Here}?bodySHA256={TwilioSignature.DigestOf(body)}";
        var request = TestParts.Request(url, body, "application/json", (TwilioSignature.Header, TwilioSignature.Of(url, [], PhoneCompany.AuthToken)));
        Assert.Equal("Hi", Assert.IsType<ChannelEvent.Message>(Assert.Single(Assert.IsType<WebhookReading.Genuine>(_account.Read(request)).Events)).Interaction.Content);
    }

    [Fact]
    public void GenuineButUnreadable_IsRefusedAsSuch()
    {
        foreach (var text in (string[])["[1]", "{", "\"x\"", "{\"MessageSid\":\"\\ud800\",\"From\":\"+1\"}", "{}"])
        {
            var body = Encoding.UTF8.GetBytes(text);
            var url = $"{Here}?bodySHA256={TwilioSignature.DigestOf(body)}";
            var reading = _account.Read(TestParts.Request(url, body, "application/json", (TwilioSignature.Header, TwilioSignature.Of(url, [], PhoneCompany.AuthToken))));
            Assert.Contains(Assert.IsType<WebhookReading.Refused>(reading).Status, (int[])[400, 403]);
        }

        Assert.Equal(400, Assert.IsType<WebhookReading.Refused>(Read(new Dictionary<string, string> { ["AccountSid"] = PhoneCompany.AccountSid })).Status);
        Assert.Equal(404, Assert.IsType<WebhookReading.Refused>(Read(_company.Sms(Customer, Ours, "x"), "/elsewhere")).Status);
        Assert.Equal(405, Assert.IsType<WebhookReading.Refused>(_account.Read(TestParts.Form(Here, []) with { Method = "DELETE" })).Status);
    }

    [Fact]
    public void WhateverTheBytes_ThereIsAReading()
    {
        var random = new Random(20260302);
        var seed = _company.Sms(Customer, Ours, "Hello", (_company.Keep("image/png", []), "image/png"));
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(TestParts.Encode(seed));
            for (var change = random.Next(6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var body = bytes[..random.Next(bytes.Length + 1)];
            // Signed, so that it is read: the worst case is a provider gone mad.
            var signature = TwilioSignature.Of(Here, FormText.Pairs(Encoding.UTF8.GetString(body)), PhoneCompany.AuthToken);
            Assert.NotNull(_account.Read(TestParts.Request(Here, body, "application/x-www-form-urlencoded", (TwilioSignature.Header, signature))));
            Assert.IsType<WebhookReading.Refused>(_account.Read(TestParts.Request(Here, body, random.Next(2) == 0 ? "application/json" : "text/plain", (TwilioSignature.Header, signature))));
        }
    }

    private ImmutableArray<ChannelEvent> Events(Dictionary<string, string> form, string rest = "") => Genuine(form, rest).Events;

    private WebhookReading.Genuine Genuine(Dictionary<string, string> form, string rest = "") => Assert.IsType<WebhookReading.Genuine>(Read(form, rest));

    private WebhookReading Read(Dictionary<string, string> form, string rest = "") =>
        _account.Read(TestParts.Form(Here + rest, form, (TwilioSignature.Header, TwilioSignature.Of(Here + rest, form, PhoneCompany.AuthToken))));
}
