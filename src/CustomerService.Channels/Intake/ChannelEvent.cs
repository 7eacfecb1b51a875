using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Intake;

/// <summary>Something that happened on a channel, in the words of the product.</summary>
/// <param name="ConversationId">The conversation that it belongs to; see <see cref="ConversationIds"/>.</param>
public abstract record ChannelEvent(string ConversationId)
{
    /// <summary>A customer wrote, or said something.</summary>
    public sealed record Message(string ConversationId, Interaction Interaction) : ChannelEvent(ConversationId)
    {
        /// <summary>Files that are still at the provider's; they are fetched before the message is given to its conversation.</summary>
        public ImmutableArray<MediaReference> Media { get; init; } = [];
    }

    /// <summary>What became of a message of ours.</summary>
    public sealed record Receipt(string ConversationId, NoteReceipt What) : ChannelEvent(ConversationId);

    /// <summary>The customer wants no more messages, or wants them again.</summary>
    public sealed record OptOut(string ConversationId, SetOptOut What) : ChannelEvent(ConversationId);

    /// <summary>The customer is writing.</summary>
    public sealed record Typing(string ConversationId) : ChannelEvent(ConversationId);
}

/// <summary>A file at the provider's.</summary>
/// <param name="Id">How the provider knows it: an id, or an address.</param>
/// <param name="Name">As the customer named it, or one that fits its type.</param>
/// <param name="MediaType">As the provider says.</param>
public sealed record MediaReference(string Id, string Name, string MediaType);

/// <summary>A file being read.</summary>
public sealed record MediaContent(Stream Stream, string MediaType, long? Bytes) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}

/// <summary>A provider's file can't be had.</summary>
public sealed class MediaUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
