using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Tests;

/// <summary>What tests see of the commits of a cluster's silos, and how they hold them up.</summary>
public sealed class CommitWatch
{
    private readonly object gate = new();
    private readonly Dictionary<GrainId, TaskCompletionSource> held = [];
    private readonly Dictionary<GrainId, TaskCompletionSource> reached = [];
    private readonly Dictionary<GrainId, int> counts = [];

    /// <summary>The grain's next commits wait until <see cref="Release"/>.</summary>
    /// <returns>Ends when one waits.</returns>
    public Task Hold(GrainId grain)
    {
        lock (gate)
        {
            held[grain] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (reached[grain] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Release(GrainId grain)
    {
        lock (gate)
        {
            held.Remove(grain, out var waiting);
            waiting?.SetResult();
        }
    }

    /// <summary>How many commits the grain has tried.</summary>
    public int Count(GrainId grain)
    {
        lock (gate)
            return counts.GetValueOrDefault(grain);
    }

    public Task BeginAsync(GrainId grain)
    {
        lock (gate)
        {
            counts[grain] = counts.GetValueOrDefault(grain) + 1;
            if (!held.TryGetValue(grain, out var waiting))
                return Task.CompletedTask;
            reached[grain].TrySetResult();
            return waiting.Task;
        }
    }
}

/// <summary>A silo's store whose commits a test watches.</summary>
internal sealed class WatchedStore(ISharedGrainStore inner, CommitWatch watch) : ISharedGrainStore
{
    public string Owner => inner.Owner;

    public async ValueTask<CommitOutcome> CommitAsync(GrainCommit commit)
    {
        await watch.BeginAsync(commit.Grain);
        return await inner.CommitAsync(commit);
    }

    public ValueTask<StoredGrain?> LoadAsync(GrainId id, bool withEntries, CancellationToken cancellation = default) => inner.LoadAsync(id, withEntries, cancellation);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
        inner.ReadJournalAsync(grain, afterSequence, limit, cancellation);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        inner.ReadJournalAsync(afterPosition, limit, cancellation);

    public ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default) =>
        inner.ReadEffectsAsync(after, limit, cancellation);

    public ValueTask<IReadOnlyList<StoredAlarm>> ReadAlarmsAsync(DateTimeOffset dueBy, StoredAlarm? after, int limit, CancellationToken cancellation = default) =>
        inner.ReadAlarmsAsync(dueBy, after, limit, cancellation);

    public ValueTask<DateTimeOffset?> NextAlarmAsync(DateTimeOffset after, CancellationToken cancellation = default) => inner.NextAlarmAsync(after, cancellation);

    public ValueTask<IReadOnlyList<ParkedItem>> ReadParkedAsync(int limit, CancellationToken cancellation = default) => inner.ReadParkedAsync(limit, cancellation);

    public ValueTask<ParkedItem?> FindParkedAsync(string id, CancellationToken cancellation = default) => inner.FindParkedAsync(id, cancellation);

    public ValueTask<StoreCounts> CountAsync(DateTimeOffset dueBy, CancellationToken cancellation = default) => inner.CountAsync(dueBy, cancellation);

    public Task FinishAsync(EffectId effect) => inner.FinishAsync(effect);

    public Task FinishAsync(StoredAlarm alarm) => inner.FinishAsync(alarm);

    public Task ParkAsync(ParkedItem item) => inner.ParkAsync(item);

    public Task UnparkAsync(string id) => inner.UnparkAsync(id);

    public Task FlushAsync() => inner.FlushAsync();

    public ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(GrainId grain, CancellationToken cancellation = default) => inner.ReadEffectsAsync(grain, cancellation);

    public ValueTask<IReadOnlyList<StoredEffect>> ReadOwnEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default) =>
        inner.ReadOwnEffectsAsync(after, limit, cancellation);

    public ValueTask<IReadOnlyList<GrainId>> ReadOrphansAsync(IReadOnlyCollection<string> living, GrainId? after, int limit, CancellationToken cancellation = default) =>
        inner.ReadOrphansAsync(living, after, limit, cancellation);

    public ValueTask<IReadOnlyList<StoredEffect>> TakeOverEffectsAsync(GrainId grain, IReadOnlyCollection<string> living, CancellationToken cancellation = default) =>
        inner.TakeOverEffectsAsync(grain, living, cancellation);

    public ValueTask<int> TakeOverAlarmsAsync(IReadOnlyCollection<string> living, DateTimeOffset dueBy, int limit, CancellationToken cancellation = default) =>
        inner.TakeOverAlarmsAsync(living, dueBy, limit, cancellation);

    public ValueTask<IReadOnlyList<string>> ReadKeysAsync(string kind, string after, int limit, CancellationToken cancellation = default) =>
        inner.ReadKeysAsync(kind, after, limit, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
