using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Gateway.Visitors;

/// <summary>
/// Visitors' tokens: who (128 random bits), until when, and a signature over both (HMAC-SHA256), in base64url.
/// Nothing is stored: a token proves itself.
/// </summary>
internal sealed class VisitorTokens(ReadOnlyMemory<byte> key, TimeSpan lifetime, TimeProvider time)
{
    private const byte Version = 1;
    private const int VisitorBytes = 16;
    private const int SignedBytes = 1 + VisitorBytes + sizeof(long);
    private const int TokenBytes = SignedBytes + HMACSHA256.HashSizeInBytes;

    /// <summary>The owner's site vouches anew at each visit.</summary>
    private static readonly TimeSpan CustomersLifetime = TimeSpan.FromDays(1);

    /// <summary>Signs a token for somebody new.</summary>
    public SessionStarted Issue()
    {
        Span<byte> visitor = stackalloc byte[VisitorBytes];
        RandomNumberGenerator.Fill(visitor);
        return Sign(visitor, time.GetUtcNow() + lifetime);
    }

    /// <summary>Signs a token for a visitor whom a trusted program knows by a name of its own; the same name is the same visitor.</summary>
    public SessionStarted IssueFor(string name)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), digest);
        return Sign(digest[..VisitorBytes], time.GetUtcNow() + lifetime);
    }

    /// <summary>
    /// Signs a token for a customer whom the owner's site vouches for: the same subject is the same visitor, whose one conversation goes on on every device. Nobody can
    /// guess its id, so nobody else can begin it.
    /// </summary>
    public SessionStarted IssueForCustomer(string subject)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"customer\n{subject}"), digest); // no name of IssueFor has a new line
        var session = Sign(digest[..VisitorBytes], time.GetUtcNow() + CustomersLifetime);
        var conversation = HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes($"conversation {session.Visitor}"));
        return session with { Conversation = "c-" + Convert.ToHexStringLower(conversation.AsSpan(0, VisitorBytes)) };
    }

    /// <summary>Who the token is from.</summary>
    public TokenReading Read(string token, out string visitor)
    {
        visitor = "";
        Span<byte> bytes = stackalloc byte[TokenBytes + 3];
        if (token.Length > 2 * TokenBytes || !Base64Url.IsValid(token)
            || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != TokenBytes)
            return TokenReading.Forged;

        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Span, bytes[..SignedBytes], signature);
        if (!CryptographicOperations.FixedTimeEquals(signature, bytes[SignedBytes..TokenBytes]) || bytes[0] != Version)
            return TokenReading.Forged;
        if (time.GetUtcNow().ToUnixTimeSeconds() >= BinaryPrimitives.ReadInt64BigEndian(bytes[(1 + VisitorBytes)..]))
            return TokenReading.Expired;

        visitor = Convert.ToHexStringLower(bytes.Slice(1, VisitorBytes));
        return TokenReading.Valid;
    }

    private SessionStarted Sign(ReadOnlySpan<byte> visitor, DateTimeOffset expiresAt)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        bytes[0] = Version;
        visitor.CopyTo(bytes[1..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(1 + VisitorBytes)..], expiresAt.ToUnixTimeSeconds());
        HMACSHA256.HashData(key.Span, bytes[..SignedBytes], bytes[SignedBytes..]);
        return new SessionStarted(
            Base64Url.EncodeToString(bytes), Convert.ToHexStringLower(visitor), DateTimeOffset.FromUnixTimeSeconds(expiresAt.ToUnixTimeSeconds()));
    }
}

internal enum TokenReading
{
    Valid,
    Expired,
    Forged,
}

/// <summary>A visitor's session.</summary>
/// <param name="Token">Send it as <c>Authorization: Bearer …</c>; keep it as long as the conversation should stay theirs.</param>
/// <param name="Visitor">Who they are, as the chat channel knows them.</param>
public sealed record SessionStarted(string Token, string Visitor, DateTimeOffset ExpiresAt)
{
    /// <summary>The conversation of a customer whom the owner's site vouches for; null: the visitor begins one.</summary>
    public string? Conversation { get; init; }
}
