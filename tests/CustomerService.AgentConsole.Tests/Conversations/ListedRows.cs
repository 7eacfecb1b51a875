using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;

namespace CustomerService.AgentConsole.Tests.Conversations;

/// <summary>A list in memory, the newest first: <c>c-000</c> wrote first of all.</summary>
internal sealed class ListedRows(int count) : IConversationList
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly List<ConversationRow> _rows =
    [
        .. Enumerable.Range(0, count).Select(number => new ConversationRow { Id = $"c-{number:000}", Status = ConversationStatus.Queued, LastMessageAt = Begin.AddMinutes(number) }),
    ];

    private IEnumerable<ConversationRow> Sorted => _rows.OrderByDescending(row => row.LastMessageAt);

    /// <summary>Its customer writes again.</summary>
    public void Write(string id)
    {
        var at = _rows.FindIndex(row => row.Id == id);
        _rows[at] = _rows[at] with { LastMessageAt = _rows.Max(row => row.LastMessageAt).AddMinutes(1) };
    }

    public void Remove(params string[] ids) => _rows.RemoveAll(row => ids.Contains(row.Id));

    public ValueTask<ImmutableArray<ConversationRow>> FindRangeAsync(ConversationFilter filter, ConversationOrder order, int offset, int count, CancellationToken cancellation = default) =>
        new([.. Sorted.Skip(offset).Take(count)]);

    public ValueTask<ImmutableArray<ConversationRow>> FindBesideAsync(
        ConversationFilter filter, ConversationOrder order, ConversationRow seen, bool before, int count, CancellationToken cancellation = default) =>
        new(before
            ? [.. Sorted.Where(row => row.LastMessageAt > seen.LastMessageAt).TakeLast(count)]
            : [.. Sorted.Where(row => row.LastMessageAt < seen.LastMessageAt).Take(count)]);

    public ValueTask<int> CountAsync(ConversationFilter filter, ConversationOrder order = ConversationOrder.NewestMessage, CancellationToken cancellation = default) => new(_rows.Count);

    public ValueTask<ConversationPage> FindAsync(
        ConversationFilter filter, ConversationOrder order = ConversationOrder.NewestMessage, string? cursor = null, int limit = 50, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public ValueTask<ImmutableArray<ConversationRow>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<ConversationCounts> CountByStatusAsync(ConversationFilter filter, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<int> ForgetAsync(string customerId, CancellationToken cancellation = default) => throw new NotSupportedException();
}
