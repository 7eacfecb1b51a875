using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Files;

/// <summary>Files in a folder, each under the hash of its bytes. So nothing that a sender chose ever becomes part of a path.</summary>
public sealed class FolderAttachmentStore(string folder) : IAttachmentStore
{
    /// <inheritdoc/>
    public async Task<Attachment> KeepAsync(string name, string mediaType, Stream content, CancellationToken cancellation)
    {
        var file = await IncomingFile.ReadAsync(name, mediaType, content, cancellation);
        var path = PathOf(file.Attachment.Reference)!;
        if (File.Exists(path))
            return file.Attachment;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var incoming = $"{path}.{Guid.NewGuid():n}";
        try
        {
            await using (var written = new FileStream(incoming, FileMode.CreateNew, FileAccess.Write))
            {
                await written.WriteAsync(file.Bytes, cancellation);
                written.Flush(flushToDisk: true);
            }

            File.Move(incoming, path, overwrite: true);
        }
        finally
        {
            File.Delete(incoming);
        }

        return file.Attachment;
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string reference, CancellationToken cancellation) =>
        Task.FromResult<Stream?>(PathOf(reference) is { } path && File.Exists(path) ? File.OpenRead(path) : null);

    private string? PathOf(string reference) => AttachmentReference.HashOf(reference) is { } hash ? Path.Combine(folder, hash[..2], hash) : null;
}
