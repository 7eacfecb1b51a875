using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Files;

/// <summary>
/// Files in a folder, each under the hash of its bytes. So nothing that a sender chose ever becomes part of a path. A file that no message has yet has a mark in the
/// folder <c>unsent</c>, an empty file whose time of change is the end of the wait.
/// </summary>
public sealed class FolderAttachmentStore(string folder) : IAttachmentStore
{
    private readonly string _marks = Path.Combine(folder, "unsent");
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public Task<Attachment> KeepAsync(string name, string mediaType, Stream content, CancellationToken cancellation) =>
        KeepAsync(name, mediaType, content, until: null, cancellation);

    /// <inheritdoc/>
    public Task<Attachment> KeepUntilAsync(string name, string mediaType, Stream content, DateTimeOffset until, CancellationToken cancellation) =>
        KeepAsync(name, mediaType, content, until, cancellation);

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string reference, CancellationToken cancellation) =>
        Task.FromResult<Stream?>(AttachmentReference.HashOf(reference) is { } hash && File.Exists(PathOf(hash)) ? File.OpenRead(PathOf(hash)) : null);

    /// <inheritdoc/>
    public Task<bool> TakeAsync(IReadOnlyCollection<string> references, CancellationToken cancellation)
    {
        var all = true;
        foreach (var reference in references)
            all &= AttachmentReference.HashOf(reference) is { } hash && TryKeep(hash, until: null);
        return Task.FromResult(all);
    }

    /// <inheritdoc/>
    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var swept = 0;
        foreach (var mark in Directory.Exists(_marks) ? Directory.GetFiles(_marks) : [])
        {
            cancellation.ThrowIfCancellationRequested();
            lock (_gate)
            {
                if (!File.Exists(mark) || File.GetLastWriteTimeUtc(mark) > now.UtcDateTime)
                    continue;
                File.Delete(PathOf(Path.GetFileName(mark))); // The file first: a mark that is left is found again.
                File.Delete(mark);
                swept++;
            }
        }

        return Task.FromResult(swept);
    }

    private async Task<Attachment> KeepAsync(string name, string mediaType, Stream content, DateTimeOffset? until, CancellationToken cancellation)
    {
        var file = await IncomingFile.ReadAsync(name, mediaType, content, cancellation);
        var hash = AttachmentReference.HashOf(file.Attachment.Reference)!;
        if (TryKeep(hash, until))
            return file.Attachment;

        var path = PathOf(hash);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var incoming = $"{path}.{Guid.NewGuid():n}";
        try
        {
            await using (var written = new FileStream(incoming, FileMode.CreateNew, FileAccess.Write))
            {
                await written.WriteAsync(file.Bytes, cancellation);
                written.Flush(flushToDisk: true);
            }

            lock (_gate)
            {
                if (!TryKeep(hash, until))
                {
                    if (until is { } end)
                        Mark(hash, end); // Before the file is there: a file without a mark stays for good.
                    File.Move(incoming, path);
                }
            }
        }
        finally
        {
            File.Delete(incoming);
        }

        return file.Attachment;
    }

    /// <summary>Keeps a file that is there, for longer if it waits; false: it is not there.</summary>
    private bool TryKeep(string hash, DateTimeOffset? until)
    {
        lock (_gate)
        {
            if (!File.Exists(PathOf(hash)))
                return false;
            if (until is null)
                Unmark(hash);
            else if (File.Exists(MarkOf(hash)) && File.GetLastWriteTimeUtc(MarkOf(hash)) < until.Value.UtcDateTime)
                Mark(hash, until.Value);
            return true;
        }
    }

    private void Mark(string hash, DateTimeOffset until)
    {
        Directory.CreateDirectory(_marks);
        File.WriteAllBytes(MarkOf(hash), []);
        File.SetLastWriteTimeUtc(MarkOf(hash), until.UtcDateTime);
    }

    private void Unmark(string hash)
    {
        if (File.Exists(MarkOf(hash)))
            File.Delete(MarkOf(hash));
    }

    private string MarkOf(string hash) => Path.Combine(_marks, hash);

    private string PathOf(string hash) => Path.Combine(folder, hash[..2], hash);
}
