using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;

namespace CustomerService.Bench.Running;

/// <summary>The store as it is, with a note of every write that it made durable.</summary>
internal class WatchedStore(IGrainStore inner) : IGrainStore
{
    private readonly Lock _gate = new();
    private WriteVolume _written = new();
    private TaskCompletionSource? _settled;

    /// <summary>All that was written so far.</summary>
    public WriteVolume Written
    {
        get
        {
            lock (_gate)
                return _written;
        }
    }

    /// <summary>Called after each commit with the timestamp before it.</summary>
    public Action<GrainCommit, long>? Committed { get; set; }

    private bool IsSettled => _written.Effects.Inserts == _written.Effects.Deletes;

    /// <summary>Ends when no effect is left to carry out: no run, no tell.</summary>
    public Task WhenSettledAsync()
    {
        lock (_gate)
        {
            if (IsSettled)
                return Task.CompletedTask;
            _settled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _settled.Task;
        }
    }

    public async ValueTask<CommitOutcome> CommitAsync(GrainCommit commit)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var outcome = await inner.CommitAsync(commit);
        if (outcome.IsCommitted)
        {
            lock (_gate)
                _written = _written.With(commit);
            Committed?.Invoke(commit, started);
        }

        return outcome;
    }

    public Task FinishAsync(EffectId effect)
    {
        var finished = inner.FinishAsync(effect);
        lock (_gate)
        {
            _written = _written with { Effects = _written.Effects.WithDelete() };
            if (IsSettled)
            {
                _settled?.SetResult();
                _settled = null;
            }
        }

        return finished;
    }

    public Task FinishAsync(StoredAlarm alarm) => inner.FinishAsync(alarm);

    public Task ParkAsync(ParkedItem item) => inner.ParkAsync(item);

    public Task UnparkAsync(string id) => inner.UnparkAsync(id);

    public Task FlushAsync() => inner.FlushAsync();

    public ValueTask<StoredGrain?> LoadAsync(GrainId id, bool withEntries, CancellationToken cancellation = default) =>
        inner.LoadAsync(id, withEntries, cancellation);

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

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
