using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Neutral;

/// <summary>
/// <c>t=UNIXSECONDS,v1=HEX</c>, where HEX is the HMAC-SHA256 of <c>UNIXSECONDS.BODY</c>: as this system signs all that it posts. Old ones don't count, so that
/// what somebody overheard is of no use for long; while it is, its message is known by its id.
/// </summary>
public static class NeutralSignature
{
    public const string Header = "X-CustomerService-Signature";

    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static string Of(ReadOnlySpan<byte> body, string secret, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={seconds},v1={Convert.ToHexStringLower(Sign(seconds, body, Encoding.UTF8.GetBytes(secret)))}";
    }

    /// <returns>Why it does not hold; null: it does.</returns>
    internal static string? Fault(WebhookRequest request, SigningKeys keys)
    {
        var (seconds, signature) = Read(request.Header(Header));
        if (!keys.Made(signature, key => Sign(seconds, request.Body.Span, key)))
            return $"the {Header} is missing or wrong; check the secret, and that the body is signed byte by byte as it is sent";
        return long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && Math.Abs(request.ReceivedAt.ToUnixTimeSeconds() - at) <= Tolerance.TotalSeconds
            ? null
            : $"the {Header} is not of the last {Tolerance.TotalMinutes:0} minutes; check both clocks";
    }

    private static (string Seconds, byte[] Signature) Read(string header)
    {
        var (seconds, signature) = ("", Array.Empty<byte>());
        foreach (var part in header.Length <= 1_000 ? header.Split(',', StringSplitOptions.TrimEntries) : [])
        {
            if (part.StartsWith("t=", StringComparison.Ordinal) && part.Length <= 20)
                seconds = part[2..];
            else if (part.StartsWith("v1=", StringComparison.Ordinal))
                signature = Decoded(part.AsSpan(3));
        }

        return (seconds, signature);
    }

    private static byte[] Decoded(ReadOnlySpan<char> hex)
    {
        var bytes = new byte[HMACSHA256.HashSizeInBytes];
        return Convert.FromHexString(hex, bytes, out _, out var count) == OperationStatus.Done && count == bytes.Length ? bytes : [];
    }

    private static byte[] Sign(string seconds, ReadOnlySpan<byte> body, byte[] key)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.ASCII.GetBytes(seconds + "."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
