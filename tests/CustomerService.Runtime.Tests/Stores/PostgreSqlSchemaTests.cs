using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Tests;
using Npgsql;

namespace CustomerService.Runtime.Tests.Stores;

/// <summary>A database is brought to the program's schema by one command, and used with no other.</summary>
public sealed class PostgreSqlSchemaTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [RequiresFact("postgresql")]
    public async Task EmptyDatabase_IsRefusedUntilItIsMigrated()
    {
        var database = await server.CreateDatabaseAsync();

        var fault = await Assert.ThrowsAsync<StoreOpenException>(() => PostgreSqlStore.OpenAsync(database, "one"));
        Assert.Contains("run 'database migrate'", fault.Message, StringComparison.Ordinal);

        Assert.Equal(0, await PostgreSqlDatabase.MigrateAsync(database));
        await (await PostgreSqlStore.OpenAsync(database, "one")).DisposeAsync();
    }

    [RequiresFact("postgresql")]
    public async Task MigratingTwice_ChangesNothing()
    {
        var database = await server.CreateDatabaseAsync();
        await PostgreSqlDatabase.MigrateAsync(database);
        await using (var store = await PostgreSqlStore.OpenAsync(database, "one"))
            await store.CommitAsync(StoreConformance.Commit(new GrainId("probe", "a"), 0, "{}"));

        Assert.Equal(PostgreSqlDatabase.SchemaVersion, await PostgreSqlDatabase.MigrateAsync(database));

        await using var again = await PostgreSqlStore.OpenAsync(database, "one");
        Assert.NotNull(await again.LoadAsync(new GrainId("probe", "a"), withEntries: false));
    }

    [RequiresFact("postgresql")]
    public async Task ManyWhoMigrateAtOnce_AllSucceedAndOneDoesIt()
    {
        var database = await server.CreateDatabaseAsync();

        var found = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostgreSqlDatabase.MigrateAsync(database)));

        Assert.Equal(1, found.Count(version => version == 0));
        Assert.Equal(5, found.Count(version => version == PostgreSqlDatabase.SchemaVersion));
    }

    [RequiresFact("postgresql")]
    public async Task OlderSchema_IsRefusedAndMigratedWithWhatItHolds()
    {
        var database = await server.CreateDatabaseAsync();
        await PostgreSqlDatabase.MigrateAsync(database);
        await using (var store = await PostgreSqlStore.OpenAsync(database, "one"))
            await store.CommitAsync(StoreConformance.Commit(new GrainId("probe", "a"), 0, "{}") with { Effects = [StoreConformance.Utf8("{}")] });

        // What version 1 was, as far as later ones changed it.
        await ExecuteAsync(database, "DROP TABLE keys, positions, refused, customers, orders, products, items, order_actions, article_votes, article_texts, attachments, mailboxes, parked_mails, conversation_list, conversation_offers, conversation_customers, conversation_files, conversation_lines, conversation_list_state, figures_cases, figures_state, figures_reviews, figures_erased; ALTER TABLE effects DROP owner; DROP INDEX alarms_due; ALTER TABLE alarms DROP owner; CREATE INDEX alarms_due ON alarms (due, kind, key, name); ALTER TABLE journal ALTER position ADD GENERATED ALWAYS AS IDENTITY; ALTER TABLE meta DROP position_base; UPDATE meta SET schema_version = 1");
        var fault = await Assert.ThrowsAsync<StoreOpenException>(() => PostgreSqlStore.OpenAsync(database, "one"));
        Assert.Contains("schema 1", fault.Message, StringComparison.Ordinal);

        Assert.Equal(1, await PostgreSqlDatabase.MigrateAsync(database));
        await using var again = await PostgreSqlStore.OpenAsync(database, "two");
        Assert.Equal(new GrainId("probe", "a"), Assert.Single(await again.ReadOrphansAsync(["two"], null, 10)));
    }

    [RequiresFact("postgresql")]
    public async Task JournalRestoredOnAServerThatCountsAnew_GoesOnBehindWhatItHolds()
    {
        var database = await server.CreateMigratedAsync();
        await using (var store = await PostgreSqlStore.OpenAsync(database, "one"))
            await store.CommitAsync(StoreConformance.Commit(new GrainId("probe", "a"), 0, "{}") with { Events = [StoreConformance.Utf8("{}")] });
        await ExecuteAsync(database, "UPDATE journal SET position = position + (1000000::bigint << 20)");

        await using var again = await PostgreSqlStore.OpenAsync(database, "one");
        await again.CommitAsync(StoreConformance.Commit(new GrainId("probe", "b"), 0, "{}") with { Events = [StoreConformance.Utf8("{}")] });

        Assert.Equal(["a", "b"], (await again.ReadJournalAsync(0, 10)).Select(line => line.Grain.Key));
    }

    [RequiresFact("postgresql")]
    public async Task JournalReader_WaitsForATransactionThatBeganEarlier()
    {
        var database = await server.CreateMigratedAsync();
        await using var store = await PostgreSqlStore.OpenAsync(database, "one");
        await using var source = NpgsqlDataSource.Create(database);
        await using var slow = await source.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await using (var begin = new NpgsqlCommand("SELECT pg_current_xact_id()", slow))
            await begin.ExecuteScalarAsync();
        await store.CommitAsync(StoreConformance.Commit(new GrainId("probe", "a"), 0, "{}") with { Events = [StoreConformance.Utf8("{}")] });

        Assert.Empty(await store.ReadJournalAsync(0, 10));
        Assert.Single(await store.ReadJournalAsync(new GrainId("probe", "a"), 0, 10));

        await transaction.CommitAsync();
        Assert.Single(await store.ReadJournalAsync(0, 10));
    }

    [RequiresFact("postgresql")]
    public async Task NewerSchema_IsRefusedWithAReason()
    {
        var database = await server.CreateMigratedAsync();
        await ExecuteAsync(database, "UPDATE meta SET schema_version = 99");

        var fault = await Assert.ThrowsAsync<StoreOpenException>(() => PostgreSqlStore.OpenAsync(database, "one"));
        Assert.Contains("newer program (schema 99", fault.Message, StringComparison.Ordinal);
        fault = await Assert.ThrowsAsync<StoreOpenException>(() => PostgreSqlDatabase.MigrateAsync(database));
        Assert.Contains("newer program (schema 99", fault.Message, StringComparison.Ordinal);
    }

    [RequiresFact("postgresql")]
    public async Task DatabaseOfAnotherProgram_IsLeftAlone()
    {
        var database = await server.CreateDatabaseAsync();
        await ExecuteAsync(database, "CREATE TABLE grains (wheat text)");

        var fault = await Assert.ThrowsAsync<StoreOpenException>(() => PostgreSqlDatabase.MigrateAsync(database));
        Assert.Contains("a database of its own", fault.Message, StringComparison.Ordinal);
    }

    [RequiresFact("postgresql")]
    public async Task DatabaseThatIsNotThere_IsNamed()
    {
        var database = (await server.CreateDatabaseAsync()).Replace("Database=", "Database=no_such_", StringComparison.Ordinal);
        var fault = await Assert.ThrowsAsync<StoreOpenException>(() => PostgreSqlStore.OpenAsync(database, "one"));
        Assert.Contains("'no_such_", fault.Message, StringComparison.Ordinal);
        Assert.Contains("create the database first", fault.Message, StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
