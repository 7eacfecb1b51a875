using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Files;

/// <summary>
/// Files in a folder, each under the hash of its bytes. So nothing that a sender chose ever becomes part of a path. A file that no message has, not yet or
/// not any more, has a mark in the folder <c>unsent</c>, an empty file whose time of change is the end of the wait.
/// </summary>
public sealed class FolderAttachmentStore(string folder) : IAttachmentStore
{
    private const int AskedAtOnce = 200;

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
    public Task ReleaseAsync(IReadOnlyCollection<string> references, DateTimeOffset until, CancellationToken cancellation)
    {
        foreach (var hash in references.Select(AttachmentReference.HashOf).OfType<string>())
        {
            lock (_gate)
            {
                if (File.Exists(PathOf(hash)) && (!File.Exists(MarkOf(hash)) || File.GetLastWriteTimeUtc(MarkOf(hash)) < until.UtcDateTime))
                    Mark(hash, until);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<int> SweepAsync(DateTimeOffset now, FilesInUse inUse, CancellationToken cancellation)
    {
        var swept = 0;
        var due = (Directory.Exists(_marks) ? Directory.GetFiles(_marks) : []).Select(mark => Path.GetFileName(mark)).Where(hash => IsDue(hash, now));
        foreach (var some in due.Chunk(AskedAtOnce))
        {
            var used = await inUse([.. some.Select(AttachmentReference.OfHash)], cancellation);
            foreach (var hash in some)
                swept += Sweep(hash, now, used.Contains(AttachmentReference.OfHash(hash))) ? 1 : 0;
        }

        return swept;
    }

    private bool Sweep(string hash, DateTimeOffset now, bool used)
    {
        lock (_gate)
        {
            if (!IsDue(hash, now)) // A message took it meanwhile.
                return false;
            if (!used)
                File.Delete(PathOf(hash)); // The file first: a mark that is left is found again.
            Unmark(hash);
            return !used;
        }
    }

    private bool IsDue(string hash, DateTimeOffset now) => File.Exists(MarkOf(hash)) && File.GetLastWriteTimeUtc(MarkOf(hash)) <= now.UtcDateTime;

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
