using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Files;

/// <summary>Where the files lie that come and go with messages. A file is kept once, whoever sends it how often.</summary>
public interface IAttachmentStore
{
    /// <summary>Keeps a file. Returns when it is durable.</summary>
    /// <param name="name">As its sender named it; made harmless here.</param>
    /// <param name="mediaType">As its sender says; what the bytes show counts more.</param>
    /// <exception cref="AttachmentRefusedException">It is too large, or of a type that is not taken; the message says which and what is allowed.</exception>
    /// <exception cref="IOException">The store can't be written.</exception>
    Task<Attachment> KeepAsync(string name, string mediaType, Stream content, CancellationToken cancellation);

    /// <summary>Keeps a file that no message has yet, for so long. One that is kept for good already stays so.</summary>
    /// <inheritdoc cref="KeepAsync" path="//exception"/>
    Task<Attachment> KeepUntilAsync(string name, string mediaType, Stream content, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>A message has these files: they are kept for good. Returns when that is durable.</summary>
    /// <returns>False: one of them is not there, or not any more.</returns>
    /// <exception cref="IOException">The store can't be written.</exception>
    Task<bool> TakeAsync(IReadOnlyCollection<string> references, CancellationToken cancellation);

    /// <summary>
    /// The message that had these files is erased, and no other is known to have them: they go at that time, unless a message takes them again before. One that waits longer already
    /// still does; one that is not there is passed over. Returns when that is durable.
    /// </summary>
    /// <exception cref="IOException">The store can't be written.</exception>
    Task ReleaseAsync(IReadOnlyCollection<string> references, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Removes the files that were kept until now or earlier, and that no message has; those that one has after all are kept for good.</summary>
    /// <param name="inUse">Asked before anything is removed. What it throws ends the sweep; the rest is found by the next one.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="IOException">The store can't be written.</exception>
    Task<int> SweepAsync(DateTimeOffset now, FilesInUse inUse, CancellationToken cancellation);

    /// <summary>Opens a file; null: there is none of that reference.</summary>
    Task<Stream?> OpenAsync(string reference, CancellationToken cancellation);
}

/// <summary>Which of these files some message has.</summary>
public delegate ValueTask<IReadOnlySet<string>> FilesInUse(IReadOnlyCollection<string> references, CancellationToken cancellation);

/// <summary>A file is not taken.</summary>
public sealed class AttachmentRefusedException(string message) : Exception(message);
