using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerService.Grains.Conversations;

namespace CustomerService.Reporting.Conversations;

/// <summary>
/// All conversations, to be listed, searched and counted. It follows the journal, so a change shows moments after it was acknowledged;
/// <see cref="IConversationListNews"/> tells when. Safe to use from many threads.
/// </summary>
public interface IConversationList
{
    /// <summary>The most rows that one call gives.</summary>
    public const int MaxRows = 500;

    /// <summary>One page. Pages follow each other by what was seen, so nothing is shown twice or left out because others came or went meanwhile.</summary>
    /// <param name="cursor">A page's <see cref="ConversationPage.Next"/> or <see cref="ConversationPage.Previous"/>; null: the first page.</param>
    /// <param name="limit">1 to <see cref="MaxRows"/>.</param>
    /// <exception cref="FormatException">The cursor is none of this list's, or of another order.</exception>
    ValueTask<ConversationPage> FindAsync(
        ConversationFilter filter, ConversationOrder order = ConversationOrder.NewestMessage, string? cursor = null, int limit = 50, CancellationToken cancellation = default);

    /// <summary>The rows from one place to another, for lists that are scrolled by place.</summary>
    /// <param name="offset">How many rows come before.</param>
    /// <param name="count">1 to <see cref="MaxRows"/>.</param>
    ValueTask<ImmutableArray<ConversationRow>> FindRangeAsync(
        ConversationFilter filter, ConversationOrder order, int offset, int count, CancellationToken cancellation = default);

    /// <summary>The rows beside one that was seen, wherever that one is by now: nothing is shown twice or left out because others came or went meanwhile.</summary>
    /// <param name="seen">As it was seen in this order.</param>
    /// <param name="before">Those before it, in their order; else those after it.</param>
    /// <param name="count">1 to <see cref="MaxRows"/>.</param>
    ValueTask<ImmutableArray<ConversationRow>> FindBesideAsync(
        ConversationFilter filter, ConversationOrder order, ConversationRow seen, bool before, int count, CancellationToken cancellation = default);

    /// <summary>These, as they are now, in no order; one that is not there is left out.</summary>
    ValueTask<ImmutableArray<ConversationRow>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation = default);

    /// <summary>How many rows there are in an order, which may leave some out.</summary>
    ValueTask<int> CountAsync(ConversationFilter filter, ConversationOrder order = ConversationOrder.NewestMessage, CancellationToken cancellation = default);

    /// <summary>How many there are of each status, in one look; for badges.</summary>
    ValueTask<ConversationCounts> CountByStatusAsync(ConversationFilter filter, CancellationToken cancellation = default);

    /// <summary>
    /// Takes a customer's conversations and their texts out of the list, as when the customer is erased. The journal is not touched: what still stands
    /// there comes back when the list is made anew.
    /// </summary>
    /// <returns>How many conversations were taken out.</returns>
    ValueTask<int> ForgetAsync(string customerId, CancellationToken cancellation = default);
}

/// <param name="Previous">Leads to the page before; null: this is the first.</param>
/// <param name="Next">Leads to the page after; null: this is the last.</param>
public sealed record ConversationPage(ImmutableArray<ConversationRow> Rows, string? Previous, string? Next);

/// <param name="ByStatus">Statuses with none are left out.</param>
public sealed record ConversationCounts(FrozenDictionary<ConversationStatus, int> ByStatus)
{
    public int Total => ByStatus.Values.Sum();

    public int this[ConversationStatus status] => ByStatus.GetValueOrDefault(status);
}
