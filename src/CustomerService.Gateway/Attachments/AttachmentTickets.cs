using System.Text.Json;
using CustomerService.Channels.Files;
using CustomerService.Grains.Conversations;

namespace CustomerService.Gateway.Attachments;

/// <summary>
/// Tickets for uploaded files: what was uploaded and by whom, signed. Only with its ticket can a file be sent, and only by the one who uploaded it, so nobody reaches
/// somebody else's file by guessing its reference, and only for a while. Nothing is stored: a ticket proves itself.
/// </summary>
internal sealed class AttachmentTickets(ReadOnlyMemory<byte> key, TimeProvider time)
{
    /// <summary>How long an uploaded file can be sent.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Who uploads for people's replies.</summary>
    public const string Staff = "staff";

    public string Sign(string holder, Attachment file)
    {
        var claim = JsonSerializer.SerializeToUtf8Bytes(new TicketClaim(holder, file.Name, file.MediaType, file.Bytes, file.Reference, (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds()), GatewayJson.Default.TicketClaim);
        return SignedClaim.Write(key, "attachment "u8, claim);
    }

    /// <summary>The file; null: the ticket is not of ours, not of this holder, or over.</summary>
    public Attachment? Read(string holder, string ticket)
    {
        if (SignedClaim.Read(key, "attachment "u8, ticket) is not { } claim)
            return null;
        var read = JsonSerializer.Deserialize(claim, GatewayJson.Default.TicketClaim)!;
        return read.Holder == holder && time.GetUtcNow().ToUnixTimeSeconds() < read.Until ? new Attachment(read.Name, read.MediaType, read.Bytes, read.Reference) : null;
    }
}

/// <param name="Holder">A visitor's id, or <see cref="AttachmentTickets.Staff"/>.</param>
/// <param name="Until">In seconds of Unix.</param>
internal sealed record TicketClaim(string Holder, string Name, string MediaType, long Bytes, string Reference, long Until);
