using CustomerService.Runtime.Stores.PostgreSql;

namespace CustomerService.Tests;

/// <summary>For those who know the program's tables.</summary>
public sealed partial class PostgreSqlServer
{
    /// <summary>A new database with the program's tables.</summary>
    /// <inheritdoc cref="CreateDatabaseAsync"/>
    public async Task<string> CreateMigratedAsync()
    {
        var database = await CreateDatabaseAsync();
        await PostgreSqlDatabase.MigrateAsync(database);
        return database;
    }
}
