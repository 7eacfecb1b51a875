using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Tests.Probes;

/// <summary>Passes everything on to a real store, except where a test has it go wrong.</summary>
internal sealed class FaultyStore(IGrainStore store) : IGrainStore
{
    /// <summary>Called for each commit in place of the store's own.</summary>
    public Func<GrainCommit, Func<ValueTask<CommitOutcome>>, ValueTask<CommitOutcome>>? OnCommit { get; set; }

    public int Loads { get; private set; }

    public ValueTask<CommitOutcome> CommitAsync(GrainCommit commit) =>
        OnCommit is { } instead ? instead(commit, () => store.CommitAsync(commit)) : store.CommitAsync(commit);

    public ValueTask<StoredGrain?> LoadAsync(GrainId id, bool withEntries, CancellationToken cancellation = default)
    {
        Loads++;
        return store.LoadAsync(id, withEntries, cancellation);
    }

    public Task FinishAsync(EffectId effect) => store.FinishAsync(effect);

    public Task FinishAsync(StoredAlarm alarm) => store.FinishAsync(alarm);

    public Task ParkAsync(ParkedItem item) => store.ParkAsync(item);

    public Task UnparkAsync(string id) => store.UnparkAsync(id);

    public Task FlushAsync() => store.FlushAsync();

    public ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
        store.ReadJournalAsync(grain, afterSequence, limit, cancellation);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        store.ReadJournalAsync(afterPosition, limit, cancellation);

    public ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default) =>
        store.ReadEffectsAsync(after, limit, cancellation);

    public ValueTask<IReadOnlyList<StoredAlarm>> ReadAlarmsAsync(DateTimeOffset dueBy, StoredAlarm? after, int limit, CancellationToken cancellation = default) =>
        store.ReadAlarmsAsync(dueBy, after, limit, cancellation);

    public ValueTask<DateTimeOffset?> NextAlarmAsync(DateTimeOffset after, CancellationToken cancellation = default) => store.NextAlarmAsync(after, cancellation);

    public ValueTask<IReadOnlyList<ParkedItem>> ReadParkedAsync(int limit, CancellationToken cancellation = default) => store.ReadParkedAsync(limit, cancellation);

    public ValueTask<ParkedItem?> FindParkedAsync(string id, CancellationToken cancellation = default) => store.FindParkedAsync(id, cancellation);

    public ValueTask<StoreCounts> CountAsync(DateTimeOffset dueBy, CancellationToken cancellation = default) => store.CountAsync(dueBy, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
