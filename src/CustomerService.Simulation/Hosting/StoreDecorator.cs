using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Hosting;

/// <summary>A store around another one; what is not overridden goes through. It can be shared when the inner one can.</summary>
public abstract class StoreDecorator(IGrainStore inner) : ISharedGrainStore
{
    protected IGrainStore Inner => inner;

    /// <exception cref="NotSupportedException">One process has the store to itself.</exception>
    protected ISharedGrainStore Shared => inner as ISharedGrainStore ?? throw new NotSupportedException("One process has this store to itself.");

    public string Owner => Shared.Owner;

    public virtual ValueTask<CommitOutcome> CommitAsync(GrainCommit commit) => inner.CommitAsync(commit);

    public virtual Task FinishAsync(EffectId effect) => inner.FinishAsync(effect);

    public virtual Task FinishAsync(StoredAlarm alarm) => inner.FinishAsync(alarm);

    public virtual Task FlushAsync() => inner.FlushAsync();

    /// <summary>The process died: what waited in its memory is gone.</summary>
    public virtual void Crashed() => (inner as StoreDecorator)?.Crashed();

    public virtual ValueTask<StoredGrain?> LoadAsync(GrainId id, bool withEntries, CancellationToken cancellation = default) =>
        inner.LoadAsync(id, withEntries, cancellation);

    public Task ParkAsync(ParkedItem item) => inner.ParkAsync(item);

    public Task UnparkAsync(string id) => inner.UnparkAsync(id);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
        inner.ReadJournalAsync(grain, afterSequence, limit, cancellation);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        inner.ReadJournalAsync(afterPosition, limit, cancellation);

    public ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default) =>
        inner.ReadEffectsAsync(after, limit, cancellation);

    public virtual ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(GrainId grain, CancellationToken cancellation = default) =>
        Shared.ReadEffectsAsync(grain, cancellation);

    public virtual ValueTask<IReadOnlyList<StoredEffect>> ReadOwnEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default) =>
        Shared.ReadOwnEffectsAsync(after, limit, cancellation);

    public virtual ValueTask<IReadOnlyList<GrainId>> ReadOrphansAsync(IReadOnlyCollection<string> living, GrainId? after, int limit, CancellationToken cancellation = default) =>
        Shared.ReadOrphansAsync(living, after, limit, cancellation);

    public virtual ValueTask<IReadOnlyList<StoredEffect>> TakeOverEffectsAsync(GrainId grain, IReadOnlyCollection<string> living, CancellationToken cancellation = default) =>
        Shared.TakeOverEffectsAsync(grain, living, cancellation);

    public virtual ValueTask<int> TakeOverAlarmsAsync(IReadOnlyCollection<string> living, DateTimeOffset dueBy, int limit, CancellationToken cancellation = default) =>
        Shared.TakeOverAlarmsAsync(living, dueBy, limit, cancellation);

    public ValueTask<IReadOnlyList<string>> ReadKeysAsync(string kind, string after, int limit, CancellationToken cancellation = default) =>
        Shared.ReadKeysAsync(kind, after, limit, cancellation);

    public ValueTask<IReadOnlyList<StoredAlarm>> ReadAlarmsAsync(DateTimeOffset dueBy, StoredAlarm? after, int limit, CancellationToken cancellation = default) =>
        inner.ReadAlarmsAsync(dueBy, after, limit, cancellation);

    public ValueTask<DateTimeOffset?> NextAlarmAsync(DateTimeOffset after, CancellationToken cancellation = default) =>
        inner.NextAlarmAsync(after, cancellation);

    public ValueTask<IReadOnlyList<ParkedItem>> ReadParkedAsync(int limit, CancellationToken cancellation = default) =>
        inner.ReadParkedAsync(limit, cancellation);

    public ValueTask<ParkedItem?> FindParkedAsync(string id, CancellationToken cancellation = default) => inner.FindParkedAsync(id, cancellation);

    public ValueTask<StoreCounts> CountAsync(DateTimeOffset dueBy, CancellationToken cancellation = default) => inner.CountAsync(dueBy, cancellation);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return inner.DisposeAsync();
    }
}
