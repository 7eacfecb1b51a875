using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;

namespace CustomerService.Runtime.Tests.Stores;

/// <summary>The SQLite store does what every store must.</summary>
public sealed class SqliteStoreTests
{
    [Fact]
    public Task Commit_IsReadBackWhole() => OnFreshStoreAsync(StoreConformance.Commit_IsReadBackWhole);

    [Fact]
    public Task StaleCommit_ConflictsAndWritesNothing() => OnFreshStoreAsync(StoreConformance.StaleCommit_ConflictsAndWritesNothing);

    [Fact]
    public Task RacingWriters_ExactlyOneWinsEachVersion() => OnFreshStoreAsync(StoreConformance.RacingWriters_ExactlyOneWinsEachVersion);

    [Fact]
    public Task ConflictInAGroup_DoesNotHurtTheOthers() => OnFreshStoreAsync(StoreConformance.ConflictInAGroup_DoesNotHurtTheOthers);

    [Fact]
    public Task BadWriteInAGroup_FailsAlone() => OnFreshStoreAsync(StoreConformance.BadWriteInAGroup_FailsAlone);

    [Fact]
    public Task FinishedEffects_AreGone() => OnFreshStoreAsync(StoreConformance.FinishedEffects_AreGone);

    [Fact]
    public Task Effects_AreReadInPagesByGrainAndOrder() => OnFreshStoreAsync(StoreConformance.Effects_AreReadInPagesByGrainAndOrder);

    [Fact]
    public Task Alarms_AreSetReplacedForgottenAndPaged() => OnFreshStoreAsync(StoreConformance.Alarms_AreSetReplacedForgottenAndPaged);

    [Fact]
    public Task FinishingAnOldAlarm_LeavesTheNewOneOfItsName() => OnFreshStoreAsync(StoreConformance.FinishingAnOldAlarm_LeavesTheNewOneOfItsName);

    [Fact]
    public Task Entries_AreReplacedAndRemoved() => OnFreshStoreAsync(StoreConformance.Entries_AreReplacedAndRemoved);

    [Fact]
    public Task Journal_IsReadFromAnyPlaceInOrder() => OnFreshStoreAsync(StoreConformance.Journal_IsReadFromAnyPlaceInOrder);

    [Fact]
    public Task JournalReader_MissesNothingWhileOthersWrite() => OnFreshStoreAsync(StoreConformance.JournalReader_MissesNothingWhileOthersWrite);

    [Fact]
    public Task ParkedItems_AreKeptReplacedAndForgotten() => OnFreshStoreAsync(StoreConformance.ParkedItems_AreKeptReplacedAndForgotten);

    [Fact]
    public Task Counts_AreOfWhatIsStillToBeDone() => OnFreshStoreAsync(StoreConformance.Counts_AreOfWhatIsStillToBeDone);

    [Fact]
    public Task EmptiedJournal_KeepsItsPlaces() => OnFreshStoreAsync(StoreConformance.EmptiedJournal_KeepsItsPlaces);

    [Fact]
    public Task VanishedGrain_LeavesNothing_AndMayComeAgain() => OnFreshStoreAsync(StoreConformance.VanishedGrain_LeavesNothing_AndMayComeAgain);

    [Fact]
    public Task StaleErasure_ConflictsAndErasesNothing() => OnFreshStoreAsync(StoreConformance.StaleErasure_ConflictsAndErasesNothing);

    [Fact]
    public Task ClosedStore_RefusesInsteadOfHanging() => OnFreshStoreAsync(StoreConformance.ClosedStore_RefusesInsteadOfHanging);

    private static async Task OnFreshStoreAsync(Func<IGrainStore, Task> check)
    {
        var folder = Directory.CreateTempSubdirectory("sqlite-test-").FullName;
        try
        {
            await using var store = SqliteStore.Open(folder);
            await check(store);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
