using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Mcp.Serving;

/// <summary>
/// Tokens that stand for one conversation before one client until a time: whoever holds one can act in no other conversation. Nothing is
/// kept of them; they are signed.
/// </summary>
public sealed class ConversationTokens(ReadOnlyMemory<byte> secret, TimeProvider time)
{
    private const string Mark = "ct1";

    private readonly byte[] _key = HMACSHA256.HashData(secret.Span, "CustomerService conversation tokens for MCP clients"u8);

    public string Issue(string client, string conversation, TimeSpan lifetime)
    {
        var until = (time.GetUtcNow() + lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = $"{Mark}.{until}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(conversation))}";
        return $"{body}.{Signature(client, body)}";
    }

    /// <summary>The conversation; null where the token is none of this client's, or too old.</summary>
    public string? Read(string client, string token)
    {
        var end = token.LastIndexOf('.');
        if (end < 0 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature(client, token[..end])), Encoding.UTF8.GetBytes(token[(end + 1)..])))
            return null;
        var parts = token.Split('.');
        return parts is [Mark, var until, var conversation, _] && long.Parse(until, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds()
            ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(conversation))
            : null;
    }

    private string Signature(string client, string body) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{client}\n{body}")));
}
