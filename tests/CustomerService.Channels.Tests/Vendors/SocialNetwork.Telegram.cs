using System.Globalization;
using System.Net;
using System.Text.Json;

namespace CustomerService.Channels.Tests.Vendors;

// Telegram's Bot API: what a bot calls.
internal sealed partial class SocialNetwork
{
    public const string BotToken = "123456:loopback-bot";

    public const string BotSecret = "Loopback_secret-1";

    private (int Status, string Body) AnswerBot(string path, HttpListenerRequest request, byte[] body)
    {
        if (!path.StartsWith($"/bot{BotToken}/", StringComparison.Ordinal))
            return (401, TelegramError(401, "Unauthorized"));
        var method = path[(path.LastIndexOf('/') + 1)..];
        if (method is "sendPhoto" or "sendDocument")
        {
            Uploads.Enqueue((path, Latin(body)));
            return Sent(path, default);
        }

        if (Json(body) is not { ValueKind: JsonValueKind.Object } json)
            return (400, TelegramError(400, "Bad Request: can't parse"));
        return method switch
        {
            "sendMessage" when json.GetProperty("text").GetString() is not { Length: > 0 and <= 4096 } => (400, TelegramError(400, "Bad Request: message is too long")),
            "sendMessage" => Sent(path, json),
            "getFile" when _files.ContainsKey(json.GetProperty("file_id").GetString()!) =>
                (200, JsonSerializer.Serialize(new { ok = true, result = new { file_id = json.GetProperty("file_id").GetString(), file_path = $"documents/{json.GetProperty("file_id").GetString()}" } })),
            "getFile" => (400, TelegramError(400, "Bad Request: invalid file_id")),
            _ => (404, TelegramError(404, "Not Found")),
        };
    }

    private (int, string) Sent(string path, JsonElement json)
    {
        var id = NextId("");
        Taken.Enqueue(new TakenMessage(id, path, json));
        return (200, JsonSerializer.Serialize(new { ok = true, result = new { message_id = long.Parse(id, CultureInfo.InvariantCulture), date = 1772442000 } }));
    }

    private static string TelegramError(int code, string description, int? retryAfter = null) =>
        JsonSerializer.Serialize(new { ok = false, error_code = code, description, parameters = retryAfter is { } seconds ? new { retry_after = seconds } : null });
}
