using CustomerService.Reporting.Figures;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CustomerService.Reporting.Tests.Figures;

/// <summary>Cases in their own file.</summary>
public sealed class SqliteCaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("figures-");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public Task AnyTraffic_CountsEachCaseOnce_AlsoMadeAnew(ulong seed) => CaseConformance.AnyTraffic_CountsEachCaseOnce_AlsoMadeAnew(NewStore(), seed);

    [Fact]
    public Task SeveralKeepersAtOnce_CountNothingTwice() => CaseConformance.SeveralKeepersAtOnce_CountNothingTwice(NewStore());

    [Fact]
    public Task JournalOfAnotherSystem_BeginsAnew() => CaseConformance.JournalOfAnotherSystem_BeginsAnew(NewStore());

    [Fact]
    public Task Reviews_AreListedAsTheyAre_AlsoMadeAnew() => CaseConformance.Reviews_AreListedAsTheyAre_AlsoMadeAnew(NewStore());

    [Theory]
    [InlineData(51)]
    [InlineData(52)]
    public Task ErasedConversations_AreCountedWithoutTheirNames_AlsoMadeAnew(ulong seed) => CaseConformance.ErasedConversations_AreCountedWithoutTheirNames_AlsoMadeAnew(NewStore(), seed);

    [Fact]
    public Task ErasedReviews_AreInNoList_AlsoMadeAnew() => CaseConformance.ErasedReviews_AreInNoList_AlsoMadeAnew(NewStore());

    [Fact]
    public Task SettledCases_AreFoundByWhenTheyWere() => CaseConformance.SettledCases_AreFoundByWhenTheyWere(NewStore());

    [Fact]
    public async Task FileOfAnotherShape_IsMadeAnew_AndStillHasTheCasesOfErasedConversations()
    {
        var store = NewStore();
        var tables = store.Open();
        var (kept, erased) = (new CaseRow { ConversationId = "c-1", Number = 1, OpenedAt = DateTimeOffset.UnixEpoch }, new CaseRow { ConversationId = "", Number = 1, OpenedAt = DateTimeOffset.UnixEpoch });
        Assert.True(await tables.KeepAsync(await tables.ReadStateAsync(default), 1, new CaseChanges([kept], [], [erased]), new ReviewChanges([], []), default));
        Assert.Equal(2, (await tables.OpenedAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Length);
        await using (var connection = await store.Database.OpenConnectionAsync())
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA user_version = 1";
            await command.ExecuteNonQueryAsync();
        }

        var anew = store.Open();

        Assert.Equal(0, (await anew.ReadStateAsync(default)).Position);
        Assert.Equal("", Assert.Single(await anew.OpenedAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).ConversationId);
    }

    [Fact]
    public void FileThatIsNoDatabase_IsRefused_WithTheFix()
    {
        var path = Path.Combine(_folder.FullName, "figures.db");
        File.WriteAllText(path, "This is a text, and long enough to be none of those files that are empty databases.");

        var fault = Assert.Throws<InvalidDataException>(() => CaseTables.OnFile(path));

        Assert.StartsWith($"{path}: the figures cannot be kept there", fault.Message, StringComparison.Ordinal);
        Assert.Contains("delete the file, it is made again from the journal without the cases of erased conversations", fault.Message, StringComparison.Ordinal);
    }

    private CaseStore NewStore()
    {
        var path = Path.Combine(_folder.FullName, "figures.db");
        CaseTables.OnFile(path);
        return new CaseStore(() => CaseTables.OnFile(path), SqliteFactory.Instance.CreateDataSource($"Data Source={path}"));
    }
}

/// <summary>Cases in a cluster's database, on a real PostgreSQL server with the program's tables.</summary>
public sealed class PostgreSqlCaseTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [RequiresFact("postgresql")]
    public Task AnyTraffic_CountsEachCaseOnce_AlsoMadeAnew() => OnFreshDatabaseAsync(store => CaseConformance.AnyTraffic_CountsEachCaseOnce_AlsoMadeAnew(store, 2));

    [RequiresFact("postgresql")]
    public Task SeveralKeepersAtOnce_CountNothingTwice() => OnFreshDatabaseAsync(CaseConformance.SeveralKeepersAtOnce_CountNothingTwice);

    [RequiresFact("postgresql")]
    public Task JournalOfAnotherSystem_BeginsAnew() => OnFreshDatabaseAsync(CaseConformance.JournalOfAnotherSystem_BeginsAnew);

    [RequiresFact("postgresql")]
    public Task ErasedConversations_AreCountedWithoutTheirNames_AlsoMadeAnew() =>
        OnFreshDatabaseAsync(store => CaseConformance.ErasedConversations_AreCountedWithoutTheirNames_AlsoMadeAnew(store, 53));

    [RequiresFact("postgresql")]
    public Task ErasedReviews_AreInNoList_AlsoMadeAnew() => OnFreshDatabaseAsync(CaseConformance.ErasedReviews_AreInNoList_AlsoMadeAnew);

    [RequiresFact("postgresql")]
    public Task Reviews_AreListedAsTheyAre_AlsoMadeAnew() => OnFreshDatabaseAsync(CaseConformance.Reviews_AreListedAsTheyAre_AlsoMadeAnew);

    [RequiresFact("postgresql")]
    public Task SettledCases_AreFoundByWhenTheyWere() => OnFreshDatabaseAsync(CaseConformance.SettledCases_AreFoundByWhenTheyWere);

    private async Task OnFreshDatabaseAsync(Func<CaseStore, Task> holds)
    {
        await using var database = NpgsqlDataSource.Create(await server.CreateMigratedAsync());
        await holds(new CaseStore(() => CaseTables.OnDatabase(database), database));
    }
}
