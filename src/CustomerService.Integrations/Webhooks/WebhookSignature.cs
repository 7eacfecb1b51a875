using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Integrations.Webhooks;

/// <summary>
/// Proves to a receiver who posted and when: <c>t=UNIXSECONDS,v1=HEX</c>, where HEX is the HMAC-SHA256 of
/// <c>UNIXSECONDS.BODY</c> under the shared secret. A receiver recomputes it and refuses old times.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "X-CustomerService-Signature";

    public static string Of(ReadOnlySpan<byte> body, string secret, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(seconds + "."));
        hmac.AppendData(body);
        return $"t={seconds},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
