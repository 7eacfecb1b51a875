using System.Collections.Immutable;
using System.Text;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Tests.Stores;

/// <summary>What every store must do. A test class for each store calls each of these on a fresh one.</summary>
internal static partial class StoreConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly GrainId A = new("probe", "a");
    private static readonly GrainId B = new("probe", "b");

    public static async Task Commit_IsReadBackWhole(IGrainStore store)
    {
        Assert.Null(await store.LoadAsync(A, withEntries: true));
        var commit = Commit(A, 0, "{\"text\":\"Grüße 👋 \\u0000\"}") with
        {
            Events = [Utf8("{\"e\":1}"), Utf8("{\"e\":2}")],
            Effects = [Utf8("{\"x\":1}"), Utf8("{\"x\":2}")],
            Alarms = [new AlarmChange("wake", Noon, Utf8("{\"c\":1}"))],
            Entries = [new EntryChange("k2", "two"), new EntryChange("k1", "one"), new EntryChange("k3", "")],
        };

        var outcome = await store.CommitAsync(commit);

        Assert.True(outcome.IsCommitted);
        var stored = await store.LoadAsync(A, withEntries: true);
        Assert.Equal((1, 1, 2), (stored!.Version, stored.StateVersion, stored.JournalSequence));
        Assert.Equal("{\"text\":\"Grüße 👋 \\u0000\"}", Text(stored.State));
        Assert.Equal(["k1=one", "k2=two", "k3="], stored.Entries.Select(entry => $"{entry.Key}={entry.Payload}"));
        Assert.Empty((await store.LoadAsync(A, withEntries: false))!.Entries);
        Assert.Equal([outcome.FirstPosition, outcome.FirstPosition + 1], (await store.ReadJournalAsync(0, 10)).Select(line => line.Position));
        Assert.Equal([(1, "{\"e\":1}", Noon), (2, "{\"e\":2}", Noon)], (await store.ReadJournalAsync(A, 0, 10)).Select(line => (line.Sequence, Text(line.Body), line.At)));
        Assert.Equal(["probe/a@1.0 {\"x\":1}", "probe/a@1.1 {\"x\":2}"], (await store.ReadEffectsAsync(null, 10)).Select(effect => $"{effect.Id} {Text(effect.Body)}"));
        var alarm = Assert.Single(await store.ReadAlarmsAsync(Noon, null, 10));
        Assert.Equal((A, "wake", Noon, 1), (alarm.Grain, alarm.Name, alarm.Due, alarm.Version));
        Assert.Equal("{\"c\":1}", Text(alarm.Body));
    }

    public static async Task StaleCommit_ConflictsAndWritesNothing(IGrainStore store)
    {
        await store.CommitAsync(Commit(A, 0, "{\"v\":1}"));
        await store.CommitAsync(Commit(A, 1, "{\"v\":2}"));

        foreach (var stale in new[] { 0L, 1, 3 })
        {
            var outcome = await store.CommitAsync(Commit(A, stale, "{\"v\":99}") with
            {
                Events = [Utf8("{}")],
                Effects = [Utf8("{}")],
                Alarms = [new AlarmChange("wake", Noon, Utf8("{}"))],
                Entries = [new EntryChange("k", "v")],
            });
            Assert.False(outcome.IsCommitted);
        }

        var stored = await store.LoadAsync(A, withEntries: true);
        Assert.Equal((2, "{\"v\":2}"), (stored!.Version, Text(stored.State)));
        Assert.Empty(stored.Entries);
        Assert.Empty(await store.ReadJournalAsync(0, 10));
        Assert.Empty(await store.ReadEffectsAsync(null, 10));
        Assert.Empty(await store.ReadAlarmsAsync(DateTimeOffset.MaxValue, null, 10));
    }

    public static async Task RacingWriters_ExactlyOneWinsEachVersion(IGrainStore store)
    {
        for (var version = 0; version < 10; version++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
                await store.CommitAsync(Commit(A, version, $"{{\"w\":{writer}}}") with { Events = [Utf8($"{{\"w\":{writer}}}")], JournalSequence = version }))));
            Assert.Single(outcomes, outcome => outcome.IsCommitted);
        }

        Assert.Equal(Enumerable.Range(1, 10).Select(sequence => (long)sequence), (await store.ReadJournalAsync(A, 0, 100)).Select(line => line.Sequence));
    }

    public static async Task ConflictInAGroup_DoesNotHurtTheOthers(IGrainStore store)
    {
        await store.CommitAsync(Commit(A, 0, "{}"));
        var writes = Enumerable.Range(0, 50)
            .Select(grain => store.CommitAsync(Commit(new GrainId("probe", $"g{grain}"), 0, "{}") with { Effects = [Utf8("{}")] }).AsTask())
            .Prepend(store.CommitAsync(Commit(A, 0, "{}") with { Effects = [Utf8("{}")] }).AsTask());

        var outcomes = await Task.WhenAll(writes);

        Assert.Equal(50, outcomes.Count(outcome => outcome.IsCommitted));
        Assert.False(outcomes[0].IsCommitted);
        Assert.Equal(50, (await store.ReadEffectsAsync(null, 100)).Count);
    }

    public static async Task BadWriteInAGroup_FailsAlone(IGrainStore store)
    {
        // An event that the journal already has breaks a constraint. A store with one host takes that for a bug, a shared one for another host's doing.
        await store.CommitAsync(Commit(A, 0, "{}") with { Events = [Utf8("{}")] });
        var bad = store.CommitAsync(Commit(A, 1, "{\"bad\":1}") with { Events = [Utf8("{}")] }).AsTask();
        var good = Enumerable.Range(0, 20).Select(grain => store.CommitAsync(Commit(new GrainId("probe", $"g{grain}"), 0, "{}")).AsTask()).ToArray();

        if (store is ISharedGrainStore)
            Assert.False((await bad).IsCommitted);
        else
            await Assert.ThrowsAsync<StoreUnavailableException>(() => bad);
        Assert.All(await Task.WhenAll(good), outcome => Assert.True(outcome.IsCommitted));
        Assert.Equal("{}", Text((await store.LoadAsync(A, withEntries: false))!.State));
    }

    public static async Task FinishedEffects_AreGone(IGrainStore store)
    {
        await store.CommitAsync(Commit(A, 0, "{}") with { Effects = [Utf8("{}"), Utf8("{}"), Utf8("{}")] });
        await store.FinishAsync(new EffectId(A, 1, 1));
        await Task.WhenAll(store.FinishAsync(new EffectId(A, 1, 0)), store.FinishAsync(new EffectId(A, 7, 7)), store.FinishAsync(new EffectId(B, 1, 2)));

        Assert.Equal([new EffectId(A, 1, 2)], (await store.ReadEffectsAsync(null, 10)).Select(effect => effect.Id));
    }

    public static async Task Effects_AreReadInPagesByGrainAndOrder(IGrainStore store)
    {
        foreach (var grain in new[] { new GrainId("probe", "Z"), new GrainId("probe", "a"), new GrainId("probe", "é"), new GrainId("lines", "z") })
        {
            for (var version = 0; version < 11; version++)
                await store.CommitAsync(Commit(grain, version, "{}") with { Effects = [Utf8("{}"), Utf8("{}")] });
        }

        var read = new List<EffectId>();
        IReadOnlyList<StoredEffect> page;
        do
        {
            page = await store.ReadEffectsAsync(read.Count > 0 ? read[^1] : null, 7);
            read.AddRange(page.Select(effect => effect.Id));
        }
        while (page.Count > 0);

        Assert.Equal(4 * 11 * 2, read.Count);
        Assert.Equal(read, read.OrderBy(id => id.Source.ToString(), StringComparer.Ordinal).ThenBy(id => id.Version).ThenBy(id => id.Number));
    }

    public static async Task Alarms_AreSetReplacedForgottenAndPaged(IGrainStore store)
    {
        await store.CommitAsync(Commit(A, 0, "{}") with { Alarms = [.. Enumerable.Range(0, 10).Select(n => new AlarmChange($"n{n}", Noon.AddMinutes(n), Utf8("{}")))] });
        await store.CommitAsync(Commit(B, 0, "{}") with { Alarms = [new AlarmChange("n0", Noon, Utf8("{}")), new AlarmChange("late", Noon.AddDays(400), Utf8("{}"))] });
        await store.CommitAsync(Commit(A, 1, "{}") with { Alarms = [new AlarmChange("n1", default, null), new AlarmChange("n2", Noon.AddHours(5), Utf8("{}")), new AlarmChange("none", default, null)] });

        var first = await store.ReadAlarmsAsync(Noon.AddMinutes(9), null, 4);
        var second = await store.ReadAlarmsAsync(Noon.AddMinutes(9), first[^1], 100);

        Assert.Equal(["a:n0", "b:n0", "a:n3", "a:n4", "a:n5", "a:n6", "a:n7", "a:n8", "a:n9"], first.Concat(second).Select(alarm => $"{alarm.Grain.Key}:{alarm.Name}"));
        Assert.Equal(Noon.AddHours(5), await store.NextAlarmAsync(Noon.AddMinutes(9)));
        Assert.Equal(Noon.AddDays(400), await store.NextAlarmAsync(Noon.AddHours(5)));
        Assert.Null(await store.NextAlarmAsync(Noon.AddDays(400)));
    }

    public static async Task FinishingAnOldAlarm_LeavesTheNewOneOfItsName(IGrainStore store)
    {
        await store.CommitAsync(Commit(A, 0, "{}") with { Alarms = [new AlarmChange("wake", Noon, Utf8("{}"))] });
        var old = Assert.Single(await store.ReadAlarmsAsync(Noon, null, 10));
        await store.CommitAsync(Commit(A, 1, "{}") with { Alarms = [new AlarmChange("wake", Noon, Utf8("{\"new\":1}"))] });

        await store.FinishAsync(old);

        var left = Assert.Single(await store.ReadAlarmsAsync(Noon, null, 10));
        Assert.Equal("{\"new\":1}", Text(left.Body));
        await store.FinishAsync(left);
        Assert.Empty(await store.ReadAlarmsAsync(Noon, null, 10));
    }

    public static async Task Entries_AreReplacedAndRemoved(IGrainStore store)
    {
        await store.CommitAsync(Commit(A, 0, "{}") with { Entries = [new EntryChange("a", "1"), new EntryChange("B", "2"), new EntryChange("c", "3")] });
        await store.CommitAsync(Commit(B, 0, "{}") with { Entries = [new EntryChange("a", "other")] });
        await store.CommitAsync(Commit(A, 1, "{}") with { Entries = [new EntryChange("a", "one"), new EntryChange("c", null), new EntryChange("none", null)] });

        Assert.Equal(["B=2", "a=one"], (await store.LoadAsync(A, withEntries: true))!.Entries.Select(entry => $"{entry.Key}={entry.Payload}"));

        // Keys that no grain's key can begin with: a queue keeps its agents and its policy under such.
        await store.CommitAsync(Commit(A, 2, "{}") with { Entries = [new EntryChange("\u001fada", "agent"), new EntryChange("\u001epolicy", "{}")] });
        Assert.Equal(["\u001epolicy", "\u001fada", "B", "a"], (await store.LoadAsync(A, withEntries: true))!.Entries.Select(entry => entry.Key));
    }

    public static async Task Journal_IsReadFromAnyPlaceInOrder(IGrainStore store)
    {
        for (var round = 0; round < 5; round++)
        {
            foreach (var grain in new[] { A, B })
                await store.CommitAsync(Commit(grain, round, "{}") with { JournalSequence = round * 2, Events = [Utf8($"{{\"n\":{round * 2}}}"), Utf8($"{{\"n\":{(round * 2) + 1}}}")] });
        }

        var all = await store.ReadJournalAsync(0, 100);
        Assert.Equal(20, all.Count);
        Assert.Equal(all.Select(line => line.Position).Order(), all.Select(line => line.Position));
        Assert.Equal(all.Skip(7).Take(5).Select(line => line.Position), (await store.ReadJournalAsync(all[6].Position, 5)).Select(line => line.Position));
        Assert.Equal([4L, 5, 6], (await store.ReadJournalAsync(B, 3, 3)).Select(line => line.Sequence));
        Assert.Equal(["{\"n\":3}", "{\"n\":4}", "{\"n\":5}"], (await store.ReadJournalAsync(B, 3, 3)).Select(line => Text(line.Body)));
        Assert.Empty(await store.ReadJournalAsync(new GrainId("probe", "c"), 0, 10));
    }

    public static Task JournalReader_MissesNothingWhileOthersWrite(IGrainStore store) => JournalReader_MissesNothing(store, store);

    /// <summary>Two writers (the same store twice, or two that share a database), and a reader that always goes on from the last position.</summary>
    public static async Task JournalReader_MissesNothing(IGrainStore one, IGrainStore other)
    {
        const int writers = 8, each = 40;
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var store = writer % 2 == 0 ? one : other;
            for (var version = 0; version < each; version++)
                await store.CommitAsync(Commit(new GrainId("probe", $"w{writer}"), version, "{}") with { JournalSequence = version, Events = [Utf8("{}")] });
        })));

        var seen = new List<StoredEvent>();
        bool wasWriting;
        int found;
        do
        {
            wasWriting = !writing.IsCompleted;
            var page = await one.ReadJournalAsync(seen.Count > 0 ? seen[^1].Position : 0, 50);
            seen.AddRange(page);
            found = page.Count;
        }
        while (wasWriting || found > 0);

        await writing;
        Assert.Equal(writers * each, seen.Select(line => (line.Grain, line.Sequence)).Distinct().Count());
        Assert.Equal(writers * each, seen.Count);
    }

    public static async Task ParkedItems_AreKeptReplacedAndForgotten(IGrainStore store)
    {
        var item = ParkedItem.Of(A, Utf8("{\"a\":1}"), "First\nreason", Noon);
        await store.ParkAsync(item);
        await store.ParkAsync(ParkedItem.Of(B, Utf8("{\"b\":1}"), "Other", Noon.AddSeconds(1)));
        await store.ParkAsync(ParkedItem.Of(A, Utf8("{\"a\":1}"), "Second", Noon.AddSeconds(2)));

        Assert.Equal(["Other", "Second"], (await store.ReadParkedAsync(10)).Select(parked => parked.Reason));
        var found = await store.FindParkedAsync(item.Id);
        Assert.Equal((A, "{\"a\":1}", Noon.AddSeconds(2)), (found!.Grain, Text(found.Body), found.At));
        await store.UnparkAsync(item.Id);
        await store.UnparkAsync("p-none");
        Assert.Null(await store.FindParkedAsync(item.Id));
        Assert.Single(await store.ReadParkedAsync(10));
    }

    public static async Task Counts_AreOfWhatIsStillToBeDone(IGrainStore store)
    {
        Assert.Equal(default, await store.CountAsync(Noon));
        await store.CommitAsync(Commit(A, 0, "{}") with { Effects = [Utf8("{}"), Utf8("{}"), Utf8("{}")], Alarms = [new AlarmChange("soon", Noon, Utf8("{}"))] });
        await store.CommitAsync(Commit(B, 0, "{}") with { Alarms = [new AlarmChange("later", Noon.AddMinutes(1), Utf8("{}")), new AlarmChange("latest", Noon.AddDays(1), Utf8("{}"))] });
        await store.ParkAsync(ParkedItem.Of(A, Utf8("{}"), "Reason", Noon));

        Assert.Equal(new StoreCounts(Effects: 3, AlarmsDue: 1, AlarmsWaiting: 2, Parked: 1), await store.CountAsync(Noon));
        await store.FinishAsync(new EffectId(A, 1, 0));
        Assert.Equal(new StoreCounts(Effects: 2, AlarmsDue: 2, AlarmsWaiting: 1, Parked: 1), await store.CountAsync(Noon.AddMinutes(1)));
    }

    public static async Task ClosedStore_RefusesInsteadOfHanging(IGrainStore store)
    {
        await store.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(Commit(A, 0, "{}")));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.LoadAsync(A, withEntries: false));
        await store.DisposeAsync();
    }

    public static GrainCommit Commit(GrainId grain, long version, string state) =>
        new(grain, version, 1, Utf8(state), 0, Noon, [], [], [], []);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
