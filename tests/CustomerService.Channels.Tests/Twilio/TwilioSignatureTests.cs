using System.Collections.Immutable;
using System.Text;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Tests.Twilio;

/// <summary>The published examples are those of Twilio's documentation of webhook security and of the tests of its own libraries (twilio-python, -node, -csharp).</summary>
public sealed class TwilioSignatureTests
{
    private const string Url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string Json = """{"property": "value", "boolean": true}""";

    private static readonly KeyValuePair<string, string>[] Call =
    [
        new("To", "+18005551212"), new("CallSid", "CA1234567890ABCDE"), new("Digits", "1234"), new("From", "+14158675309"), new("Caller", "+14158675309"),
    ];

    [Theory]
    [InlineData(Url, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")] // signed without the port
    [InlineData(Url, "kvajT1Ptam85bY51eRf/AJRuM3w=")] // signed with it
    [InlineData("https://mycompany.com:1234/myapp.php?foo=1&bar=2", "CYn1h0gLBdNxDGkKJg6hYohgeD8=")]
    public void PublishedFormExample_Holds(string url, string signature) => Assert.True(Holds(TestParts.Form(url, Call, (TwilioSignature.Header, signature))));

    [Fact]
    public void PublishedFormExampleOfTheDocumentation_Holds()
    {
        KeyValuePair<string, string>[] form =
        [
            new("CallSid", "CA1234567890ABCDE"), new("Caller", "+12349013030"), new("Digits", "1234"), new("From", "+12349013030"), new("To", "+18005551212"),
        ];
        Assert.True(Holds(TestParts.Form(Url, form, (TwilioSignature.Header, "0/KCTR6DLpKmkAf8muzZqo1nDgQ="))));
    }

    [Fact]
    public void PublishedJsonExample_Holds()
    {
        const string digest = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        Assert.Equal(digest, TwilioSignature.DigestOf(Encoding.UTF8.GetBytes(Json)));
        Assert.True(Holds(JsonRequest($"{Url}&bodySHA256={digest}", Json, "a9nBmqA0ju/hNViExpshrM61xv4=")));
        Assert.False(Holds(JsonRequest($"{Url}&bodySHA256={digest}", Json + " ", "a9nBmqA0ju/hNViExpshrM61xv4=")));
    }

    [Fact]
    public void BodyThatNothingVouchesFor_DoesNotHold()
    {
        var signature = TwilioSignature.Of(Url, [], "12345");
        Assert.False(Holds(JsonRequest(Url, Json, signature)));
        // The same bytes, called a form or nothing at all, are not what was signed either.
        Assert.False(Holds(TestParts.Request(Url, Encoding.UTF8.GetBytes(Json), "application/x-www-form-urlencoded", (TwilioSignature.Header, signature))));
        Assert.False(Holds(TestParts.Request(Url, Encoding.UTF8.GetBytes(TestParts.Encode(Call)), "", (TwilioSignature.Header, "RSOYDt4T1cUTdK1PDd93/VVr8B8="))));
    }

    [Fact]
    public void AnyChange_DoesNotHold()
    {
        const string good = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        Assert.False(Holds(TestParts.Form(Url, Call[1..], (TwilioSignature.Header, good))));
        Assert.False(Holds(TestParts.Form(Url, [.. Call, new("Digits", "9")], (TwilioSignature.Header, good))));
        Assert.False(Holds(TestParts.Form(Url + "&x=1", Call, (TwilioSignature.Header, good))));
        Assert.False(Holds(TestParts.Form(Url, Call)));
        foreach (var bad in (string[])["", "=", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "rsOYDt4T1cUTdK1PDd93/VVr8B8=", "\u0000", new string('A', 5_000), "AAAA"])
            Assert.False(Holds(TestParts.Form(Url, Call, (TwilioSignature.Header, bad))));
        Assert.False(TwilioSignature.Holds(TestParts.Form(Url, Call, (TwilioSignature.Header, good)), new SigningKeys("", "")));
    }

    [Fact]
    public void TwoKeys_HoldWhileTheTokenIsChanged()
    {
        var old = TestParts.Form(Url, Call, (TwilioSignature.Header, TwilioSignature.Of(Url, Call, "old")));
        Assert.True(TwilioSignature.Holds(old, new SigningKeys("new", "old")));
        Assert.False(TwilioSignature.Holds(old, new SigningKeys("new")));
    }

    [Fact]
    public void FieldThatIsThereTwice_IsSignedWithItsValuesInOrder()
    {
        // As twilio-node and twilio-python sign it: each value once, sorted.
        KeyValuePair<string, string>[] form = [new("MediaUrl", "b"), new("MediaUrl", "a"), new("MediaUrl", "b")];
        Assert.Equal(TwilioSignature.Of("https://x.example/MediaUrlaMediaUrlb", [], "12345"), TwilioSignature.Of("https://x.example/", form, "12345"));
    }

    [Theory]
    [InlineData("https://[2001:db8::1]/a", "https://[2001:db8::1]:443/a")]
    [InlineData("http://shop.example", "http://shop.example:80")]
    [InlineData("https://shop.example:8443/a?b=c:d", "https://shop.example/a?b=c:d")]
    public void Port_IsSignedOrNot(string called, string signed) =>
        Assert.True(Holds(TestParts.Form(called, Call, (TwilioSignature.Header, TwilioSignature.Of(signed, Call, "12345")))));

    private static WebhookRequest JsonRequest(string url, string body, string signature) =>
        TestParts.Request(url, Encoding.UTF8.GetBytes(body), "application/json", (TwilioSignature.Header, signature));

    private static bool Holds(WebhookRequest request) => TwilioSignature.Holds(request, new SigningKeys("12345"));
}
