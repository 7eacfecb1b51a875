using System.Globalization;
using System.Security.Cryptography;

namespace CustomerService.Channels.Email.Receiving;

/// <summary>Keeps mails that can't be taken, so that a person can look at them.</summary>
public interface IParkedMails
{
    /// <summary>Returns when it is durable. The same mail again is kept once.</summary>
    /// <returns>Where it is, for people.</returns>
    Task<string> ParkAsync(string account, byte[] raw, string reason, DateTimeOffset receivedAt, CancellationToken cancellation);
}

/// <summary>Parked mails as files: <c>FOLDER/ACCOUNT/TIME-HASH.eml</c>, which any mail program opens, with the reason in a <c>.txt</c> beside it.</summary>
public sealed class FileParkedMails(string folder) : IParkedMails
{
    public async Task<string> ParkAsync(string account, byte[] raw, string reason, DateTimeOffset receivedAt, CancellationToken cancellation)
    {
        var inside = Directory.CreateDirectory(Path.Combine(folder, account)).FullName;
        var hash = Convert.ToHexStringLower(SHA256.HashData(raw).AsSpan(0, 8));
        var name = Path.Combine(inside, $"{receivedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}-{hash}");
        await File.WriteAllTextAsync(name + ".txt", reason + "\n", cancellation);
        await using var file = File.Create(name + ".eml");
        await file.WriteAsync(raw, cancellation);
        file.Flush(flushToDisk: true);
        return name + ".eml";
    }
}
