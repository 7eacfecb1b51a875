using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Tests;

namespace CustomerService.Runtime.Tests.Stores;

/// <summary>What is committed belongs to the host that committed it, and to one of the living when that one is dead.</summary>
public sealed class PostgreSqlSharingTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly GrainId A = new("probe", "a");
    private static readonly GrainId B = new("probe", "b");

    private PostgreSqlStore dead = null!;
    private PostgreSqlStore one = null!;
    private PostgreSqlStore other = null!;

    public async Task InitializeAsync()
    {
        if (Requires.PostgreSqlBin is null)
            return;
        var database = await server.CreateMigratedAsync();
        dead = await PostgreSqlStore.OpenAsync(database, "dead");
        one = await PostgreSqlStore.OpenAsync(database, "one");
        other = await PostgreSqlStore.OpenAsync(database, "other");
    }

    public async Task DisposeAsync()
    {
        foreach (var store in new[] { dead, one, other })
            await (store?.DisposeAsync() ?? default);
    }

    [RequiresFact("postgresql")]
    public async Task LoadedGrain_SaysWhetherEffectsAreLeft()
    {
        await one.CommitAsync(With(A, 0, effects: 1));
        Assert.True((await other.LoadAsync(A, withEntries: false))!.HasEffects);

        await one.FinishAsync(new EffectId(A, 1, 0));
        Assert.False((await other.LoadAsync(A, withEntries: false))!.HasEffects);
    }

    [RequiresFact("postgresql")]
    public async Task OwnEffects_AreThoseThatThisHostCommitted()
    {
        await one.CommitAsync(With(A, 0, effects: 2));
        await other.CommitAsync(With(B, 0, effects: 1));

        Assert.Equal(["probe/a@1.0", "probe/a@1.1"], (await one.ReadOwnEffectsAsync(null, 10)).Select(effect => effect.Id.ToString()));
        Assert.Equal("probe/a@1.1", Assert.Single(await one.ReadOwnEffectsAsync(new EffectId(A, 1, 0), 1)).Id.ToString());
        Assert.Equal("other", Assert.Single(await one.ReadEffectsAsync(B)).Owner);
    }

    [RequiresFact("postgresql")]
    public async Task GrainsOfADeadHost_AreOrphans_ThoseOfALivingOneAreNot()
    {
        await dead.CommitAsync(With(B, 0, effects: 2));
        await dead.CommitAsync(With(A, 0, effects: 1));
        await one.CommitAsync(With(new GrainId("probe", "c"), 0, effects: 1));

        Assert.Equal([A, B], await one.ReadOrphansAsync(["one", "other"], null, 10));
        Assert.Equal([B], await one.ReadOrphansAsync(["one", "other"], A, 10));
        Assert.Empty(await one.ReadOrphansAsync(["one", "other", "dead"], null, 10));
    }

    [RequiresFact("postgresql")]
    public async Task EffectsOfADeadHost_GoToOneOfThoseWhoTakeThemOver()
    {
        for (var round = 0; round < 20; round++)
        {
            await dead.CommitAsync(With(A, round, effects: 3));

            var taken = await Task.WhenAll(
                one.TakeOverEffectsAsync(A, ["one", "other"]).AsTask(), other.TakeOverEffectsAsync(A, ["one", "other"]).AsTask());

            Assert.Equal([0, 3], taken.Select(effects => effects.Count).Order());
            var mine = Assert.Single(taken, effects => effects.Count == 3);
            Assert.Equal([0, 1, 2], mine.Select(effect => effect.Id.Number));
            foreach (var effect in mine)
                await one.FinishAsync(effect.Id);
        }
    }

    [RequiresFact("postgresql")]
    public async Task EffectsOfALivingHost_StayItsOwn()
    {
        await other.CommitAsync(With(A, 0, effects: 1));

        Assert.Empty(await one.TakeOverEffectsAsync(A, ["one", "other"]));
        Assert.Equal("other", Assert.Single(await one.ReadEffectsAsync(A)).Owner);
    }

    [RequiresFact("postgresql")]
    public async Task Alarms_RingAtTheirOwnersOnly()
    {
        await one.CommitAsync(With(A, 0, alarm: Noon));

        Assert.Equal(A, Assert.Single(await one.ReadAlarmsAsync(Noon, null, 10)).Grain);
        Assert.Empty(await other.ReadAlarmsAsync(Noon, null, 10));
        Assert.Null(await other.NextAlarmAsync(DateTimeOffset.MinValue));

        // Whoever sets an alarm anew rings it.
        await other.CommitAsync(With(A, 1, alarm: Noon.AddHours(1)));
        Assert.Empty(await one.ReadAlarmsAsync(DateTimeOffset.MaxValue, null, 10));
        Assert.Equal(Noon.AddHours(1), await other.NextAlarmAsync(Noon));
    }

    [RequiresFact("postgresql")]
    public async Task AlarmsOfADeadHost_AreTakenOverOnceAndWhenTheyAreDueSoon()
    {
        for (var grain = 0; grain < 50; grain++)
            await dead.CommitAsync(With(new GrainId("probe", $"soon-{grain}"), 0, alarm: Noon));
        await dead.CommitAsync(With(A, 0, alarm: Noon.AddDays(1)));
        await other.CommitAsync(With(B, 0, alarm: Noon));

        var taken = await Task.WhenAll(one.TakeOverAlarmsAsync(["one", "other"], Noon, 30).AsTask(), other.TakeOverAlarmsAsync(["one", "other"], Noon, 30).AsTask());
        var rest = await one.TakeOverAlarmsAsync(["one", "other"], Noon, 100);

        Assert.Equal(50, taken.Sum() + rest);
        var ringing = (await one.ReadAlarmsAsync(Noon, null, 100)).Concat(await other.ReadAlarmsAsync(Noon, null, 100)).Select(alarm => alarm.Grain.Key).ToArray();
        Assert.Equal(51, ringing.Length);
        Assert.Equal(51, ringing.Distinct().Count());
        Assert.Equal(A, Assert.Single(await dead.ReadAlarmsAsync(DateTimeOffset.MaxValue, null, 10)).Grain);
        Assert.Equal(0, await one.TakeOverAlarmsAsync(["one", "other"], Noon, 100));
    }

    [RequiresFact("postgresql")]
    public async Task AlarmsOfSeveralDeadHosts_AreAllTakenOver_WhereverTheirNamesSort()
    {
        await dead.CommitAsync(With(A, 0, alarm: Noon));
        await other.CommitAsync(With(B, 0, alarm: Noon));
        await one.CommitAsync(With(new GrainId("probe", "mine"), 0, alarm: Noon));

        Assert.Equal(2, await one.TakeOverAlarmsAsync(["one"], Noon, 10));

        Assert.Equal(3, (await one.ReadAlarmsAsync(Noon, null, 10)).Count);
    }

    [RequiresFact("postgresql")]
    public async Task EventsThatAnotherHostHasNumbered_AreAStaleCommitAndNoFault()
    {
        await one.CommitAsync(StoreConformance.Commit(A, 0, "{}") with { Events = [StoreConformance.Utf8("{}")] });

        // The state's version fits, and the journal is further than its writer knows.
        var outcome = await other.CommitAsync(StoreConformance.Commit(A, 1, "{}") with { Events = [StoreConformance.Utf8("{}")] });

        Assert.False(outcome.IsCommitted);
        Assert.Equal(1, (await one.LoadAsync(A, withEntries: false))!.Version);
    }

    [RequiresFact("postgresql")]
    public async Task Keys_AreReadInPages()
    {
        await one.CommitAsync(With(B, 0));
        await other.CommitAsync(With(A, 0));
        await other.CommitAsync(With(new GrainId("queue", "c"), 0));

        Assert.Equal(["a", "b"], await one.ReadKeysAsync("probe", "", 10));
        Assert.Equal(["b"], await one.ReadKeysAsync("probe", "a", 10));
        Assert.Equal(["a"], await one.ReadKeysAsync("probe", "", 1));
    }

    private static GrainCommit With(GrainId grain, long version, int effects = 0, DateTimeOffset? alarm = null) => StoreConformance.Commit(grain, version, "{}") with
    {
        Effects = [.. Enumerable.Repeat(StoreConformance.Utf8("{}"), effects)],
        Alarms = alarm is { } due ? [new AlarmChange("wake", due, StoreConformance.Utf8("{}"))] : [],
    };
}
