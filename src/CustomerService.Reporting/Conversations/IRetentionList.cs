using System.Collections.Immutable;

namespace CustomerService.Reporting.Conversations;

/// <summary>
/// What has to be known of all conversations before some are erased. It follows the journal as the list does; whoever erases asks the conversation itself.
/// What is erased is gone from here moments later.
/// </summary>
public interface IRetentionList
{
    /// <summary>Conversations whose last message is older than that, the oldest first, whatever their state.</summary>
    /// <param name="channel">Null: of all channels.</param>
    /// <param name="after">The last row of the page before, whatever became of it; null: the first page.</param>
    /// <param name="limit">1 to <see cref="IConversationList.MaxRows"/>.</param>
    ValueTask<ImmutableArray<ConversationRow>> FindOverAsync(
        string? channel, DateTimeOffset lastMessageBefore, ConversationRow? after, int limit, CancellationToken cancellation = default);

    /// <summary>How many they are.</summary>
    /// <param name="channel">Null: of all channels.</param>
    ValueTask<OverCount> CountOverAsync(string? channel, DateTimeOffset lastMessageBefore, CancellationToken cancellation = default);

    /// <summary>Ids of customers that are known here and have no conversation, or none any more, in the order of their ids.</summary>
    /// <param name="after">The last id of the page before; null: the first page.</param>
    ValueTask<ImmutableArray<string>> CustomersWithoutConversationsAsync(string? after, int limit, CancellationToken cancellation = default);

    /// <summary>Whether another conversation came from this address.</summary>
    /// <param name="except">The id of the conversation that is not meant.</param>
    ValueTask<bool> HasAddressAsync(string channel, string address, string except, CancellationToken cancellation = default);

    /// <summary>Those of these files that a conversation has.</summary>
    /// <param name="except">The id of a conversation that does not count; null: all count.</param>
    ValueTask<IReadOnlySet<string>> UsedFilesAsync(IReadOnlyCollection<string> references, string? except = null, CancellationToken cancellation = default);
}

/// <param name="Oldest">When the last message of the oldest was; null: there are none.</param>
public readonly record struct OverCount(int Conversations, DateTimeOffset? Oldest);
