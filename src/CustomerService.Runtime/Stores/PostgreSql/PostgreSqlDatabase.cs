using Npgsql;

namespace CustomerService.Runtime.Stores.PostgreSql;

/// <summary>A PostgreSQL database, by its connection string: how it is named, opened and brought to this program's schema.</summary>
public sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private const int MostConnections = 15;

    private PostgreSqlDatabase(NpgsqlDataSource source, string where)
    {
        Source = source;
        Where = where;
        Faults = new PostgreSqlFaults(where);
    }

    /// <summary>The version of the schema that this program works with.</summary>
    public static int SchemaVersion => PostgreSqlSchema.Version;

    /// <summary>Its connections. They go back to their pool as they are: whoever sets something for a session, or locks for it, undoes that.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>The database in words, without its password.</summary>
    public string Where { get; }

    internal PostgreSqlFaults Faults { get; }

    /// <summary>Brings the tables to this program's version; nothing happens where they are of it already.</summary>
    /// <param name="connectionString">As Npgsql reads it: <c>Host=…;Database=…;Username=…</c>.</param>
    /// <returns>The version that was found; 0 for an empty database.</returns>
    /// <exception cref="StoreOpenException">It can't be used; the message says what to do.</exception>
    public static async Task<int> MigrateAsync(string connectionString, CancellationToken cancellation = default)
    {
        await using var database = Of(connectionString);
        return await database.TellingFaultsAsync(() => PostgreSqlSchema.MigrateAsync(database.Source, database.Where, cancellation));
    }

    /// <summary>Opens a database whose tables are of this program's version.</summary>
    /// <inheritdoc cref="MigrateAsync"/>
    public static async Task<PostgreSqlDatabase> OpenAsync(string connectionString, CancellationToken cancellation = default)
    {
        var database = Of(connectionString);
        try
        {
            return await database.TellingFaultsAsync(async () =>
            {
                await PostgreSqlSchema.CheckAsync(database.Source, database.Where, cancellation);
                return database;
            });
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static PostgreSqlDatabase Of(string connectionString)
    {
        try
        {
            // Each shape of commit is prepared once for a connection. A reset between two uses would be seven statements more each time.
            var settings = new NpgsqlConnectionStringBuilder(connectionString)
            {
                MaxAutoPrepare = 64,
                AutoPrepareMinUsages = 2,
                NoResetOnClose = true,
                ApplicationName = "customerservice",
            };
            // A server takes a hundred connections where nobody has set more, and all processes of a cluster share them.
            if (settings.MaxPoolSize == new NpgsqlConnectionStringBuilder().MaxPoolSize)
                settings.MaxPoolSize = MostConnections;
            return new PostgreSqlDatabase(
                NpgsqlDataSource.Create(settings), $"The PostgreSQL database '{settings.Database ?? settings.Username}' at {settings.Host}:{settings.Port}");
        }
        catch (ArgumentException fault)
        {
            throw new StoreOpenException($"The connection string can't be read: {fault.Message} Write it as Host=…;Database=…;Username=….", fault);
        }
    }

    private async Task<T> TellingFaultsAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception fault) when (PostgreSqlFaults.IsFault(fault))
        {
            throw Faults.WhileOpening(fault);
        }
    }
}
