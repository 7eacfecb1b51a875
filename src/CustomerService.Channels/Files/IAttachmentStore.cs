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

    /// <summary>Removes the files that were kept until now or earlier, and that no message took.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="IOException">The store can't be written.</exception>
    Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Opens a file; null: there is none of that reference.</summary>
    Task<Stream?> OpenAsync(string reference, CancellationToken cancellation);
}

/// <summary>A file is not taken.</summary>
public sealed class AttachmentRefusedException(string message) : Exception(message);
