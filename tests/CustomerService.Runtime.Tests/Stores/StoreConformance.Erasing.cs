using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Tests.Probes;

namespace CustomerService.Runtime.Tests.Stores;

// What commits do away with.
internal static partial class StoreConformance
{
    public static async Task EmptiedJournal_KeepsItsPlaces(IGrainStore store)
    {
        await store.CommitAsync(Commit(A, 0, "{}") with { Events = [Utf8("{\"e\":1}"), Utf8("{\"e\":2}")] });
        await store.CommitAsync(Commit(B, 0, "{}") with { Events = [Utf8("{\"b\":1}")] });
        await store.CommitAsync(Commit(A, 1, "{}") with { JournalSequence = 2, Events = [Utf8("{\"e\":3}")] });
        var before = await store.ReadJournalAsync(0, 10);

        var outcome = await store.CommitAsync(Commit(A, 2, "{\"now\":\"empty\"}") with { JournalSequence = 3, Events = [Utf8("{\"gone\":1}")], Effects = [Utf8("{}")], Erases = Erasure.Journal });
        await store.CommitAsync(Commit(A, 3, "{}") with { JournalSequence = 4, Events = [Utf8("{\"e\":5}")] });

        Assert.True(outcome.IsCommitted);
        var journal = await store.ReadJournalAsync(A, 0, 10);
        Assert.Equal([1, 2, 3, 4, 5], journal.Select(line => line.Sequence));
        Assert.All(journal.Take(3), line => Assert.IsType<Emptied>(ProbeFormat.Format.ReadEvent(line.Body)));
        Assert.Equal(["{\"gone\":1}", "{\"e\":5}"], journal.Skip(3).Select(line => Text(line.Body)));
        Assert.Equal(outcome.FirstPosition, journal[3].Position);
        var all = await store.ReadJournalAsync(0, 10);
        Assert.Equal(before.Select(line => (line.Position, line.Grain, line.Sequence, line.At)), all.Take(4).Select(line => (line.Position, line.Grain, line.Sequence, line.At)));
        Assert.Equal("{\"b\":1}", Text(all.Single(line => line.Grain == B).Body));
        Assert.Equal([new EffectId(A, 3, 0)], (await store.ReadEffectsAsync(null, 10)).Select(effect => effect.Id));
    }

    public static async Task VanishedGrain_LeavesNothing_AndMayComeAgain(IGrainStore store)
    {
        await store.CommitAsync(Commit(B, 0, "{}") with { Events = [Utf8("{\"b\":1}")], Effects = [Utf8("{}")], Alarms = [new AlarmChange("wake", Noon, Utf8("{}"))], Entries = [new EntryChange("k", "v")] });
        await store.CommitAsync(Commit(A, 0, "{}") with
        {
            Events = [Utf8("{\"e\":1}"), Utf8("{\"e\":2}")],
            Effects = [Utf8("{}")],
            Alarms = [new AlarmChange("wake", Noon, Utf8("{}"))],
            Entries = [new EntryChange("k", "v")],
        });

        Assert.True((await store.CommitAsync(Commit(A, 1, "{}") with { JournalSequence = 2, Erases = Erasure.Grain })).IsCommitted);

        Assert.Null(await store.LoadAsync(A, withEntries: true));
        Assert.Empty(await store.ReadJournalAsync(A, 0, 10));
        var all = await store.ReadJournalAsync(0, 10);
        Assert.Equal([B, ErasedEvents.Grain, ErasedEvents.Grain], all.Select(line => line.Grain));
        Assert.All(all.Skip(1), line => Assert.IsType<Emptied>(ProbeFormat.Format.ReadEvent(line.Body)));
        Assert.All(all.Skip(1), line => Assert.Equal(line.Position, line.Sequence));
        Assert.Equal(all.Skip(1), await store.ReadJournalAsync(ErasedEvents.Grain, 0, 10), (one, other) => one.Position == other.Position);
        Assert.Equal([B], (await store.ReadEffectsAsync(null, 10)).Select(effect => effect.Id.Source));
        Assert.Equal([B], (await store.ReadAlarmsAsync(DateTimeOffset.MaxValue, null, 10)).Select(alarm => alarm.Grain));
        Assert.Single((await store.LoadAsync(B, withEntries: true))!.Entries);

        Assert.True((await store.CommitAsync(Commit(A, 0, "{\"again\":1}") with { Events = [Utf8("{\"e\":1}")] })).IsCommitted);
        Assert.Equal((1, 1, 0), ((await store.LoadAsync(A, withEntries: true)) is { } again ? again.Version : 0, (await store.ReadJournalAsync(A, 0, 10)).Count, (await store.LoadAsync(A, withEntries: true))!.Entries.Length));
    }

    public static async Task StaleErasure_ConflictsAndErasesNothing(IGrainStore store)
    {
        await store.CommitAsync(Commit(A, 0, "{}") with { Events = [Utf8("{\"e\":1}")], Entries = [new EntryChange("k", "v")] });
        await store.CommitAsync(Commit(A, 1, "{\"v\":2}"));

        foreach (var erasure in new[] { Erasure.Journal, Erasure.Grain })
        {
            foreach (var stale in new[] { 1L, 3 })
                Assert.False((await store.CommitAsync(Commit(A, stale, "{}") with { JournalSequence = 1, Erases = erasure })).IsCommitted);
        }

        Assert.Equal((2, "{\"v\":2}", 1), ((await store.LoadAsync(A, withEntries: true)) is { } stored ? (stored.Version, Text(stored.State), stored.Entries.Length) : default));
        Assert.Equal("{\"e\":1}", Text(Assert.Single(await store.ReadJournalAsync(A, 0, 10)).Body));
    }
}
