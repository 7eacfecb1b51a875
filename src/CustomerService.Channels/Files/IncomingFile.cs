using System.Security.Cryptography;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Files;

/// <summary>A file that somebody sent, read and found fit to be kept.</summary>
public sealed record IncomingFile(ReadOnlyMemory<byte> Bytes, Attachment Attachment)
{
    /// <summary>The largest file that is taken.</summary>
    public const int MaxBytes = 25_000_000;

    /// <inheritdoc cref="IAttachmentStore.KeepAsync"/>
    public static async Task<IncomingFile> ReadAsync(string name, string mediaType, Stream content, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
        {
            if (bytes.Length + read > MaxBytes)
                throw new AttachmentRefusedException($"The file {AttachmentName.Safe(name)} is larger than {MaxBytes / 1_000_000} MB; send a smaller one, or a link.");
            bytes.Write(buffer, 0, read);
        }

        var whole = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        return new IncomingFile(whole, new Attachment(
            AttachmentName.Safe(name), MediaTypes.Of(whole.Span, mediaType), whole.Length, AttachmentReference.Of(SHA256.HashData(whole.Span))));
    }
}
