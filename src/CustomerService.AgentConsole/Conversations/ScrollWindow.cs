using System.Collections.Immutable;
using CustomerService.Reporting.Conversations;

namespace CustomerService.AgentConsole.Conversations;

/// <summary>
/// The rows of a long list that are in sight. At its beginning they are read by place. Away from there they are read beside those that are shown already, so that nothing moves
/// under the reader's eyes while other conversations come to the beginning.
/// </summary>
/// <param name="filter">What the list has; asked at each reading, for it may depend on the time.</param>
internal sealed class ScrollWindow(IConversationList list, Func<ConversationFilter> filter, ConversationOrder order)
{
    private int _start;
    private int _total;

    /// <summary>The list was scrolled away from its beginning.</summary>
    public bool IsAway => _start > 0;

    /// <summary>As they were when they were read: by these their neighbours are found.</summary>
    public ImmutableArray<ConversationRow> Rows { get; private set; } = [];

    /// <summary>Reads the rows of these places, and how many there are in all.</summary>
    /// <param name="count">None: only how many there are.</param>
    /// <param name="anew">Read by place wherever it is: what was seen is not held on to.</param>
    public async ValueTask<int> ReadAsync(int start, int count, bool anew = false, CancellationToken cancellation = default)
    {
        var (from, end) = (_start, start + count);
        var isBeside = IsAway && start > 0 && !anew && !Rows.IsEmpty && start <= from + Rows.Length && end >= from;
        if (!isBeside)
        {
            _total = await list.CountAsync(filter(), order, cancellation);
            Rows = count == 0 ? [] : await list.FindRangeAsync(filter(), order, start, Clamped(count), cancellation);
        }
        else
        {
            await MoveAsync(start, end, cancellation);
        }

        _start = start;
        if (Rows.Length < count)
            _total = start + Rows.Length; // Some that were counted have left the list since.
        return _total = Math.Max(_total, start + Rows.Length);
    }

    /// <summary>The place of a conversation that is in sight; null: it is not.</summary>
    public int? PlaceOf(string? id)
    {
        for (var at = 0; at < Rows.Length; at++)
        {
            if (Rows[at].Id == id)
                return _start + at;
        }

        return null;
    }

    private async ValueTask MoveAsync(int start, int end, CancellationToken cancellation)
    {
        var (shown, from) = (Rows, _start);
        if (start < from)
        {
            var above = await list.FindBesideAsync(filter(), order, shown[0], before: true, Clamped(from - start), cancellation);
            (shown, from) = ([.. above, .. shown], from - above.Length);
        }

        if (end > from + shown.Length)
            shown = [.. shown, .. await list.FindBesideAsync(filter(), order, shown[^1], before: false, Clamped(end - from - shown.Length), cancellation)];
        // What has moved on since may come again at its new place.
        Rows = [.. shown.DistinctBy(row => row.Id).Skip(Math.Max(0, start - from)).Take(end - start)];
    }

    private static int Clamped(int count) => Math.Clamp(count, 1, IConversationList.MaxRows);
}
