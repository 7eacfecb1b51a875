using System.Globalization;
using Npgsql;

namespace CustomerService.Runtime.Stores.PostgreSql;

/// <summary>The same tables as in SQLite. Keys sort by their bytes ("C"), so that pages follow one order everywhere.</summary>
internal static class PostgreSqlSchema
{
    /// <summary>Kept in the table meta. Raise it with a step in <see cref="EnsureAsync"/> when a table changes.</summary>
    public const int Version = 1;

    /// <summary>"CSvc": names this program's advisory locks.</summary>
    public const int LockKey = 0x43537663;

    private const string Tables = """
        CREATE TABLE grains (
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
            version bigint NOT NULL, state_version integer NOT NULL, journal_sequence bigint NOT NULL, state text NOT NULL,
            PRIMARY KEY (kind, key)) WITH (fillfactor = 70);
        CREATE TABLE effects (
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, version bigint NOT NULL, number integer NOT NULL, body text NOT NULL,
            PRIMARY KEY (kind, key, version, number));
        CREATE TABLE alarms (
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL,
            due bigint NOT NULL, version bigint NOT NULL, body text NOT NULL,
            PRIMARY KEY (kind, key, name));
        CREATE INDEX alarms_due ON alarms (due, kind, key, name);
        CREATE TABLE journal (
            position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, sequence bigint NOT NULL, at bigint NOT NULL, body text NOT NULL,
            UNIQUE (kind, key, sequence));
        CREATE TABLE entries (
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, entry text COLLATE "C" NOT NULL, payload text NOT NULL,
            PRIMARY KEY (kind, key, entry));
        CREATE TABLE parked (
            id text COLLATE "C" NOT NULL PRIMARY KEY,
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, at bigint NOT NULL, reason text NOT NULL, body text NOT NULL);
        CREATE TABLE meta (schema_version integer NOT NULL);
        """;

    /// <summary>Makes the tables where there are none, and refuses those of a newer program.</summary>
    public static async Task EnsureAsync(NpgsqlDataSource source, string where, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Two that start at once: the second waits, and finds the tables made.
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey})", cancellation);
        if (await ExecuteAsync(connection, "SELECT to_regclass('meta')::text", cancellation) is null or DBNull)
        {
            if (await ExecuteAsync(connection, "SELECT to_regclass('grains')::text", cancellation) is string)
                throw new StoreOpenException($"{where} has a table grains that is not this program's: give the program a database of its own.");
            await ExecuteAsync(connection, $"{Tables} INSERT INTO meta VALUES ({Version});", cancellation);
        }
        else
        {
            var version = Convert.ToInt32(await ExecuteAsync(connection, "SELECT max(schema_version) FROM meta", cancellation), CultureInfo.InvariantCulture);
            if (version > Version)
                throw new StoreOpenException($"{where} was written by a newer program (schema {version}; this one knows up to {Version}): run the newer program, or restore a backup made before the update.");
        }

        await transaction.CommitAsync(cancellation);
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
