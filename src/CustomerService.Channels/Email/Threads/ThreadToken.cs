using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CustomerService.Channels.Email.Threads;

/// <summary>
/// Names a conversation in the addresses and Message-IDs of our mails, where nobody but its customer can use it: it is signed for their address.
/// 39 small letters and digits: 16 bytes of the conversation's id and 8 of the signature.
/// </summary>
internal sealed partial class ThreadToken(string key)
{
    private const string Prefix = "email-";
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int IdBytes = 16;
    private const int SignatureBytes = 8;
    private readonly byte[] _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), "tokens in addresses of mails"u8);

    /// <summary>The token of a conversation with that customer; null where its id is not of those that mails begin.</summary>
    public string? Of(string conversationId, string address)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + SignatureBytes];
        if (!conversationId.StartsWith(Prefix, StringComparison.Ordinal) || conversationId.Length != Prefix.Length + (IdBytes * 2)
            || Convert.FromHexString(conversationId.AsSpan(Prefix.Length), bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return null;
        Signature(conversationId, address).CopyTo(bytes[IdBytes..]);
        return Encode(bytes);
    }

    /// <summary>Which conversation a token names, and whether it was made for that address; null where it is no token.</summary>
    public (string ConversationId, bool IsTheirs)? Read(string token, string address)
    {
        if (Decode(token) is not { } bytes)
            return null;
        var conversation = Named(bytes);
        return (conversation, CryptographicOperations.FixedTimeEquals(Signature(conversation, address), bytes.AsSpan(IdBytes)));
    }

    /// <summary>Which conversation a token names, whoever has it; null where it is no token.</summary>
    public static string? Conversation(string token) => Decode(token) is { } bytes ? Named(bytes) : null;

    /// <summary>Finds the token of <c>local+TOKEN@domain</c> and of <c>TOKEN.xxxx@domain</c>.</summary>
    public static string? In(string addressOrMessageId) => Anywhere().Match(addressOrMessageId) is { Success: true } match ? match.Groups["token"].Value : null;

    private static string Named(byte[] token) => Prefix + Convert.ToHexStringLower(token.AsSpan(0, IdBytes));

    private byte[] Signature(string conversationId, string address) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{conversationId}\n{address}"))[..SignatureBytes];

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int bits = 0, held = 0;
        foreach (var each in bytes)
        {
            held = (held << 8) | each;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Alphabet[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }

        return bits == 0 ? text.ToString() : text.Append(Alphabet[(held << (5 - bits)) & 31]).ToString();
    }

    private static byte[]? Decode(string token)
    {
        var bytes = new byte[IdBytes + SignatureBytes];
        int bits = 0, held = 0, at = 0;
        foreach (var letter in token)
        {
            if (Alphabet.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal) is var value && value < 0)
                return null;
            held = (held << 5) | value;
            bits += 5;
            if (bits < 8)
                continue;
            if (at == bytes.Length)
                return null;
            bytes[at++] = (byte)(held >> (bits -= 8));
            held &= (1 << bits) - 1;
        }

        return at == bytes.Length ? bytes : null;
    }

    [GeneratedRegex(@"(?<![a-z0-9])(?<token>[a-z2-7]{39})(?=[@.])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Anywhere();
}
