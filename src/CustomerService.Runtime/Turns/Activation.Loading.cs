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
        var stored = await environment.Store.LoadAsync(id, kind.IsIndexed);
        if (isUncertain)
            await AdoptAsync(stored);
        object loaded;
        try
        {
            loaded = stored is null ? kind.Initial(id.Key) : kind.Read(stored.State, stored.StateVersion);
            if (kind.IsIndexed)
                loaded = kind.Restore(loaded, stored?.Entries ?? []);
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

    /// <summary>A commit whose answer was lost did succeed: its effects and events are still to be carried out and told.</summary>
    private async ValueTask AdoptAsync(StoredGrain? stored)
    {
        if (stored is not null && stored.Version > version)
        {
            // Both are read before anything is done with them, so that a store that fails again leaves nothing done twice.
            var effects = await environment.Store.ReadEffectsAsync(new EffectId(id, version, int.MaxValue), MaxMissed);
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
