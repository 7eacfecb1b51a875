using CustomerService.Bench.Running;
using CustomerService.Runtime.Stores.Sqlite;
using Microsoft.Data.Sqlite;

namespace CustomerService.Bench.Floor;

/// <summary>A plain table of numbered rows of one size, to which the given number of writes is made little by little.</summary>
internal sealed class FloorTable : IDisposable
{
    // A step that shares no divisor with a row count of any likely size visits rows all over the table.
    private const long Stride = 7919;

    private readonly TableWrites _writes;
    private readonly byte[] _body;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _update;
    private readonly SqliteStatement _delete;
    private long _inserted;
    private long _updated;
    private long _deleted;

    public FloorTable(SqliteConnection connection, SqliteFaults faults, string name, TableWrites writes)
    {
        _writes = writes;
        _body = new byte[writes.RowBytes];
        _body.AsSpan().Fill((byte)'x');
        SqliteSchema.Execute(connection, $"CREATE TABLE {name} (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
        _insert = new SqliteStatement(connection.Handle!, faults, $"INSERT INTO {name} (id, body) VALUES (?, ?)");
        _update = new SqliteStatement(connection.Handle!, faults, $"UPDATE {name} SET body = ? WHERE id = ?");
        _delete = new SqliteStatement(connection.Handle!, faults, $"DELETE FROM {name} WHERE id = ?");
    }

    /// <summary>Writes what is still missing to this share of all the writes.</summary>
    public void WriteUpTo(double share)
    {
        while (_inserted < Due(_writes.Inserts, share))
            _insert.Bind(++_inserted).Bind(_body).Run();
        for (; _updated < Due(_writes.Updates, share); _updated++)
            _update.Bind(_body).Bind(1 + (_updated * Stride % Math.Max(1, _inserted))).Run();
        for (var due = Math.Min(_inserted, Due(_writes.Deletes, share)); _deleted < due;)
            _delete.Bind(++_deleted).Run();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
        _delete.Dispose();
    }

    private static long Due(long writes, double share) => share >= 1 ? writes : (long)(writes * share);
}
