using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CustomerService.Channels.Tests.Vendors;

// The Graph API: what a business calls.
internal sealed partial class SocialNetwork
{
    public const string AppSecret = "secret-of-the-loopback-app";

    public const string AccessToken = "token-of-the-loopback-page";

    public const string VerifyToken = "are-you-there";

    public const string NumberId = "106540352242922";

    public const string PageId = "1067280970047460";

    public const string InstagramId = "17841405822304914";

    private static readonly string Proof = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AppSecret), Encoding.UTF8.GetBytes(AccessToken)));

    /// <summary>The only template that was approved, in English and German.</summary>
    public const string Template = "answer_after_a_day";

    public Uri Graph => new(Address, "/v23.0");

    /// <summary>Keeps a file that only the number's owner may fetch; returns its id.</summary>
    public string KeepPrivate(string mediaType, byte[] bytes) => Keep(mediaType, bytes);

    /// <summary>Keeps a file that lies open for whoever has its address.</summary>
    public Uri KeepOpen(string mediaType, byte[] bytes, string ending) => new(Address, $"/files/open/{Keep(mediaType, bytes, ending)}");

    private string Keep(string mediaType, byte[] bytes, string ending = "")
    {
        var id = NextId("90") + ending;
        _files[id] = (mediaType, bytes);
        return id;
    }

    private (int Status, string Body) AnswerGraph(string path, HttpListenerRequest request, byte[] body)
    {
        if (request.Headers["Authorization"] != $"Bearer {AccessToken}")
            return (401, GraphError(190, "Invalid OAuth access token"));
        if (request.QueryString["appsecret_proof"] != Proof)
            return (400, GraphError(100, "Invalid appsecret_proof provided in the API argument"));
        return (request.HttpMethod, path["/v23.0/".Length..]) switch
        {
            ("GET", var id) when _files.TryGetValue(id, out var file) =>
                (200, JsonSerializer.Serialize(new { url = new Uri(Address, $"/files/private/{id}").AbsoluteUri, mime_type = file.MediaType, file_size = file.Bytes.Length, id, messaging_product = "whatsapp" })),
            ("POST", NumberId + "/messages") => TakeWhatsApp(path, body),
            ("POST", NumberId + "/media") => TakeUpload(path, body, "id"),
            ("POST", "me/messages") => TakePage(path, body),
            ("POST", "me/message_attachments") => TakeUpload(path, body, "attachment_id"),
            _ => (404, GraphError(100, "Unsupported request")),
        };
    }

    private (int, string) TakeWhatsApp(string path, byte[] body)
    {
        if (Json(body) is not { ValueKind: JsonValueKind.Object } json || Text(json, "messaging_product") != "whatsapp" || Text(json, "to") is not { Length: > 0 } to)
            return (400, GraphError(100, "(#100) The parameter messaging_product is required."));
        if (Text(json, "type") == "text" && json.GetProperty("text").GetProperty("body").GetString() is not { Length: > 0 and <= 4096 })
            return (400, GraphError(100, "(#100) Param text['body'] must be at most 4096 characters long."));
        if (Text(json, "type") == "template" && (json.GetProperty("template").GetProperty("name").GetString() != Template
            || json.GetProperty("template").GetProperty("language").GetProperty("code").GetString() is not ("en" or "de")))
            return (404, GraphError(132001, "(#132001) Template name does not exist in the translation"));
        if ((Text(json, "biz_opaque_callback_data") ?? "").Length > 512)
            return (400, GraphError(100, "(#100) biz_opaque_callback_data is too long"));
        var id = NextId("wamid.");
        Taken.Enqueue(new TakenMessage(id, path, json));
        return (200, JsonSerializer.Serialize(new { messaging_product = "whatsapp", contacts = new[] { new { input = to, wa_id = to } }, messages = new[] { new { id } } }));
    }

    private (int, string) TakePage(string path, byte[] body)
    {
        if (Json(body) is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("message", out var message))
            return (400, GraphError(100, "(#100) No message"));
        if (message.TryGetProperty("text", out var text) && text.GetString()!.Length is 0 or > 2000)
            return (400, GraphError(100, "(#100) Length of param message[text] must be less than or equal to 2000"));
        if (Text(json, "messaging_type") == "MESSAGE_TAG" && Text(json, "tag") != "HUMAN_AGENT")
            return (400, GraphError(100, "(#100) Tag is not valid"));
        var id = NextId("m_");
        Taken.Enqueue(new TakenMessage(id, path, json));
        return (200, JsonSerializer.Serialize(new { recipient_id = json.GetProperty("recipient").GetProperty("id").GetString(), message_id = id }));
    }

    private (int, string) TakeUpload(string path, byte[] body, string idName)
    {
        Uploads.Enqueue((path, Latin(body)));
        return (200, JsonSerializer.Serialize(new Dictionary<string, string> { [idName] = NextId("70") }));
    }

    private static string GraphError(int code, string message) => JsonSerializer.Serialize(new { error = new { message, type = "OAuthException", code, fbtrace_id = "AbCdEf" } });

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
