using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Files;

/// <summary>
/// Tickets by which one file can be fetched for a while, for providers that fetch what they send and have nothing to prove themselves by. Who has a ticket has
/// that file and no other; nothing is stored, a ticket proves itself, in whichever process it is shown.
/// </summary>
/// <param name="key">At least 32 bytes, the same in all processes.</param>
public sealed class FileLinks(ReadOnlyMemory<byte> key, TimeProvider time)
{
    /// <summary>How long a ticket holds: providers fetch at once, and once more where that fails.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);

    private const int LongestTicket = 4_096;

    public string TicketFor(Attachment file)
    {
        var claim = JsonSerializer.SerializeToUtf8Bytes(
            new FileClaim(file.Name, file.MediaType, file.Bytes, file.Reference, (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds()), FileClaimJson.Default.FileClaim);
        return Base64Url.EncodeToString([.. SignatureOf(claim), .. claim]);
    }

    /// <summary>The file; null: the ticket is none of ours, or its time is over.</summary>
    public Attachment? Read(string ticket)
    {
        if (ticket.Length > LongestTicket || !Base64Url.IsValid(ticket))
            return null;
        var bytes = Base64Url.DecodeFromChars(ticket);
        if (bytes.Length <= HMACSHA256.HashSizeInBytes)
            return null;
        var claim = bytes.AsSpan(HMACSHA256.HashSizeInBytes);
        if (!CryptographicOperations.FixedTimeEquals(SignatureOf(claim), bytes.AsSpan(0, HMACSHA256.HashSizeInBytes)))
            return null;
        var read = JsonSerializer.Deserialize(claim, FileClaimJson.Default.FileClaim)!;
        return time.GetUtcNow().ToUnixTimeSeconds() < read.Until ? new Attachment(read.Name, read.MediaType, read.Bytes, read.Reference) : null;
    }

    /// <summary>The key signs other things too, none of which begins with these words.</summary>
    private byte[] SignatureOf(ReadOnlySpan<byte> claim) => HMACSHA256.HashData(key.Span, [.. "file link "u8, .. claim]);
}

/// <param name="Until">In seconds of Unix time.</param>
internal sealed record FileClaim(string Name, string MediaType, long Bytes, string Reference, long Until);

[JsonSerializable(typeof(FileClaim))]
internal sealed partial class FileClaimJson : JsonSerializerContext;
