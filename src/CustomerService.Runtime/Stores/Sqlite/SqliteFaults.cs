using CustomerService.Grains.Turns;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerService.Runtime.Stores.Sqlite;

/// <summary>Says what SQLite's error codes mean to an operator: which file, what is wrong, what to do.</summary>
internal sealed class SqliteFaults(string file)
{
    public void Check(sqlite3 connection, int result)
    {
        if (result != raw.SQLITE_OK)
            throw Of(connection, result);
    }

    /// <summary>A write or read that failed on an open store.</summary>
    public SqliteFault Of(sqlite3 connection, int result)
    {
        var extended = raw.sqlite3_extended_errcode(connection);
        var code = extended != 0 ? extended : result;
        return new SqliteFault(code, $"{Sentence(code)} (SQLite {code}: {raw.sqlite3_errmsg(connection).utf8_to_string()})");
    }

    /// <summary>A store that can't be opened.</summary>
    public StoreOpenException WhileOpening(Exception fault) => fault switch
    {
        SqliteException sqlite => new StoreOpenException($"{Sentence(sqlite.SqliteExtendedErrorCode)} (SQLite {sqlite.SqliteExtendedErrorCode}: {sqlite.Message})", fault),
        _ => new StoreOpenException(fault.Message, fault),
    };

    private string Sentence(int code) => (code & 0xff) switch
    {
        raw.SQLITE_FULL => $"The disk that holds {file} is full: free some space there and send the command again.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"{file} is locked by another program: close whatever has it open for writing (a database browser, a copy in progress).",
        raw.SQLITE_NOTADB => $"{file} is not a database of this program: move it away, or name another directory with --data.",
        raw.SQLITE_CORRUPT => $"{file} is damaged: stop the program, restore the file from a backup, or recover what can be read with `sqlite3 {file} .recover`.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM => $"{file} can't be written: give this user the right to write the file and its directory.",
        raw.SQLITE_CANTOPEN => $"{file} can't be opened: check that the directory exists and that this user may read and write it.",
        raw.SQLITE_IOERR => $"{file} can't be read or written: check the disk.",
        raw.SQLITE_TOOBIG => "The turn is too big to be stored.",
        _ => $"{file} did not take the write.",
    };
}

/// <summary>A fault of SQLite, with its extended code.</summary>
internal sealed class SqliteFault(int code, string message) : Exception(message)
{
    /// <summary>True when the disk or the file is at fault, so that the same write alone would fail too.</summary>
    public bool IsOfTheStore => (code & 0xff) is not (raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE);

    public StoreUnavailableException ToUnavailable() => new(Message, this);
}
