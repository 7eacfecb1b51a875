using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Runtime.Turns;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary>A system's store, opened to look at it, whether the system runs or not.</summary>
internal sealed class StoredSystem : IAsyncDisposable
{
    private StoredSystem(IGrainReader reader)
    {
        Reader = reader;
        Grains = new StoredGrains(GrainCatalog.All, reader, TimeProvider.System);
        Journal = new JournalReader(reader, GrainFormat.Default);
    }

    public IGrainReader Reader { get; }

    public StoredGrains Grains { get; }

    public IJournal Journal { get; }

    /// <exception cref="CommandFailedException">There is none, or it can't be read.</exception>
    public static StoredSystem Open(string folder)
    {
        try
        {
            return new StoredSystem(SqliteStore.OpenForReading(DataFolder.Existing(folder).Path));
        }
        catch (StoreOpenException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
    }

    /// <exception cref="CommandFailedException">It can't be read.</exception>
    public static async ValueTask<StoredSystem> OpenAsync(DatabaseAddress database, CancellationToken cancellation)
    {
        try
        {
            // Nothing is written, so the owner's name stands nowhere.
            return new StoredSystem(await PostgreSqlStore.OpenAsync(database.ConnectionString, "command", cancellation));
        }
        catch (StoreOpenException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
    }

    public ValueTask DisposeAsync() => Reader.DisposeAsync();
}
