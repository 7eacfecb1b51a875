using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Twilio;

/// <summary>
/// <c>X-Twilio-Signature</c>: the HMAC-SHA1, in base64, of the called address and, where the body is a form, of its names and values in the order of the names.
/// Of any other body the address has the digest, as <c>bodySHA256</c>.
/// </summary>
public static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    public const string BodyDigest = "bodySHA256";

    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create("/?#");

    /// <param name="form">The form's fields; none where the body is no form.</param>
    public static string Of(string url, IEnumerable<KeyValuePair<string, string>> form, string authToken) =>
        Convert.ToBase64String(Sign(Signed(url, form), Encoding.UTF8.GetBytes(authToken)));

    /// <summary>The digest of a body that is no form.</summary>
    public static string DigestOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>Whether one of the keys signed this request.</summary>
    internal static bool Holds(WebhookRequest request, SigningKeys keys)
    {
        var isForm = IsForm(request);
        var signature = Decoded(request.Header(Header));
        var form = isForm ? FormText.Pairs(Encoding.UTF8.GetString(request.Body.Span)).ToArray() : [];
        var holds = false;
        foreach (var url in Spellings(request.Url.OriginalString))
            holds |= keys.Made(signature, key => Sign(Signed(url, form), key));
        return holds && (isForm || request.Body.IsEmpty || IsDigest(request));
    }

    internal static bool IsForm(WebhookRequest request) =>
        request.Header("Content-Type").StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static bool IsDigest(WebhookRequest request) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(DigestOf(request.Body.Span)),
        Encoding.UTF8.GetBytes(request.Query.GetValueOrDefault(BodyDigest, "").ToLower(CultureInfo.InvariantCulture)));

    /// <summary>A field that is there several times is signed with each of its values once, in their order.</summary>
    private static byte[] Signed(string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        foreach (var (name, value) in form.Distinct().OrderBy(field => field.Key, StringComparer.Ordinal).ThenBy(field => field.Value, StringComparer.Ordinal))
            text.Append(name).Append(value);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The port is signed or not, whatever the address that was given to Twilio says: its own libraries try both.</summary>
    private static IEnumerable<string> Spellings(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var length = url.AsSpan(start).IndexOfAny(AuthorityEnds);
        var end = length < 0 ? url.Length : start + length;
        var colon = url.LastIndexOf(':', end - 1, end - start);
        var hasPort = colon > url.LastIndexOf(']', end - 1, end - start) && colon >= start;
        var usual = url.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80";
        return hasPort ? [url, string.Concat(url.AsSpan(0, colon), url.AsSpan(end))] : [url, url.Insert(end, usual)];
    }

    private static byte[] Decoded(string signature)
    {
        var bytes = new byte[HMACSHA1.HashSizeInBytes];
        return signature.Length <= 64 && Convert.TryFromBase64String(signature, bytes, out var count) && count == bytes.Length ? bytes : [];
    }

#pragma warning disable CA5350 // The provider's scheme; an HMAC does not need what SHA-1 lacks.
    private static byte[] Sign(byte[] text, byte[] key) => HMACSHA1.HashData(key, text);
#pragma warning restore CA5350
}
