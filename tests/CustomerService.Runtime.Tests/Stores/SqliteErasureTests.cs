using System.Text;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;
using Microsoft.Data.Sqlite;

namespace CustomerService.Runtime.Tests.Stores;

/// <summary>What is erased is not in the file any more, wherever in it the words once stood.</summary>
public sealed class SqliteErasureTests
{
    private const int Grains = 40;

    [Theory]
    [InlineData(40)]
    [InlineData(900)]
    [InlineData(20_000)] // a body that takes pages of its own
    public async Task ErasedWords_AreNotInTheFile(int length)
    {
        var folder = Directory.CreateTempSubdirectory("sqlite-erasure-").FullName;
        try
        {
            await using (var store = SqliteStore.Open(folder))
                await LiveAsync(store, length);
            var before = await FindAsync(folder, "SECRET");
            await using (var store = SqliteStore.Open(folder))
                await EraseAsync(store);

            // Where SQLite moved rows from one page to another, the room that they left may keep a shred of them until it is used again; VACUUM clears that too.
            Assert.InRange(await FindAsync(folder, "SECRET"), 0, before / 100);
            Vacuum(folder);
            Assert.Equal(0, await FindAsync(folder, "SECRET"));
            Assert.True(await FindAsync(folder, "PUBLIC") > 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Grains grow side by side, as conversations do: their words move through many pages.</summary>
    private static async Task LiveAsync(SqliteStore store, int length)
    {
        for (var version = 0; version < 12; version++)
            await Task.WhenAll(Enumerable.Range(0, Grains).Select(grain => GrowAsync(store, grain, version, length)));
    }

    private static async Task GrowAsync(SqliteStore store, int grain, int version, int length)
    {
        var words = Words(grain, length + (version * length / 4));
        await store.CommitAsync(StoreConformance.Commit(Id(grain), version, words) with
        {
            JournalSequence = version,
            Events = [StoreConformance.Utf8(Words(grain, length))],
            Effects = [StoreConformance.Utf8(words)],
            Entries = [new EntryChange($"k{version % 5}", words)],
        });
        await store.FinishAsync(new EffectId(Id(grain), version + 1, 0));
    }

    private static async Task EraseAsync(SqliteStore store)
    {
        for (var grain = 0; grain < Grains; grain += 2)
        {
            var commit = StoreConformance.Commit(Id(grain), 12, "{}") with { JournalSequence = 12 };
            await store.CommitAsync(grain % 4 == 0
                ? commit with { Erases = Erasure.Grain }
                : commit with { Erases = Erasure.Journal, Entries = [.. Enumerable.Range(0, 5).Select(number => new EntryChange($"k{number}", null))] });
        }
    }

    private static void Vacuum(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, SqliteStore.FileName)};Pooling=False");
        connection.Open();
        SqliteSchema.Execute(connection, "VACUUM");
    }

    private static GrainId Id(int grain) => new("probe", $"g{grain}");

    private static string Words(int grain, int length) => string.Concat(Enumerable.Repeat(grain % 2 == 0 ? "SECRET " : "PUBLIC ", (length / 7) + 1));

    private static async Task<int> FindAsync(string folder, string word)
    {
        var found = 0;
        foreach (var path in Directory.GetFiles(folder, SqliteStore.FileName + "*"))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes);
            for (var at = 0; (at = bytes.AsSpan(at).IndexOf(Encoding.UTF8.GetBytes(word)) is >= 0 and var next ? at + next : -1) >= 0; at += word.Length)
                found++;
        }

        return found;
    }
}
