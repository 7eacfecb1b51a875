using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;
using Microsoft.Data.Sqlite;

namespace CustomerService.Runtime.Tests.Stores;

public sealed class SqliteFaultTests : IDisposable
{
    private static readonly GrainId A = new("probe", "a");

    private readonly string folder = Directory.CreateTempSubdirectory("sqlite-fault-").FullName;

    private string File => Path.Combine(folder, SqliteStore.FileName);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task FullDisk_RefusesWithoutFalseAcknowledgement_AndRecoversWhenThereIsSpace()
    {
        await using var store = SqliteStore.Open(folder);
        var big = $"{{\"text\":\"{new string('x', 20_000)}\"}}";
        Assert.True((await store.CommitAsync(StoreConformance.Commit(A, 0, "{\"n\":1}") with { Events = [StoreConformance.Utf8("{}")], Effects = [StoreConformance.Utf8("{}")] })).IsCommitted);
        store.LimitPages(1);

        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            for (var grain = 0; grain < 100; grain++)
                await store.CommitAsync(StoreConformance.Commit(new GrainId("probe", $"g{grain}"), 0, big));
        });
        Assert.Contains("full", fault.Message, StringComparison.Ordinal);
        Assert.Contains(File, fault.Message, StringComparison.Ordinal);
        // A tick that fails is kept, and written when it can be.
        var tick = store.FinishAsync(new EffectId(A, 1, 0));
        Assert.Equal("{\"n\":1}", StoreConformance.Text((await store.LoadAsync(A, withEntries: false))!.State));

        store.LimitPages(0);
        var outcome = await store.CommitAsync(StoreConformance.Commit(A, 1, big) with { JournalSequence = 1, Events = [StoreConformance.Utf8("{}")] });
        Assert.Equal(new CommitOutcome(true, 2), outcome);
        await tick;
        Assert.Empty(await store.ReadEffectsAsync(null, 10));
    }

    [Fact]
    public async Task SecondOpening_IsRefusedNamingTheDirectoryAndTheHolder()
    {
        await using var store = SqliteStore.Open(folder);
        var fault = Assert.Throws<StoreOpenException>(() => SqliteStore.Open(folder));
        Assert.Contains(folder, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClosedStore_CanBeOpenedAgain()
    {
        for (var round = 0; round < 3; round++)
        {
            await using var store = SqliteStore.Open(folder);
            Assert.True((await store.CommitAsync(StoreConformance.Commit(A, round, "{}"))).IsCommitted);
        }
    }

    [Fact]
    public async Task ReaderBesideARunningStore_SeesWhatIsCommittedAndWritesNothing()
    {
        await using var store = SqliteStore.Open(folder);
        await using var reader = SqliteStore.OpenForReading(folder);
        await store.CommitAsync(StoreConformance.Commit(A, 0, "{\"n\":1}"));
        Assert.Equal("{\"n\":1}", StoreConformance.Text((await reader.LoadAsync(A, withEntries: false))!.State));
        await store.CommitAsync(StoreConformance.Commit(A, 1, "{\"n\":2}"));
        Assert.Equal("{\"n\":2}", StoreConformance.Text((await reader.LoadAsync(A, withEntries: false))!.State));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await ((IGrainStore)reader).CommitAsync(StoreConformance.Commit(A, 2, "{}")));
    }

    [Fact]
    public void ReadingADirectoryWithoutAStore_SaysSo()
    {
        var fault = Assert.Throws<StoreOpenException>(() => SqliteStore.OpenForReading(folder));
        Assert.Contains(SqliteStore.FileName, fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task FileLockedByAnotherProgram_RefusesThenRecovers()
    {
        await using var store = SqliteStore.Open(folder);
        await store.CommitAsync(StoreConformance.Commit(A, 0, "{}"));
        store.WaitForLocks(TimeSpan.FromMilliseconds(50));
        await using (var other = new SqliteConnection($"Data Source={File};Pooling=false"))
        {
            await other.OpenAsync();
            Execute(other, "BEGIN IMMEDIATE");
            var fault = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(StoreConformance.Commit(A, 1, "{}")));
            Assert.Contains("locked by another program", fault.Message, StringComparison.Ordinal);
            Execute(other, "ROLLBACK");
        }

        Assert.True((await store.CommitAsync(StoreConformance.Commit(A, 1, "{}"))).IsCommitted);
    }

    [Fact]
    public async Task FileThatIsNoDatabase_IsRefusedAndLeftAlone()
    {
        var text = string.Concat(Enumerable.Repeat("These are my holiday notes. ", 1000));
        await System.IO.File.WriteAllTextAsync(File, text);
        var fault = Assert.Throws<StoreOpenException>(() => SqliteStore.Open(folder));
        Assert.Contains($"{File} is not a database", fault.Message, StringComparison.Ordinal);
        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(File));
        // The directory is free again.
        System.IO.File.Delete(File);
        await SqliteStore.Open(folder).DisposeAsync();
    }

    [Fact]
    public async Task AnotherProgramsDatabase_IsRefusedAndLeftAlone()
    {
        await using (var other = new SqliteConnection($"Data Source={File};Pooling=false"))
        {
            await other.OpenAsync();
            Execute(other, "CREATE TABLE songs (title TEXT)");
        }

        Assert.Contains("another program", Assert.Throws<StoreOpenException>(() => SqliteStore.Open(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewerSchema_IsRefusedWithTheWayOut()
    {
        await SqliteStore.Open(folder).DisposeAsync();
        await using (var other = new SqliteConnection($"Data Source={File};Pooling=false"))
        {
            await other.OpenAsync();
            Execute(other, "PRAGMA user_version = 99");
        }

        var fault = Assert.Throws<StoreOpenException>(() => SqliteStore.Open(folder));
        Assert.Contains("newer program (schema 99; this one knows up to 1)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedFile_SaysWhatToDo()
    {
        await using (var store = SqliteStore.Open(folder))
        {
            for (var grain = 0; grain < 200; grain++)
                await store.CommitAsync(StoreConformance.Commit(new GrainId("probe", $"g{grain}"), 0, $"{{\"text\":\"{new string('x', 2000)}\"}}"));
        }

        await using (var file = System.IO.File.OpenWrite(File))
        {
            file.Position = 8192;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)file.Length - 8192).ToArray());
        }

        var fault = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var store = SqliteStore.Open(folder);
            for (var grain = 0; grain < 200; grain++)
                await store.LoadAsync(new GrainId("probe", $"g{grain}"), withEntries: false);
        });
        Assert.True(fault is StoreOpenException or StoreUnavailableException, fault.ToString());
        Assert.Contains($"{File} is damaged", fault.Message, StringComparison.Ordinal);
        Assert.Contains("backup", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectoryThatCannotBeMade_IsNamed()
    {
        var file = Path.Combine(folder, "a-file");
        System.IO.File.WriteAllText(file, "");
        var fault = Assert.Throws<StoreOpenException>(() => SqliteStore.Open(Path.Combine(file, "below")));
        Assert.Contains("below", fault.Message, StringComparison.Ordinal);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
