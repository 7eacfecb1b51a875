using Microsoft.Data.Sqlite;

namespace CustomerService.Runtime.Stores.Sqlite;

/// <summary>The tables. Times are Unix microseconds; bodies and states are JSON text, so that the file can be read with any SQLite tool.</summary>
internal static class SqliteSchema
{
    /// <summary>Kept in the file as user_version. Raise it with a step in <see cref="Ensure"/> when a table changes.</summary>
    public const int Version = 1;

    /// <summary>"CSvc", kept in the file as application_id, so that another program's database is never written into.</summary>
    public const int ApplicationId = 0x43537663;

    private const string Tables = """
        CREATE TABLE grains (
            kind TEXT NOT NULL, key TEXT NOT NULL,
            version INTEGER NOT NULL, state_version INTEGER NOT NULL, journal_sequence INTEGER NOT NULL, state TEXT NOT NULL,
            PRIMARY KEY (kind, key));
        CREATE TABLE effects (
            kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (kind, key, version, number)) WITHOUT ROWID;
        CREATE TABLE alarms (
            kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, due INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (kind, key, name)) WITHOUT ROWID;
        CREATE INDEX alarms_due ON alarms (due);
        CREATE TABLE journal (
            position INTEGER PRIMARY KEY,
            kind TEXT NOT NULL, key TEXT NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
            UNIQUE (kind, key, sequence));
        CREATE TABLE entries (
            kind TEXT NOT NULL, key TEXT NOT NULL, entry TEXT NOT NULL, payload TEXT NOT NULL,
            PRIMARY KEY (kind, key, entry)) WITHOUT ROWID;
        CREATE TABLE parked (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>Makes the tables in an empty file, and refuses a file of another program or of a newer one.</summary>
    public static void Ensure(SqliteConnection connection, string file, bool mayCreate)
    {
        var version = Number(connection, "PRAGMA user_version");
        var application = Number(connection, "PRAGMA application_id");
        if (version == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            if (!mayCreate)
                throw new StoreOpenException($"{file} is empty: there is nothing to read yet.");
            Execute(connection, $"BEGIN IMMEDIATE; {Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT;");
            return;
        }

        if (application != ApplicationId)
            throw new StoreOpenException($"{file} is a database of another program: name another directory with --data.");
        if (version > Version)
            throw new StoreOpenException($"{file} was written by a newer program (schema {version}; this one knows up to {Version}): run the newer program, or restore a backup made before the update.");
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
