using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;

namespace CustomerService.Runtime.Stores;

/// <summary>Reading what is stored. Each method sees every commit that was acknowledged before it was called.</summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> when the store can't be read now.</remarks>
public interface IGrainReader : IAsyncDisposable
{
    /// <summary>The grain, or null when it was never stored.</summary>
    ValueTask<StoredGrain?> LoadAsync(GrainId id, bool withEntries, CancellationToken cancellation = default);

    /// <summary>One grain's events after a sequence, in order.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// All grains' events after a position, in order. A reader that goes on from the last position it saw misses none. In a shared store the last events may
    /// be seen a moment after they were acknowledged, and positions have gaps.
    /// </summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancellation = default);

    /// <summary>Effects that are not ticked off, by grain, version and number, after one of them (from the first when null).</summary>
    ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default);

    /// <summary>Alarms due at or before a time, the earliest first (then by grain and name), after one of them.</summary>
    ValueTask<IReadOnlyList<StoredAlarm>> ReadAlarmsAsync(DateTimeOffset dueBy, StoredAlarm? after, int limit, CancellationToken cancellation = default);

    /// <summary>When the first alarm after a time is due; null when there is none.</summary>
    ValueTask<DateTimeOffset?> NextAlarmAsync(DateTimeOffset after, CancellationToken cancellation = default);

    /// <summary>What is parked, the oldest first.</summary>
    ValueTask<IReadOnlyList<ParkedItem>> ReadParkedAsync(int limit, CancellationToken cancellation = default);

    /// <summary>One parked item; null when there is none of that id.</summary>
    ValueTask<ParkedItem?> FindParkedAsync(string id, CancellationToken cancellation = default);

    /// <summary>How much the whole store holds that is still to be done, whoever is to do it.</summary>
    /// <param name="dueBy">An alarm due at or before this counts as due; a later one waits.</param>
    ValueTask<StoreCounts> CountAsync(DateTimeOffset dueBy, CancellationToken cancellation = default);
}

/// <summary>Where grains are kept. Writes of many grains may share one transaction, but each commit stands or falls alone.</summary>
/// <remarks>
/// Every write throws <see cref="StoreUnavailableException"/> when it could not be made durable. Then it was most likely not
/// written, but a store behind a network may have lost only the answer: load again before relying on either.
/// </remarks>
public interface IGrainStore : IGrainReader
{
    /// <summary>Writes a grain's commit whole, if its stored version is still the expected one; returns when it is durable.</summary>
    ValueTask<CommitOutcome> CommitAsync(GrainCommit commit);

    /// <summary>
    /// Ticks off an effect that was carried out. It is written together with the next commit, or shortly after; until then
    /// a crash has it carried out again. The task ends when it is durable; nobody needs to wait for it.
    /// </summary>
    Task FinishAsync(EffectId effect);

    /// <summary>Ticks off an alarm that was told, unless it has been set anew; in the same lazy way.</summary>
    Task FinishAsync(StoredAlarm alarm);

    /// <summary>Keeps an item for an operator; one of the same id is replaced.</summary>
    Task ParkAsync(ParkedItem item);

    /// <summary>Forgets a parked item; nothing happens when there is none of that id.</summary>
    Task UnparkAsync(string id);

    /// <summary>Ends when everything handed over so far is durable (or has failed).</summary>
    Task FlushAsync();
}

/// <summary>A store can't be opened; the message says which, why, and what to do.</summary>
public sealed class StoreOpenException(string message, Exception? inner = null) : Exception(message, inner);
