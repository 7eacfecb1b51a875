using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Bench.Webhooks;

/// <summary>Endpoints that prove a request genuine, as each provider's own manual shows it, and do nothing else; and all providers' APIs, which take whatever comes.</summary>
/// <param name="secret">What all of them sign with.</param>
internal sealed class BareWebhooks(string secret)
{
    public const string Api = "/api-of-all";

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    public void Map(WebApplication app)
    {
        app.MapPost("/api/channels/{account}", async (string account, HttpRequest request) => account switch
        {
            "sms" or "voice" => await IsOfTwilioAsync(request),
            "telegram" => IsOfTelegram(request),
            "neutral" => IsNeutral(request, await BytesAsync(request)),
            _ => IsOfMeta(request, await BytesAsync(request)),
        } ? Results.Ok() : Results.Unauthorized());
        app.MapPost(Api + "/{**rest}", () => Results.Json(new
        {
            ok = true,
            sid = "SM1",
            id = "1",
            message_id = "1",
            messages = new[] { new { id = "1" } },
            result = new { message_id = 1 },
        }));
    }

    private async Task<bool> IsOfTwilioAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var signed = new StringBuilder(MeasuredAccounts.PublicUrl).Append(request.Path);
        foreach (var (name, value) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
            signed.Append(name).Append(value);
#pragma warning disable CA5350 // The provider's scheme.
        var expected = Convert.ToBase64String(HMACSHA1.HashData(_secret, Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
        return Same(request, "X-Twilio-Signature", expected);
    }

    private bool IsOfMeta(HttpRequest request, byte[] body) =>
        Same(request, "X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(_secret, body))}");

    /// <summary>The bot's secret itself. The body is left unread, which no manual forbids.</summary>
    private bool IsOfTelegram(HttpRequest request) => Same(request, "X-Telegram-Bot-Api-Secret-Token", Encoding.UTF8.GetString(_secret));

    private bool IsNeutral(HttpRequest request, byte[] body)
    {
        var header = request.Headers["X-CustomerService-Signature"].ToString();
        var seconds = header.Split(',')[0][2..];
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(_secret, (byte[])[.. Encoding.ASCII.GetBytes(seconds + "."), .. body]));
        return Same(request, "X-CustomerService-Signature", $"t={seconds},v1={expected}")
            && Math.Abs(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(seconds, CultureInfo.InvariantCulture)) < 300;
    }

    private static bool Same(HttpRequest request, string header, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[header].ToString()), Encoding.UTF8.GetBytes(expected));

    private static async Task<byte[]> BytesAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
