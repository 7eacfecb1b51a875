using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Turns;

// How a grain comes into memory, for the first time or after a doubt.
public sealed partial class Activation
{
    // More than one commit can hold: only one can be in doubt.
    private const int MaxMissed = 10_000;

    /// <returns>Why the stored state can't be read; null when it was loaded.</returns>
    private async ValueTask<Exception?> LoadAsync()
    {
        var stored = await environment.Store.LoadAsync(id, kind.IsIndexed || environment.Sharing is not null);
        if (isUncertain)
            await AdoptAsync(stored);
        if (stored is { HasEffects: true })
            await TakeUpAsync();
        object loaded;
        try
        {
            loaded = stored is null ? kind.Initial(id.Key) : kind.Read(stored.State, stored.StateVersion);
            if (kind.IsIndexed)
                loaded = kind.Restore(loaded, HeardTells.Without(stored?.Entries ?? []));
            heard = environment.Sharing is null ? null : new HeardTells(stored?.Entries ?? []);
        }
#pragma warning disable CA1031 // Whatever makes a state unreadable, its commands are parked with the reason.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new InvalidOperationException($"The stored state of {id} can't be read: {fault.Message}", fault);
        }

        (state, version, sequence) = (loaded, stored?.Version ?? 0, stored?.JournalSequence ?? 0);
        return null;
    }

    /// <summary>
    /// In a host that shares its store: has what this grain once wanted carried out, where those who should have done it are gone. A grain that comes into
    /// memory does so by itself; call this for one that nobody asks. Never while a batch runs.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store can't be used now.</exception>
    public async ValueTask ResumeAsync()
    {
        if (environment.Sharing is not null)
            await TakeUpAsync();
    }

    private async ValueTask TakeUpAsync()
    {
        if (environment.Sharing is not { } sharing)
            return;
        var left = await sharing.Store.ReadEffectsAsync(id);
        var taken = await sharing.IsAnyOwnerDeadAsync(left)
            ? (await sharing.Store.TakeOverEffectsAsync(id, sharing.Roster.Living)).Select(effect => effect.Id).ToHashSet()
            : [];

        // Work that another host does is its to finish. Tells are brought from here as well, whoever else brings them, perhaps a host that has just been quicker
        // to take them over: they come before those of this activation, and who gets them twice knows it.
        var toCarry = new List<PendingEffect>();
        foreach (var effect in left)
        {
            var isOurs = effect.Owner == sharing.Roster.Me || taken.Contains(effect.Id);
            if (environment.Read(effect) is { } pending && (isOurs || pending.Effect is Tell))
                toCarry.Add(pending);
        }

        carrier.Adopt(toCarry.ToArray());
    }

    /// <summary>A commit whose answer was lost did succeed: its effects and events are still to be carried out and told.</summary>
    private async ValueTask AdoptAsync(StoredGrain? stored)
    {
        if (stored is not null && stored.Version > version)
        {
            // Both are read before anything is done with them, so that a store that fails again leaves nothing done twice.
            IReadOnlyList<StoredEffect> effects = environment.Sharing is null
                ? await environment.Store.ReadEffectsAsync(new EffectId(id, version, int.MaxValue), MaxMissed)
                : []; // The grain takes up all that is left in any case.
            var events = await environment.Store.ReadJournalAsync(id, sequence, MaxMissed);
            foreach (var line in events)
                environment.Feed.Publish(new JournalEntry(line.Position, line.Grain, line.Sequence, line.At, environment.Format.ReadEvent(line.Body)));
            foreach (var effect in effects.TakeWhile(effect => effect.Id.Source == id))
            {
                if (environment.Read(effect) is { } pending)
                    carrier.Carry([pending]);
            }

            carrier.AlarmSet(environment.Time.GetUtcNow());
        }

        isUncertain = false;
    }
}
