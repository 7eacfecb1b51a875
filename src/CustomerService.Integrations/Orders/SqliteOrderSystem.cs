using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace CustomerService.Integrations.Orders;

/// <summary>The orders in a SQLite file. Imports may run while it answers.</summary>
public sealed class SqliteOrderSystem : StoredOrders, IDisposable
{
    private readonly OrderDatabase _database;

    /// <param name="path">The file; it is created, empty, where there is none.</param>
    /// <exception cref="OrderSystemException">The file is not an order database of this version, or cannot be opened.</exception>
    public SqliteOrderSystem(string path) => _database = new OrderDatabase(path);

    public void Dispose() => _database.Dispose();

    internal override ValueTask<ImmutableArray<T>> AskAsync<T>(OrderQuery<T> query, string key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_database.Read((query, key), static (reader, asked) => reader.All(asked.query, asked.key)));
    }

    internal override (DbConnection Connection, DbTransaction Transaction) BeginImport()
    {
        var connection = _database.Open();
        try
        {
            return (connection, connection.BeginTransaction());
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    // BeginTransaction takes the write lock at once, so changes come one after the other.
    private protected override ValueTask<(DbConnection Connection, DbTransaction Transaction)> BeginChangeAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(BeginImport());
    }

    internal override OrderSystemException WhileWriting(DbException fault) => fault is SqliteException { SqliteErrorCode: 5 or 6 }
        ? WrittenByAnother(fault)
        : new OrderSystemException($"The order database cannot be written ({fault.Message.TrimEnd('.')}); check the disk's space and the file's rights.", fault);
}
