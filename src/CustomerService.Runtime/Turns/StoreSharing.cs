using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Turns;

/// <summary>What a host works with that shares its store with others.</summary>
/// <param name="Roster">Who of them lives; <see cref="IHostRoster.Me"/> is the store's <see cref="ISharedGrainStore.Owner"/>.</param>
public sealed record StoreSharing(ISharedGrainStore Store, IHostRoster Roster)
{
    /// <summary>
    /// Whether one of those who own these effects is dead. A host that is not known here may have joined a moment ago: it is looked for before it is taken for
    /// dead, each time, so that <see cref="IHostRoster.Living"/> is as it is now for who takes over what they left.
    /// </summary>
    internal async ValueTask<bool> IsAnyOwnerDeadAsync(IReadOnlyCollection<StoredEffect> left) =>
        IsAnyUnknown(left) && await Roster.RefreshAsync() && IsAnyUnknown(left);

    private bool IsAnyUnknown(IReadOnlyCollection<StoredEffect> left)
    {
        var living = Roster.Living;
        return left.Any(effect => !living.Contains(effect.Owner));
    }
}
