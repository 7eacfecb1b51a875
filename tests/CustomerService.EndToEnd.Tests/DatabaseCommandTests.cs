using Npgsql;

namespace CustomerService.EndToEnd;

/// <summary>The commands that take a cluster's database.</summary>
public sealed class DatabaseCommandTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    private const string Refusal = "database migrate";

    [RequiresFact("postgresql")]
    public async Task Migrate_MakesTheTablesOnce_HoweverOftenAndByHowManyItIsRun()
    {
        var database = await server.CreateDatabaseAsync();

        var printed = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PrintedAsync(0, "database", "migrate", "--database", database)));

        Assert.Single(printed, line => line.Contains("from schema 0 to schema", StringComparison.Ordinal));
        Assert.Equal(2, printed.Count(line => line.Contains("already", StringComparison.Ordinal)));
    }

    [RequiresFact("postgresql")]
    public async Task Schema_OfAnotherVersion_IsRefusedInOneLine()
    {
        var database = await server.CreateDatabaseAsync();
        Assert.Contains(Refusal, await PrintedAsync(1, "journal", "tail", "--database", database), StringComparison.Ordinal);

        await PrintedAsync(0, "database", "migrate", "--database", database);
        await ExecuteAsync(database, "UPDATE meta SET schema_version = schema_version - 1");
        Assert.Contains(Refusal, await PrintedAsync(1, "parked", "list", "--database", database), StringComparison.Ordinal);

        await ExecuteAsync(database, "UPDATE meta SET schema_version = 999");
        Assert.Contains("newer program", await PrintedAsync(1, "conversations", "show", "c-1", "--database", database), StringComparison.Ordinal);
        Assert.Contains("newer program", await PrintedAsync(1, "database", "migrate", "--database", database), StringComparison.Ordinal);
    }

    [RequiresFact("postgresql")]
    public async Task MigratedDatabase_CanBeLookedAt_AndFilledWithOrders()
    {
        var database = await server.CreateMigratedAsync();
        using var folder = new TestFolder();
        var orders = Path.Combine(folder.Path, "orders.json");
        await File.WriteAllTextAsync(orders, """{ "products": { "100": { "name": "Lamp", "product_id": "100", "variants": {} } } }""");

        Assert.Contains("Nothing is parked.", await PrintedAsync(0, "parked", "list", "--database", database), StringComparison.Ordinal);
        Assert.Equal("", await PrintedAsync(0, "journal", "tail", "--database", database));
        Assert.Contains("There is no conversation 'c-1'", await PrintedAsync(1, "conversations", "show", "c-1", "--database", database), StringComparison.Ordinal);
        Assert.Contains("1 new", await PrintedAsync(0, "import-orders", orders, "--database", database), StringComparison.Ordinal);
        Assert.Contains("1 as before", await PrintedAsync(0, "import-orders", orders, "--database", database), StringComparison.Ordinal);
    }

#if ORLEANS
    [RequiresFact("postgresql")]
    public async Task Run_OnADatabaseWithoutTables_IsRefusedInOneLine()
    {
        var printed = await PrintedAsync(1, "run", "--cluster", "localhost", "--database", await server.CreateDatabaseAsync());

        Assert.Contains(Refusal, Assert.Single(printed.Split('\n')), StringComparison.Ordinal);
    }
#endif

    private static async Task<string> PrintedAsync(int exitCode, params string[] args)
    {
        await using var program = SiloProgram.Start(args);
        var code = await program.ExitAsync();
        Assert.True(code == exitCode, $"'{string.Join(' ', args)}' exited with {code} and printed:\n{program.Output}");
        return program.Output;
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
