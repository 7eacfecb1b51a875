using System.Buffers.Text;
using System.Security.Cryptography;

namespace CustomerService.Channels.Files;

/// <summary>Something that we say, signed, so that it proves itself wherever it is shown and nothing has to be kept of it. Written so that it fits into an address.</summary>
/// <remarks>HMAC-SHA-256 of what it is for and of the claim, then the claim, in base64url.</remarks>
public static class SignedClaim
{
    private const int Longest = 4_096;

    /// <param name="key">Signs other things too, of which none begins like this one's purpose.</param>
    /// <param name="purpose">What it is for: what is signed for one thing is good for no other.</param>
    public static string Write(ReadOnlyMemory<byte> key, ReadOnlySpan<byte> purpose, byte[] claim) => Base64Url.EncodeToString([.. Signature(key, purpose, claim), .. claim]);

    /// <summary>The claim; null: it is none of ours, or for something else.</summary>
    public static byte[]? Read(ReadOnlyMemory<byte> key, ReadOnlySpan<byte> purpose, string written)
    {
        if (written.Length > Longest || !Base64Url.IsValid(written))
            return null;
        var bytes = Base64Url.DecodeFromChars(written);
        if (bytes.Length <= HMACSHA256.HashSizeInBytes)
            return null;
        var claim = bytes[HMACSHA256.HashSizeInBytes..];
        return CryptographicOperations.FixedTimeEquals(Signature(key, purpose, claim), bytes.AsSpan(0, HMACSHA256.HashSizeInBytes)) ? claim : null;
    }

    private static byte[] Signature(ReadOnlyMemory<byte> key, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> claim) => HMACSHA256.HashData(key.Span, [.. purpose, .. claim]);
}
