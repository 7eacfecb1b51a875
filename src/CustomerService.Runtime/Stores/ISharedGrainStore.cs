using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.Stores;

/// <summary>
/// A store that several hosts share. Each effect and each alarm has an owner: the host that committed it, which carries it out while it lives.
/// What the dead leave behind is taken over by the living, each piece by one of them.
/// </summary>
/// <remarks>
/// <see cref="IGrainReader.ReadAlarmsAsync"/> and <see cref="IGrainReader.NextAlarmAsync"/> give this host's own alarms only. Every method throws
/// <see cref="StoreUnavailableException"/> when the store can't be used now.
/// </remarks>
public interface ISharedGrainStore : IGrainStore
{
    /// <summary>Under which name this host owns what it commits. No other host ever has the same.</summary>
    string Owner { get; }

    /// <summary>One grain's effects that are not ticked off, by version and number, whoever owns them.</summary>
    ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(GrainId grain, CancellationToken cancellation = default);

    /// <summary>This host's own effects that are not ticked off, by grain, version and number, after one of them (from the first when null).</summary>
    ValueTask<IReadOnlyList<StoredEffect>> ReadOwnEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default);

    /// <summary>Grains, in their order and after one of them, with effects that nobody among the living owns.</summary>
    ValueTask<IReadOnlyList<GrainId>> ReadOrphansAsync(IReadOnlyCollection<string> living, GrainId? after, int limit, CancellationToken cancellation = default);

    /// <summary>Makes this host the owner of the grain's effects that nobody among the living owns.</summary>
    /// <returns>Those that it owns from now on, by version and number. Of hosts that ask at the same time, each effect goes to one.</returns>
    ValueTask<IReadOnlyList<StoredEffect>> TakeOverEffectsAsync(GrainId grain, IReadOnlyCollection<string> living, CancellationToken cancellation = default);

    /// <summary>Makes this host the owner of alarms due by a time that nobody among the living owns, the earliest first, at most <paramref name="limit"/>.</summary>
    /// <returns>How many it owns from now on. Of hosts that ask at the same time, each alarm goes to one.</returns>
    ValueTask<int> TakeOverAlarmsAsync(IReadOnlyCollection<string> living, DateTimeOffset dueBy, int limit, CancellationToken cancellation = default);

    /// <summary>The keys of stored grains of a kind, in their order, after one of them ("" for the first).</summary>
    ValueTask<IReadOnlyList<string>> ReadKeysAsync(string kind, string after, int limit, CancellationToken cancellation = default);
}
