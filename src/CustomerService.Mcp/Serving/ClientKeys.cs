using System.Security.Cryptography;
using System.Text;
using CustomerService.Mcp.Settings;

namespace CustomerService.Mcp.Serving;

/// <summary>Knows clients by their keys.</summary>
/// <param name="key">A client's key; null: it has none, so nobody is this client.</param>
internal sealed class ClientKeys(IMcpSettingsSource settings, Func<McpClientGrant, string?> key)
{
    /// <summary>Shorter keys could be guessed; a client with one is nobody.</summary>
    public const int LeastKey = 16;

    /// <summary>Who shows this key; null: nobody. Every client is compared with, as digests, so that time tells nothing.</summary>
    public McpClientGrant? Find(string shown)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(shown));
        McpClientGrant? found = null;
        foreach (var client in settings.Current.Clients)
        {
            if (key(client) is { Length: >= LeastKey } expected && CryptographicOperations.FixedTimeEquals(digest, SHA256.HashData(Encoding.UTF8.GetBytes(expected))))
                found = client;
        }

        return found;
    }
}
