using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace CustomerService.Reporting.Conversations;

/// <summary>A file of tables that follow from the journal: it may be deleted while the system stands still, and is made again when its shape changes.</summary>
internal static class SqliteFile
{
    /// <summary>Leaves nothing of what was taken out in the write-ahead log; readers are waited for.</summary>
    public const string CutLog = "PRAGMA busy_timeout = 5000; PRAGMA wal_checkpoint(TRUNCATE)";

    /// <param name="what">What is kept there, for messages.</param>
    /// <param name="shape">Changes with each change of <paramref name="tables"/>.</param>
    /// <param name="names">Of the tables that are dropped when they are of another shape.</param>
    /// <param name="without">What the journal does not tell again; null: it tells everything.</param>
    /// <exception cref="InvalidDataException">The file can't be used; the message says what to do.</exception>
    public static DbDataSource Open(string path, string what, long shape, IEnumerable<string> names, string tables, string? without = null)
    {
        try
        {
            var database = SqliteFactory.Instance.CreateDataSource(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 10 }.ConnectionString);
            using var connection = database.OpenConnection();
            Execute(connection, "PRAGMA journal_mode = WAL");
            using var transaction = connection.BeginTransaction();
            if (Execute(connection, "PRAGMA user_version") is not long found || found != shape)
            {
                foreach (var name in names)
                    Execute(connection, $"DROP TABLE IF EXISTS {name}");
                Execute(connection, tables);
                Execute(connection, $"PRAGMA user_version = {shape}");
            }

            transaction.Commit();
            return database;
        }
        catch (SqliteException fault)
        {
            throw new InvalidDataException($"{path}: {what} cannot be kept there ({fault.Message.TrimEnd('.')}); delete the file, it is made again from the journal{(without is null ? "" : $" without {without}")}, or name a folder that this user can write.", fault);
        }
    }

    private static object? Execute(DbConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        return command.ExecuteScalar();
    }
}
