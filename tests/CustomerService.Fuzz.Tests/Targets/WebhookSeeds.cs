using System.Text;
using CustomerService.Channels.Neutral;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>A request as a provider makes it: where to, of what kind, and what is in it.</summary>
/// <param name="Account">Of <see cref="WebhookSeeds.Settings"/>.</param>
/// <param name="Path">After the account's name.</param>
internal sealed record WebhookSeed(string Account, string Path, string MediaType, byte[] Body)
{
    public bool IsForm => MediaType.Contains("form", StringComparison.Ordinal);

    public override string ToString() => $"{Account}{Path}";
}

/// <summary>Genuine requests of every kind, and what proves changed ones genuine.</summary>
internal static class WebhookSeeds
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded; charset=utf-8";
    private const string Call = "call=CA1&lang=en&after=2&turn=1&silent=0&round=1&told=0";

    public const string AccountSid = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    public const string Settings = $$"""
        accounts:
          sms: { kind: twilio-sms, number: "+15550100", account_sid: {{AccountSid}}, auth_token_env: SECRET, api: "http://127.0.0.1:9" }
          phone: { kind: twilio-voice, number: "+4930123456", account_sid: {{AccountSid}}, auth_token_env: SECRET, api: "http://127.0.0.1:9" }
          wa: { kind: whatsapp, phone_number_id: "{{SocialNetwork.NumberId}}", access_token_env: SECRET, app_secret_env: SECRET, verify_token_env: SECRET, api: "http://127.0.0.1:9/v23.0" }
          page: { kind: messenger, page_id: "{{SocialNetwork.PageId}}", access_token_env: SECRET, app_secret_env: SECRET, verify_token_env: SECRET, api: "http://127.0.0.1:9/v23.0" }
          insta: { kind: instagram, instagram_id: "{{SocialNetwork.InstagramId}}", access_token_env: SECRET, app_secret_env: SECRET, verify_token_env: SECRET, api: "http://127.0.0.1:9/v23.0" }
          bot: { kind: telegram, token_env: TOKEN, secret_env: SECRET, api: "http://127.0.0.1:9" }
          relay: { kind: webhook, channel: sms, secret_env: SECRET }
        """;

    public const string Secret = "secret-of-all-of-them";

    public static string? Environment(string name) => name == "TOKEN" ? SocialNetwork.BotToken : Secret;

    public static WebhookSeed[] All { get; } =
    [
        new("sms", "", Form, Encoding.UTF8.GetBytes($"MessageSid=SM1&AccountSid={AccountSid}&From=%2B4915112345678&To=%2B15550100&Body=Where+is+my+order%3F&NumMedia=1&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2Fm&MediaContentType0=image%2Fpng")),
        new("sms", "", Form, Encoding.UTF8.GetBytes($"MessageSid=SM2&AccountSid={AccountSid}&From=%2B4915112345678&To=%2B15550100&Body=STOP&NumMedia=0&OptOutType=STOP")),
        new("sms", "/status?conversation=sms-1&message=m&part=1&parts=1", Form, Encoding.UTF8.GetBytes($"MessageSid=SM3&MessageStatus=failed&ErrorCode=30003&AccountSid={AccountSid}")),
        new("sms", "/inbound", Json, Encoding.UTF8.GetBytes($$"""{"MessageSid":"SM4","AccountSid":"{{AccountSid}}","From":"+4915112345678","To":"+15550100","Body":"Hello \ud83d\ude00","NumMedia":"0"}""")),
        new("phone", "", Form, Encoding.UTF8.GetBytes($"CallSid=CA1&AccountSid={AccountSid}&From=%2B4915112345678&To=%2B4930123456&CallStatus=ringing")),
        new("phone", $"/heard?{Call}", Form, Encoding.UTF8.GetBytes($"CallSid=CA1&AccountSid={AccountSid}&From=%2B4915112345678&SpeechResult=where+is+my+order&Confidence=0.93&Digits=")),
        new("phone", $"/menu?{Call}", Form, Encoding.UTF8.GetBytes($"CallSid=CA1&AccountSid={AccountSid}&From=anonymous&Digits=2")),
        new("phone", $"/line?{Call}", Form, Encoding.UTF8.GetBytes($"CallSid=CA1&AccountSid={AccountSid}&From=%2B81312345678&Digits=1")),
        new("phone", $"/dialed?{Call}", Form, Encoding.UTF8.GetBytes($"CallSid=CA1&AccountSid={AccountSid}&DialCallStatus=no-answer&From=%2B33123456789")),
        new("phone", $"/recording?{Call}", Form, Encoding.UTF8.GetBytes($"CallSid=CA1&AccountSid={AccountSid}&RecordingSid=RE1&RecordingUrl=https%3A%2F%2Fapi.twilio.com%2Fr&RecordingDuration=7")),
        new("phone", $"/transcript?{Call}", Form, Encoding.UTF8.GetBytes($"CallSid=CA1&AccountSid={AccountSid}&TranscriptionSid=TR1&TranscriptionText=call+me+back&TranscriptionStatus=completed")),
        new("phone", $"/status?{Call}", Form, Encoding.UTF8.GetBytes($"CallSid=CA1&AccountSid={AccountSid}&CallStatus=completed&CallDuration=63")),
        new("wa", "", Json, SocialNetwork.WhatsApp(
            [
                SocialNetwork.WhatsAppText("wamid.1", "Hello"),
                new { from = "4915112345678", id = "wamid.2", type = "contacts", timestamp = "1772438400", contacts = new[] { new { name = new { formatted_name = "A" }, phones = new[] { new { phone = "+1" } } } } },
                new { from = "4915112345678", id = "wamid.4", type = "image", image = new { id = "77", caption = "Broken", mime_type = "image/jpeg" }, context = new { id = "wamid.0" } },
                new { from = "4915112345678", id = "wamid.5", type = "interactive", interactive = new { type = "button_reply", button_reply = new { id = "1", title = "Yes" } } },
                new { from = "4915112345678", id = "wamid.6", type = "location", location = new { latitude = 48.8, longitude = 2.2, name = "Tour" } },
            ],
            [SocialNetwork.WhatsAppStatus("wamid.3", "failed", "conversation=c&message=m&part=1&of=1", 131047)])),
        new("page", "", Json, Page("page", SocialNetwork.PageId)),
        new("insta", "", Json, Page("instagram", SocialNetwork.InstagramId)),
        new("bot", "", Json, Update("""{"text":"Hello","entities":[{"type":"bot_command"}]}""")),
        new("bot", "", Json, Update("""{"caption":"Broken","photo":[{"file_id":"small"},{"file_id":"large"}],"edit_date":1772438500}""")),
        new("bot", "", Json, Update("""{"contact":{"first_name":"Ana","phone_number":"+15550100"},"venue":{"title":"T","address":"P","location":{"latitude":48.8,"longitude":2.2}}}""")),
        new("bot", "", Json, """{"update_id":3,"my_chat_member":{"chat":{"id":5550001,"type":"private"},"new_chat_member":{"status":"kicked"}}}"""u8.ToArray()),
        new("relay", "", Json, """[{"type":"message","id":"m1","from":"+4915112345678","text":"Hallo","language":"de","thread":"x","at":"2026-03-02T08:59:00Z","attachments":[{"url":"https://a.example/a","name":"a.png","media_type":"image/png"}]},{"type":"opt_out","from":"+49151","opted_out":true,"word":"STOP"},{"type":"status","conversation":"sms-1","id":"m","status":"failed","reason":"no"},{"type":"typing","from":"+49151"}]"""u8.ToArray()),
    ];

    /// <summary>The same request, changed or not, as its provider would have signed it.</summary>
    /// <param name="home">Where accounts lie.</param>
    public static (Uri Url, List<(string Name, string Value)> Headers) Signed(WebhookSeed seed, string home, byte[] body, DateTimeOffset at)
    {
        var isTwilio = seed.Account is "sms" or "phone";
        var path = seed.Path;
        if (isTwilio && !seed.IsForm)
            path += $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{TwilioSignature.BodyDigest}={TwilioSignature.DigestOf(body)}";
        var url = new Uri($"{home}/{seed.Account}{path}");
        return (url, [("Content-Type", seed.MediaType), seed.Account switch
        {
            "sms" or "phone" => (TwilioSignature.Header, TwilioSignature.Of(url.OriginalString, seed.IsForm ? FormText.Pairs(Encoding.UTF8.GetString(body)) : [], Secret)),
            "bot" => (SocialNetwork.BotSecretHeader, Secret),
            "relay" => (NeutralSignature.Header, NeutralSignature.Of(body, Secret, at)),
            _ => (SocialNetwork.SignatureHeader, SocialNetwork.Sign(body, Secret)),
        }]);
    }

    private static byte[] Page(string kind, string id) => SocialNetwork.Page(
        kind, id,
        SocialNetwork.PageMessage("mid.1", new { text = "Hi", attachments = new object[] { new { type = "image", payload = new { url = "https://a.fbcdn.net/a.jpg" } }, new { type = "fallback", title = "T", url = "u" } } }, to: id),
        SocialNetwork.PageMessage("mid.2", new { text = "echo", is_echo = true, app_id = 5, metadata = "m" }, to: id),
        SocialNetwork.PageMessage("mid.3", new { quick_reply = new { payload = "P" }, text = "Yes", reply_to = new { mid = "mid.0" } }, to: id),
        new { sender = new { id = "6254459154682919" }, recipient = new { id }, timestamp = 1772438400000, postback = new { title = "Start", payload = "GO", mid = "mid.4" } },
        new { sender = new { id = "6254459154682919" }, recipient = new { id }, delivery = new { mids = new[] { "m" }, watermark = 1772438400000 }, read = new { watermark = 6 }, reaction = new { mid = "m", action = "react", emoji = "x" } });

    private static byte[] Update(string content) => Encoding.UTF8.GetBytes(
        """{"update_id":1,"message":{"message_id":42,"date":1772438400,"chat":{"id":5550001,"type":"private"},"from":{"id":5550001,"is_bot":false,"first_name":"Ana","language_code":"fr"},""" + content[1..^1] + "}}");
}
