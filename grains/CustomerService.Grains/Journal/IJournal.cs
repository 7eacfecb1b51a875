using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Journal;

/// <summary>The journal as readers see it: what was, and what happens now.</summary>
public interface IJournal
{
    /// <summary>One grain's events after a sequence, in order, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default);

    /// <summary>All grains' events after a position, in order, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// Calls back for each event of the grain (of all grains when null) as it becomes durable, until disposed. The callback must be quick
    /// and must not throw; events of one grain come in order. Nothing is kept for a subscriber: to miss nothing, subscribe first, then
    /// read what was, and drop what comes twice by its sequence.
    /// </summary>
    IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry);
}
