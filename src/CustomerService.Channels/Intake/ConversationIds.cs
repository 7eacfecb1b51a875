using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Channels.Intake;

/// <summary>
/// Which conversation something belongs to, told from the addresses alone. So two messages at once can't begin two conversations, and a receipt finds
/// its message without anybody having kept a table.
/// </summary>
public static class ConversationIds
{
    /// <summary>The one conversation between one of our accounts and one address. After it was closed, the next message begins a new matter in it.</summary>
    public static string Between(string channel, string account, string address) => $"{channel}-{Digest($"{account}\n{address}")}";

    /// <summary>The conversation that one message, call or mail begins.</summary>
    public static string BegunBy(string channel, string account, string messageId) => Between(channel, account, messageId);

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
