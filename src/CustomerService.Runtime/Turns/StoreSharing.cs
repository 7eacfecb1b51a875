using System.Collections.Concurrent;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Turns;

/// <summary>What a host works with that shares its store with others.</summary>
/// <param name="Roster">Who of them lives; <see cref="IHostRoster.Me"/> is the store's <see cref="ISharedGrainStore.Owner"/>.</param>
public sealed record StoreSharing(ISharedGrainStore Store, IHostRoster Roster)
{
    // Nobody ever comes back under a name, so those that were looked for once and not found need not be looked for again.
    private readonly ConcurrentDictionary<string, bool> dead = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether one of these, who owned what was read before, is dead. A host that is not known here may have joined a moment ago: it is looked for
    /// before it is taken for dead.
    /// </summary>
    internal async ValueTask<bool> IsAnyDeadAsync(IEnumerable<string> owners)
    {
        var unknown = owners.Except(Roster.Living).ToList();
        if (unknown.TrueForAll(dead.ContainsKey))
            return unknown.Count > 0;
        if (!await Roster.RefreshAsync())
            return false;
        unknown = [.. unknown.Except(Roster.Living)];
        foreach (var owner in unknown)
            dead.TryAdd(owner, true);
        return unknown.Count > 0;
    }
}
