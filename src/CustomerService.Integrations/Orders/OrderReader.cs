using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace CustomerService.Integrations.Orders;

/// <summary>One connection to orders.db that keeps its queries prepared; used by one thread at a time.</summary>
internal sealed class OrderReader(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    internal ImmutableArray<T> All<T>(OrderQuery<T> query, string key)
        where T : class
    {
        var command = Prepared(query.Sql);
        command.Parameters[0].Value = key;
        using var reader = command.ExecuteReader();
        var records = ImmutableArray.CreateBuilder<T>();
        while (reader.Read())
            records.Add(query.Record(reader.GetString(0)));
        return records.DrainToImmutable();
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepared(string sql)
    {
        if (_prepared.TryGetValue(sql, out var command))
            return command;
        command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is one of OrderQueries.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.Add("@key", SqliteType.Text);
        command.Prepare();
        return _prepared[sql] = command;
    }
}
