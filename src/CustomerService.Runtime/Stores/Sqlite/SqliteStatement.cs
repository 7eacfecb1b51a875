using System.Text;
using CustomerService.Grains.Turns;
using SQLitePCL;

namespace CustomerService.Runtime.Stores.Sqlite;

/// <summary>One prepared statement, without the allocations of ADO.NET: it runs for every turn.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;
    private readonly SqliteFaults faults;
    private int bound;

    public SqliteStatement(sqlite3 connection, SqliteFaults faults, string sql)
    {
        this.connection = connection;
        this.faults = faults;
        faults.Check(connection, raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    public SqliteStatement Bind(long value) => Bound(raw.sqlite3_bind_int64(statement, ++bound, value));

    public SqliteStatement Bind(string value) => Bound(raw.sqlite3_bind_text(statement, ++bound, value));

    /// <summary>Binds UTF-8 text.</summary>
    public SqliteStatement Bind(ReadOnlySpan<byte> utf8) => Bound(raw.sqlite3_bind_text(statement, ++bound, utf8));

    public SqliteStatement Bind(GrainId grain) => Bind(grain.Kind).Bind(grain.Key);

    /// <summary>Runs a statement that returns no rows, and makes it ready for the next run.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        var result = raw.sqlite3_step(statement);
        var changes = raw.sqlite3_changes(connection);
        Reset();
        if (result != raw.SQLITE_DONE)
            throw faults.Of(connection, result);
        return changes;
    }

    /// <summary>Steps to the next row. After the last one the statement is ready for the next run.</summary>
    public bool Next()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
            return true;
        Reset();
        return result == raw.SQLITE_DONE ? false : throw faults.Of(connection, result);
    }

    /// <summary>Ends a run before its last row.</summary>
    public void Reset()
    {
        bound = 0;
        _ = raw.sqlite3_reset(statement); // repeats the last step's error, which was reported
    }

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public GrainId Grain(int column) => new(Text(column), Text(column + 1));

    public void Dispose() => statement.Dispose();

    private SqliteStatement Bound(int result)
    {
        faults.Check(connection, result);
        return this;
    }
}
