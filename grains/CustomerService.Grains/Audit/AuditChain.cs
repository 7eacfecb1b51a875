using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Grains.Audit;

/// <summary>
/// How the records of the audit log hang together: each carries a hash of itself and of the one before, so that whoever changes, takes out, puts in or swaps one
/// would have to write anew all that came after.
/// </summary>
public static class AuditChain
{
    /// <summary>What stands before the first record: 64 zeros.</summary>
    public static string Start { get; } = new('0', 64);

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, of these twelve texts in UTF-8: the hash of the record before, number, time (UTC, <c>yyyy-MM-ddTHH:mm:ss.fffffffZ</c>), who, act,
    /// permission, target, outcome (<c>Allowed</c>, <c>Denied</c>, <c>Failed</c>), detail, reason, address, and <c>v1</c>. Each is written as the count of its bytes in decimal,
    /// a colon, the bytes and a line feed; one that is missing as <c>-</c> and a line feed.
    /// </summary>
    public static string HashOf(ActNoted act, string previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string?[] texts =
        [
            previous, act.Number.ToString(CultureInfo.InvariantCulture),
            act.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
            act.Who, act.Act, act.Permission, act.Target, act.Outcome.ToString(), act.Detail, act.Reason, act.Address, "v1",
        ];
        foreach (var text in texts)
            hash.AppendData(Encoding.UTF8.GetBytes(text is null ? "-\n" : string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text)}:{text}\n")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
