using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Turns;

/// <summary>What a host works with that shares its store with others.</summary>
/// <param name="Roster">Who of them lives; <see cref="IHostRoster.Me"/> is the store's <see cref="ISharedGrainStore.Owner"/>.</param>
public sealed record StoreSharing(ISharedGrainStore Store, IHostRoster Roster);
