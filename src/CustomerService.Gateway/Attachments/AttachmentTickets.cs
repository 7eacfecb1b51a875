using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerService.Grains.Conversations;

namespace CustomerService.Gateway.Attachments;

/// <summary>
/// Tickets for uploaded files: what was uploaded and by whom, signed. Only with its ticket can a file be sent, and only by the one who uploaded it, so nobody reaches
/// somebody else's file by guessing its reference. Nothing is stored: a ticket proves itself.
/// </summary>
internal sealed class AttachmentTickets(ReadOnlyMemory<byte> key)
{
    /// <summary>Who uploads for people's replies.</summary>
    public const string Staff = "staff";

    private const int LongestTicket = 4_096;

    public string Sign(string holder, Attachment file)
    {
        var claim = JsonSerializer.SerializeToUtf8Bytes(new TicketClaim(holder, file.Name, file.MediaType, file.Bytes, file.Reference), GatewayJson.Default.TicketClaim);
        return Base64Url.EncodeToString([.. SignatureOf(claim), .. claim]);
    }

    /// <summary>The file; null: the ticket is not of ours, or not of this holder.</summary>
    public Attachment? Read(string holder, string ticket)
    {
        if (ticket.Length > LongestTicket || !Base64Url.IsValid(ticket))
            return null;
        var bytes = Base64Url.DecodeFromChars(ticket);
        if (bytes.Length <= HMACSHA256.HashSizeInBytes)
            return null;
        var claim = bytes.AsSpan(HMACSHA256.HashSizeInBytes);
        if (!CryptographicOperations.FixedTimeEquals(SignatureOf(claim), bytes.AsSpan(0, HMACSHA256.HashSizeInBytes)))
            return null;
        var read = JsonSerializer.Deserialize(claim, GatewayJson.Default.TicketClaim)!;
        return read.Holder == holder ? new Attachment(read.Name, read.MediaType, read.Bytes, read.Reference) : null;
    }

    /// <summary>The same key signs visitors' tokens, which begin with a version's byte and never with this word.</summary>
    private byte[] SignatureOf(ReadOnlySpan<byte> claim) => HMACSHA256.HashData(key.Span, [.. "attachment "u8, .. claim]);
}

/// <param name="Holder">A visitor's id, or <see cref="AttachmentTickets.Staff"/>.</param>
internal sealed record TicketClaim(string Holder, string Name, string MediaType, long Bytes, string Reference);
