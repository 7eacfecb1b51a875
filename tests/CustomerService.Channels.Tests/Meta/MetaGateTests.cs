using System.Collections.Immutable;
using System.Text;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Meta;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Tests.Meta;

public sealed class MetaGateTests
{
    private static readonly AccountSettings Account = MetaAccounts.WhatsApp(MetaAccounts.Nowhere);
    private static readonly byte[] Body = SocialNetwork.WhatsApp([SocialNetwork.WhatsAppText("wamid.1", "Grüße 🙂")]);

    // The header's form is the one of GitHub's, whose documentation of validating webhooks publishes the first; the second is test case 2 of RFC 4231.
    [Theory]
    [InlineData("It's a Secret to Everybody", "Hello, World!", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("Jefe", "what do ya want for nothing?", "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    public void Signature_IsThePublishedOne(string secret, string body, string signature) =>
        Assert.Equal(signature, MetaGate.SignatureOf(Encoding.UTF8.GetBytes(body), secret));

    [Theory]
    [InlineData(SocialNetwork.AppSecret)]
    [InlineData(MetaAccounts.OldSecret)] // while it is being changed
    public void BothSecrets_AreGoodWhileOneIsBeingChanged(string secret) =>
        Assert.IsType<WebhookReading.Genuine>(MetaAccounts.Read(Account, Body, SocialNetwork.Sign(Body, secret)));

    [Fact]
    public void SignaturesThatDoNotHold_AreRefusedUnread()
    {
        var genuine = SocialNetwork.Sign(Body);
        var forged = new[]
        {
            null, "", "sha256=", genuine["sha256=".Length..], "sha1=" + genuine["sha256=".Length..], genuine[..^2], genuine + "00", genuine[..^1] + (genuine[^1] == '0' ? '1' : '0'),
            "SHA256=" + genuine["sha256=".Length..], "sha256=" + new string('z', 64), $"{genuine},{genuine}", SocialNetwork.Sign(Body, "another app's secret"), SocialNetwork.Sign(Body, ""),
        };

        Assert.All(forged, signature => Assert.Equal(401, Assert.IsType<WebhookReading.Refused>(MetaAccounts.Read(Account, Body, signature)).Status));
    }

    [Fact]
    public void BodyAlteredInAnyByte_IsRefused()
    {
        var signature = SocialNetwork.Sign(Body);
        for (var index = 0; index < Body.Length; index++)
        {
            var altered = (byte[])Body.Clone();
            altered[index] ^= 1;
            Assert.IsType<WebhookReading.Refused>(MetaAccounts.Read(Account, altered, signature));
        }

        Assert.IsType<WebhookReading.Refused>(MetaAccounts.Read(Account, [.. Body, (byte)'\n'], signature));
        Assert.IsType<WebhookReading.Refused>(MetaAccounts.Read(Account, [], signature));
    }

    [Fact]
    public void GenuineBodyThatIsNoJsonObject_IsRefusedAsMalformed()
    {
        foreach (var text in new[] { "", "null", "[]", "7", "{", "{\"object\":}", new string('[', 5_000), "{\"a\":" + new string('{', 5_000), "\uFEFF{}x" })
        {
            var body = Encoding.UTF8.GetBytes(text);
            Assert.Equal(400, Assert.IsType<WebhookReading.Refused>(MetaAccounts.Read(Account, body, SocialNetwork.Sign(body))).Status);
        }
    }

    [Fact]
    public void Challenge_IsEchoedToWhoKnowsTheToken()
    {
        var answered = Assert.IsType<WebhookReading.Answered>(Ask("hub.mode=subscribe&hub.verify_token=are-you-there&hub.challenge=1158201444"));
        Assert.Equal(new WebhookAnswer("text/plain", "1158201444"), answered.Answer);
    }

    [Theory]
    [InlineData("hub.mode=subscribe&hub.verify_token=are-you-here&hub.challenge=1", 403)]
    [InlineData("hub.mode=subscribe&hub.challenge=1", 403)]
    [InlineData("hub.mode=unsubscribe&hub.verify_token=are-you-there&hub.challenge=1", 403)]
    [InlineData("", 403)]
    [InlineData("hub.mode=subscribe&hub.verify_token=are-you-there", 400)]
    [InlineData("hub.mode=subscribe&hub.verify_token=are-you-there&hub.challenge=%3Cscript%3E", 400)]
    public void ChallengeOfAnybodyElse_IsRefused(string query, int status) => Assert.Equal(status, Assert.IsType<WebhookReading.Refused>(Ask(query)).Status);

    [Fact]
    public void OtherMethods_AreRefused() =>
        Assert.Equal(405, Assert.IsType<WebhookReading.Refused>(Open().Read(TestParts.Request("https://shop.example/api/channels/shop", [], "") with { Method = "PUT" })).Status);

    private static WebhookReading Ask(string query) => Open().Read(new WebhookRequest(
        "GET", new Uri($"https://shop.example/api/channels/shop?{query}"), "", ImmutableDictionary<string, string>.Empty, default, MetaAccounts.Now));

    private static IWebhookAccount Open() => TestParts.Open<IWebhookAccount>(Account);
}
