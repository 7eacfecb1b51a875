using Npgsql;

namespace CustomerService.Bench.Database;

/// <summary>One run's database, and what the server counted there.</summary>
internal sealed class BenchDatabase(string connectionString)
{
    public string ConnectionString => connectionString;

    /// <summary>Switches the counting of statements on, where the server has pg_stat_statements and lets us.</summary>
    public async Task CountStatementsAsync()
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        try
        {
            await AskAsync<object>("CREATE EXTENSION pg_stat_statements");
            await AskAsync<object>($"ALTER DATABASE {name} SET pg_stat_statements.track = 'top'");
            await AskAsync<object>("SELECT pg_stat_statements_reset()");
        }
        catch (PostgresException)
        {
            // Statements are then told as unknown; the other counters need no extension.
        }
    }

    /// <summary>
    /// The counters as they stand. Statements and transactions are complete only when the measured connections have closed, since servers'
    /// processes report from time to time and at their end.
    /// </summary>
    public async Task<DatabaseCounters> ReadAsync() => new(
        await StatementsAsync(),
        await AskAsync<long>("SELECT txid_snapshot_xmax(txid_current_snapshot())"),
        await AskAsync<decimal>("SELECT pg_current_wal_insert_lsn() - '0/0'"),
        await AskAsync<long>("SELECT pg_database_size(current_database())"));

    /// <summary>Ends when nobody but us is connected.</summary>
    public async Task WhenLeftAsync()
    {
        while (await AskAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()") > 0)
            await Task.Delay(20);
    }

    /// <summary>The statements that took the server longest, in all: calls, mean time and text.</summary>
    public async Task<IReadOnlyList<string>> DearestAsync(int most)
    {
        var lines = new List<string>();
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT calls, total_exec_time, mean_exec_time * 1000, left(regexp_replace(query, '\s+', ' ', 'g'), 150) FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY total_exec_time DESC LIMIT $1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            lines.Add(FormattableString.Invariant($"{reader.GetInt64(0),8} × {reader.GetDouble(2),7:0.0} us = {reader.GetDouble(1),8:0} ms  {reader.GetString(3)}"));
        return lines;
    }

    private async Task<long?> StatementsAsync()
    {
        try
        {
            // What we ask here ourselves is a handful, and not counted.
            return await AskAsync<long>(
                """
                SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements
                WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND query !~ 'pg_stat_statements|pg_stat_activity|txid_snapshot|pg_current_wal|pg_database_size'
                """);
        }
        catch (PostgresException)
        {
            return null;
        }
    }

    private async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}

/// <summary>What a PostgreSQL server has done; none of it depends on how busy the machine is.</summary>
/// <param name="Statements">Sent by clients, those that reset a pooled connection included; null where the server does not count them.</param>
/// <param name="Commits">Transactions that wrote. (Of the whole server; nobody else uses it meanwhile.)</param>
/// <param name="WalBytes">Written to the log ahead of the tables.</param>
/// <param name="StoredBytes">Tables and indexes.</param>
internal sealed record DatabaseCounters(long? Statements, long Commits, decimal WalBytes, long StoredBytes)
{
    public DatabaseCounters Since(DatabaseCounters earlier) =>
        new(Statements - earlier.Statements, Commits - earlier.Commits, WalBytes - earlier.WalBytes, StoredBytes - earlier.StoredBytes);

    public string Describe(int messages) => FormattableString.Invariant(
        $"{(Statements is { } sent ? FormattableString.Invariant($"{(double)sent / messages:0.00}") : "unknown")} statements, {(double)Commits / messages:0.000} commits, {WalBytes / messages:0} bytes of log, {(double)StoredBytes / messages:0} bytes of tables");
}
