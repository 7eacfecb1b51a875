using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Npgsql;

namespace CustomerService.Integrations.Orders;

/// <summary>
/// The orders in a PostgreSQL database that the processes of a cluster share; its tables come with the database's schema. Imports may run
/// while it answers.
/// </summary>
/// <param name="source">The database; it stays the caller's to close.</param>
public sealed class PostgreSqlOrderSystem(NpgsqlDataSource source) : StoredOrders
{
    internal override async ValueTask<ImmutableArray<T>> AskAsync<T>(OrderQuery<T> query, string key, CancellationToken cancellation)
    {
        if (key.Contains('\0', StringComparison.Ordinal))
            return []; // PostgreSQL's texts have no such character, so no record has either.
        try
        {
            await using var command = source.CreateCommand(query.Sql);
            command.Parameters.AddWithValue("key", key);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var records = ImmutableArray.CreateBuilder<T>();
            while (await reader.ReadAsync(cancellation))
                records.Add(query.Record(reader.GetString(0)));
            return records.DrainToImmutable();
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or JsonException)
        {
            throw new OrderSystemException($"The orders in the database cannot be read ({fault.Message.TrimEnd('.')}); check that the server runs, and that 'database migrate' was run on it.", fault);
        }
    }

    internal override (DbConnection Connection, DbTransaction Transaction) BeginImport()
    {
        var connection = source.OpenConnection();
        try
        {
            var transaction = connection.BeginTransaction();
            // One import at a time; readers go on, and see all of it or nothing.
            using var command = new NpgsqlCommand("LOCK TABLE products, customers, orders IN SHARE ROW EXCLUSIVE MODE NOWAIT", connection, transaction);
            command.ExecuteNonQuery();
            return (connection, transaction);
        }
        catch (NpgsqlException)
        {
            connection.Dispose();
            throw;
        }
    }

    private protected override async ValueTask<(DbConnection Connection, DbTransaction Transaction)> BeginChangeAsync(CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellation);
            // Waits for an import that is under way: what is read from here on is not overtaken by it. Changes do not wait for each other here.
            await using var command = new NpgsqlCommand("LOCK TABLE customers, orders IN ROW EXCLUSIVE MODE", connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
            return (connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    internal override OrderSystemException WhileWriting(DbException fault) => fault is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable }
        ? WrittenByAnother(fault)
        : new OrderSystemException($"The orders cannot be written to the database ({fault.Message.TrimEnd('.')}); check that the server runs, and that 'database migrate' was run on it.", fault);
}
