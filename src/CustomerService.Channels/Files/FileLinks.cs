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

    public string TicketFor(Attachment file)
    {
        var claim = JsonSerializer.SerializeToUtf8Bytes(
            new FileClaim(file.Name, file.MediaType, file.Bytes, file.Reference, (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds()), FileClaimJson.Default.FileClaim);
        return SignedClaim.Write(key, "file link "u8, claim);
    }

    /// <summary>The file; null: the ticket is none of ours, or its time is over.</summary>
    public Attachment? Read(string ticket)
    {
        if (SignedClaim.Read(key, "file link "u8, ticket) is not { } claim)
            return null;
        var read = JsonSerializer.Deserialize(claim, FileClaimJson.Default.FileClaim)!;
        return time.GetUtcNow().ToUnixTimeSeconds() < read.Until ? new Attachment(read.Name, read.MediaType, read.Bytes, read.Reference) : null;
    }
}

/// <param name="Until">In seconds of Unix time.</param>
internal sealed record FileClaim(string Name, string MediaType, long Bytes, string Reference, long Until);

[JsonSerializable(typeof(FileClaim))]
internal sealed partial class FileClaimJson : JsonSerializerContext;
