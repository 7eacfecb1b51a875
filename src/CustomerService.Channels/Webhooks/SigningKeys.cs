using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Channels.Webhooks;

/// <summary>The keys that a provider may have signed with: the present one, and the one before while it is being changed.</summary>
public sealed class SigningKeys
{
    private readonly ImmutableArray<byte[]> _keys;

    public SigningKeys(params IEnumerable<string> keys) => _keys = [.. keys.Where(key => key.Length > 0).Select(Encoding.UTF8.GetBytes)];

    /// <summary>Whether one of the keys made this signature. It takes the same time whatever the signature is.</summary>
    /// <param name="sign">Makes the signature of a key.</param>
    public bool Made(ReadOnlySpan<byte> signature, Func<byte[], byte[]> sign)
    {
        var made = false;
        foreach (var key in _keys)
            made |= CryptographicOperations.FixedTimeEquals(sign(key), signature);
        return made;
    }

    /// <summary>Whether one of the keys is this word.</summary>
    public bool Holds(string word)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(word));
        var holds = false;
        foreach (var key in _keys)
            holds |= CryptographicOperations.FixedTimeEquals(SHA256.HashData(key), digest);
        return holds;
    }
}
