using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Bench.Running;

/// <summary>The same of a store that several hosts share.</summary>
internal sealed class WatchedSharedStore(ISharedGrainStore inner) : WatchedStore(inner), ISharedGrainStore
{
    public string Owner => inner.Owner;

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
}
