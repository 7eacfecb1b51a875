using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Errors;

namespace CustomerService.Gateway.Visitors;

/// <summary>Who a shop's own server says that its customer is.</summary>
/// <param name="Subject">The site's own id of the customer.</param>
/// <param name="ShopCustomerId">The id in the order system, where the site knows it.</param>
internal sealed record VerifiedIdentity(string Subject, string? Email, string? Name, string? Language, string? ShopCustomerId);

/// <summary>
/// Identities that the owner's site signs: a JWT (RFC 7519) by HS256, of at most an hour, for one origin. One algorithm and seven claims; what is more than that is no
/// business of ours, and what a general library would also take (none, other algorithms, key ids, keys from addresses) is refused by not being there.
/// </summary>
internal sealed class IdentityTokens(LiveChatSettings settings, TimeProvider time)
{
    private const int LongestToken = 4_096;
    private const int LongestSubject = 200;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);

    /// <param name="origin">Of the page that brought it.</param>
    /// <exception cref="ProblemException">It does not hold; the message says why, as far as the bearer may know.</exception>
    public VerifiedIdentity Read(string token, string origin)
    {
        if (settings.Current.IdentityKeys is not { } keys)
            throw Problems.IdentityRefused("This system takes no identities: its operator has given no key ('chat: identity_key_env').");
        if (token.Length > LongestToken || token.Split('.') is not [var header, var payload, var signature] || !Base64Url.IsValid(signature))
            throw Problems.IdentityRefused("The identity is no signed token of three parts.");
        var signed = Encoding.UTF8.GetBytes($"{header}.{payload}");
        if (!keys.Made(Base64Url.DecodeFromChars(signature), key => HMACSHA256.HashData(key, signed)))
            throw Problems.IdentityRefused("The identity's signature does not hold: sign it by HS256 with the key that this system has.");

        using var head = Parse(header);
        if (Text(head.RootElement, "alg") != "HS256" || head.RootElement.TryGetProperty("crit", out _))
            throw Problems.IdentityRefused("The identity must be signed by HS256, without critical extensions.");
        using var claims = Parse(payload);
        return Checked(claims.RootElement, origin);
    }

    private VerifiedIdentity Checked(JsonElement claims, string origin)
    {
        var now = time.GetUtcNow();
        if (Time(claims, "exp") is not { } expires)
            throw Problems.IdentityRefused("The identity has no time of its end ('exp').");
        if (expires <= now - Skew)
            throw Problems.IdentityRefused("The identity has expired.");
        if (expires > now + LongestLife + Skew)
            throw Problems.IdentityRefused("The identity holds for longer than an hour; sign a new one for each visit.");
        if (Time(claims, "nbf") > now + Skew)
            throw Problems.IdentityRefused("The identity does not hold yet ('nbf').");
        if (!IsFor(claims, origin))
            throw Problems.IdentityRefused("The identity is for another site: its 'aud' must be the origin of the page, such as https://shop.example.");
        if (Text(claims, "sub") is not { Length: > 0 and <= LongestSubject } subject || subject.Any(char.IsControl))
            throw Problems.IdentityRefused($"The identity has no subject ('sub') of 1 to {LongestSubject} characters.");
        var language = Short(claims, "locale")?.Split('-', '_')[0] is { Length: 2 } code && code.All(char.IsAsciiLetter) ? code.ToLowerInvariant() : null;
        return new VerifiedIdentity(subject, Short(claims, "email"), Short(claims, "name"), language, Short(claims, "customer_id"));
    }

    /// <summary>A token that was taken from another site's page is of no use here.</summary>
    private static bool IsFor(JsonElement claims, string origin) => origin.Length > 0 && claims.TryGetProperty("aud", out var audience) && audience.ValueKind switch
    {
        JsonValueKind.String => audience.GetString() == origin,
        JsonValueKind.Array => audience.EnumerateArray().Any(each => each.ValueKind == JsonValueKind.String && each.GetString() == origin),
        _ => false,
    };

    private static JsonDocument Parse(string part)
    {
        try
        {
            var document = JsonDocument.Parse(Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : []);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw Problems.IdentityRefused("The identity's parts must be JSON objects in base64url.");
    }

    private static string? Text(JsonElement claims, string name)
    {
        try
        {
            return claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static string? Short(JsonElement claims, string name) => Text(claims, name)?.Trim() is { Length: > 0 and <= 200 } text && !text.Any(char.IsControl) ? text : null;

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
}
