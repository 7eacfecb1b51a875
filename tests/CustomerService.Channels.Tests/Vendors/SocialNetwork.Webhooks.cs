using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Channels.Tests.Vendors;

// What the networks call a business with: bodies as they are documented, and their proofs.
internal sealed partial class SocialNetwork
{
    public const string SignatureHeader = "X-Hub-Signature-256";

    public const string BotSecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Made here from its description, so that nobody's mistake is proved by itself.</summary>
    public static string Sign(byte[] body, string secret = AppSecret) => $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";

    /// <summary>Calls a webhook of Meta's, signed.</summary>
    public Task<HttpResponseMessage> PostAsync(Uri where, byte[] body, CancellationToken cancellation = default) => CallAsync(where, body, (SignatureHeader, Sign(body)), cancellation);

    /// <summary>Calls a bot's webhook, with its secret.</summary>
    public Task<HttpResponseMessage> PostUpdateAsync(Uri where, byte[] body, CancellationToken cancellation = default) => CallAsync(where, body, (BotSecretHeader, BotSecret), cancellation);

    /// <summary>Messages and reports about one number of WhatsApp's, as one batch.</summary>
    public static byte[] WhatsApp(IEnumerable<object>? messages = null, IEnumerable<object>? statuses = null, string number = NumberId) => Body(new
    {
        @object = "whatsapp_business_account",
        entry = new[]
        {
            new
            {
                id = "102290129340398",
                changes = new[]
                {
                    new
                    {
                        field = "messages",
                        value = new
                        {
                            messaging_product = "whatsapp",
                            metadata = new { display_phone_number = "4930123456", phone_number_id = number },
                            contacts = new[] { new { profile = new { name = "Kim Ho" }, wa_id = "4915112345678" } },
                            messages = messages ?? [],
                            statuses = statuses ?? [],
                        },
                    },
                },
            },
        },
    });

    public static object WhatsAppText(string id, string text, string from = "4915112345678", string timestamp = "1772438400") =>
        new { from, id, timestamp, type = "text", text = new { body = text } };

    public static object WhatsAppStatus(string id, string status, string? key = null, int? error = null) => new
    {
        id,
        status,
        timestamp = "1772442000",
        recipient_id = "4915112345678",
        biz_opaque_callback_data = key,
        errors = error is { } code ? new[] { new { code, title = "Message undeliverable", error_data = new { details = "details of it" } } } : null,
    };

    /// <summary>What one page hears, as one batch.</summary>
    public static byte[] Page(string kind, string id, params IEnumerable<object> messaging) =>
        Body(new { @object = kind, entry = new[] { new { id, time = 1772442000000, messaging } } });

    public static object PageMessage(string mid, object message, string from = "6254459154682919", string to = PageId, long timestamp = 1772438400000) =>
        new { sender = new { id = from }, recipient = new { id = to }, timestamp, message = Merge(new { mid }, message) };

    public static byte[] Update(object update) => Body(Merge(new { update_id = 884411 }, update));

    public static byte[] Body(object body) => JsonSerializer.SerializeToUtf8Bytes(body, WithoutNulls);

    private static Dictionary<string, JsonElement> Merge(params ReadOnlySpan<object> parts)
    {
        var merged = new Dictionary<string, JsonElement>();
        foreach (var part in parts)
        {
            foreach (var member in JsonSerializer.SerializeToElement(part).EnumerateObject())
                merged[member.Name] = member.Value;
        }

        return merged;
    }

    private Task<HttpResponseMessage> CallAsync(Uri where, byte[] body, (string Name, string Value) proof, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, where) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.Add(proof.Name, proof.Value);
        return _http.SendAsync(request, cancellation);
    }
}
