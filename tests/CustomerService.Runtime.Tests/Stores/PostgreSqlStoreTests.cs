using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using Npgsql;

namespace CustomerService.Runtime.Tests.Stores;

/// <summary>The PostgreSQL store does what every store must, on a real server.</summary>
public sealed class PostgreSqlStoreTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [RequiresFact("postgresql")]
    public Task Commit_IsReadBackWhole() => OnFreshStoreAsync(StoreConformance.Commit_IsReadBackWhole);

    [RequiresFact("postgresql")]
    public Task StaleCommit_ConflictsAndWritesNothing() => OnFreshStoreAsync(StoreConformance.StaleCommit_ConflictsAndWritesNothing);

    [RequiresFact("postgresql")]
    public Task RacingWriters_ExactlyOneWinsEachVersion() => OnFreshStoreAsync(StoreConformance.RacingWriters_ExactlyOneWinsEachVersion);

    [RequiresFact("postgresql")]
    public Task ConflictInAGroup_DoesNotHurtTheOthers() => OnFreshStoreAsync(StoreConformance.ConflictInAGroup_DoesNotHurtTheOthers);

    [RequiresFact("postgresql")]
    public Task BadWriteInAGroup_FailsAlone() => OnFreshStoreAsync(StoreConformance.BadWriteInAGroup_FailsAlone);

    [RequiresFact("postgresql")]
    public Task FinishedEffects_AreGone() => OnFreshStoreAsync(StoreConformance.FinishedEffects_AreGone);

    [RequiresFact("postgresql")]
    public Task Effects_AreReadInPagesByGrainAndOrder() => OnFreshStoreAsync(StoreConformance.Effects_AreReadInPagesByGrainAndOrder);

    [RequiresFact("postgresql")]
    public Task Alarms_AreSetReplacedForgottenAndPaged() => OnFreshStoreAsync(StoreConformance.Alarms_AreSetReplacedForgottenAndPaged);

    [RequiresFact("postgresql")]
    public Task FinishingAnOldAlarm_LeavesTheNewOneOfItsName() => OnFreshStoreAsync(StoreConformance.FinishingAnOldAlarm_LeavesTheNewOneOfItsName);

    [RequiresFact("postgresql")]
    public Task Entries_AreReplacedAndRemoved() => OnFreshStoreAsync(StoreConformance.Entries_AreReplacedAndRemoved);

    [RequiresFact("postgresql")]
    public Task Journal_IsReadFromAnyPlaceInOrder() => OnFreshStoreAsync(StoreConformance.Journal_IsReadFromAnyPlaceInOrder);

    [RequiresFact("postgresql")]
    public Task JournalReader_MissesNothingWhileOthersWrite() => OnFreshStoreAsync(StoreConformance.JournalReader_MissesNothingWhileOthersWrite);

    [RequiresFact("postgresql")]
    public Task ParkedItems_AreKeptReplacedAndForgotten() => OnFreshStoreAsync(StoreConformance.ParkedItems_AreKeptReplacedAndForgotten);

    [RequiresFact("postgresql")]
    public Task Counts_AreOfWhatIsStillToBeDone() => OnFreshStoreAsync(StoreConformance.Counts_AreOfWhatIsStillToBeDone);

    [RequiresFact("postgresql")]
    public Task EmptiedJournal_KeepsItsPlaces() => OnFreshStoreAsync(StoreConformance.EmptiedJournal_KeepsItsPlaces);

    [RequiresFact("postgresql")]
    public Task VanishedGrain_LeavesNothing_AndMayComeAgain() => OnFreshStoreAsync(StoreConformance.VanishedGrain_LeavesNothing_AndMayComeAgain);

    [RequiresFact("postgresql")]
    public Task StaleErasure_ConflictsAndErasesNothing() => OnFreshStoreAsync(StoreConformance.StaleErasure_ConflictsAndErasesNothing);

    [RequiresFact("postgresql")]
    public Task ClosedStore_RefusesInsteadOfHanging() => OnFreshStoreAsync(StoreConformance.ClosedStore_RefusesInsteadOfHanging);

    [RequiresFact("postgresql")]
    public async Task TwoProcessesOnOneDatabase_JournalReaderMissesNothing()
    {
        var database = await server.CreateMigratedAsync();
        var opened = await Task.WhenAll(PostgreSqlStore.OpenAsync(database, "one"), PostgreSqlStore.OpenAsync(database, "other"));
        await using var one = opened[0];
        await using var other = opened[1];

        await StoreConformance.JournalReader_MissesNothing(one, other);
    }

    [RequiresFact("postgresql")]
    public async Task TwoProcessesOnOneDatabase_OneWinsEachVersion()
    {
        var database = await server.CreateMigratedAsync();
        await using var one = await PostgreSqlStore.OpenAsync(database, "one");
        await using var other = await PostgreSqlStore.OpenAsync(database, "other");

        // Both write the same grains in groups, in opposite orders: no deadlock, no double win.
        for (var version = 0; version < 10; version++)
        {
            var grains = Enumerable.Range(0, 20).Select(grain => new GrainId("probe", $"g{grain}")).ToArray();
            var first = grains.Select(grain => one.CommitAsync(StoreConformance.Commit(grain, version, "{}")).AsTask()).ToArray();
            var second = grains.Reverse().Select(grain => other.CommitAsync(StoreConformance.Commit(grain, version, "{}")).AsTask()).Reverse().ToArray();
            var outcomes = (await Task.WhenAll(first)).Zip(await Task.WhenAll(second));
            Assert.All(outcomes, pair => Assert.True(pair.First.IsCommitted ^ pair.Second.IsCommitted));
        }
    }

    [Fact]
    public async Task BadConnectionString_IsRefusedWithAReason()
    {
        var fault = await Assert.ThrowsAsync<StoreOpenException>(() => PostgreSqlStore.OpenAsync("Hots=x", "one"));
        Assert.Contains("Host=", fault.Message, StringComparison.Ordinal);
    }

    private async Task OnFreshStoreAsync(Func<IGrainStore, Task> check)
    {
        await using var store = await PostgreSqlStore.OpenAsync(await server.CreateMigratedAsync(), "one");
        await check(store);
    }
}
