using System.Globalization;
using System.Security.Cryptography;

namespace CustomerService.Channels.Email.Receiving;

/// <summary>Parked mails as files: <c>FOLDER/ACCOUNT/TIME-HASH.eml</c>, which any mail program opens, with the reason in a <c>.txt</c> beside it.</summary>
public sealed class FileParkedMails(string folder) : IParkedMails
{
    private const string Moment = "yyyyMMdd'T'HHmmss";

    public async Task<ParkedMail> ParkAsync(string account, byte[] raw, string reason, DateTimeOffset receivedAt, CancellationToken cancellation)
    {
        var inside = Directory.CreateDirectory(Path.Combine(folder, account)).FullName;
        var hash = Convert.ToHexStringLower(SHA256.HashData(raw).AsSpan(0, 8));
        var mail = Path.Combine(inside, $"{receivedAt.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture)}-{hash}.eml");
        await File.WriteAllTextAsync(ReasonOf(mail), reason + "\n", cancellation);
        await using (var file = File.Create(mail))
        {
            await file.WriteAsync(raw, cancellation);
            file.Flush(flushToDisk: true);
        }

        return await ReadAsync(mail, cancellation);
    }

    public async Task<IReadOnlyList<ParkedMail>> ListAsync(string? account, int limit, CancellationToken cancellation)
    {
        var mails = new List<ParkedMail>();
        foreach (var file in Files().Where(file => account is null || AccountOf(file) == account).OrderBy(Path.GetFileName, StringComparer.Ordinal).Take(limit))
            mails.Add(await ReadAsync(file, cancellation));
        return mails;
    }

    public async Task<(ParkedMail Mail, byte[] Raw)?> FindAsync(string account, string id, CancellationToken cancellation) =>
        FileOf(account, id) is { } file ? (await ReadAsync(file, cancellation), await File.ReadAllBytesAsync(file, cancellation)) : null;

    public Task<bool> DropAsync(string account, string id, CancellationToken cancellation)
    {
        if (FileOf(account, id) is not { } file)
            return Task.FromResult(false);
        File.Delete(file);
        File.Delete(ReasonOf(file));
        return Task.FromResult(true);
    }

    /// <summary>The mail itself: what people put beside them is none.</summary>
    private IEnumerable<string> Files() => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).SelectMany(account => Directory.EnumerateFiles(account, "*.eml")).Where(file => ReceivedAt(file) is not null)
        : [];

    /// <summary>Looked for among those that are there, so that no id reaches any other file.</summary>
    private string? FileOf(string account, string id) => Files().FirstOrDefault(file => AccountOf(file) == account && IdOf(file) == id);

    private static async Task<ParkedMail> ReadAsync(string file, CancellationToken cancellation)
    {
        var reason = File.Exists(ReasonOf(file)) ? await File.ReadAllTextAsync(ReasonOf(file), cancellation) : "";
        return new ParkedMail(AccountOf(file), IdOf(file), reason.TrimEnd('\n'), ReceivedAt(file)!.Value, new FileInfo(file).Length);
    }

    private static string AccountOf(string file) => Path.GetFileName(Path.GetDirectoryName(file)!);

    private static string IdOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static string ReasonOf(string file) => Path.ChangeExtension(file, ".txt");

    private static DateTimeOffset? ReceivedAt(string file) =>
        DateTimeOffset.TryParseExact(IdOf(file).Split('-')[0], Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
