using System.Globalization;
using CustomerService.Silo.CommandLine;
using Npgsql;

namespace CustomerService.Bench.Database;

/// <summary>The PostgreSQL server that is measured on: a given one, or one of the benchmark's own. Every run gets a database of its own.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly OwnPostgreSql? own;
    private readonly string administration;
    private readonly List<string> made = [];

    private BenchServer(OwnPostgreSql? own, string administration)
    {
        this.own = own;
        this.administration = administration;
    }

    /// <summary>Processor time of the benchmark's own server so far; null when it is a given one.</summary>
    public TimeSpan? Processor => own is null ? null : ProcessTree.Processor(own.ProcessId);

    public string Describe { get; private set; } = "";

    /// <param name="given">A connection string whose user may make databases; null for a server of our own.</param>
    /// <exception cref="CommandFailedException">It can't be reached, or not be started.</exception>
    public static async Task<BenchServer> StartAsync(string? given)
    {
        var own = given is null ? await OwnPostgreSql.StartAsync() : null;
        var server = new BenchServer(own, own?.ConnectionString ?? given!);
        try
        {
            server.Describe = $"PostgreSQL {await server.AskAsync("SHOW server_version")}, fsync {await server.AskAsync("SHOW fsync")}, synchronous_commit {await server.AskAsync("SHOW synchronous_commit")}, "
                + $"shared_buffers {await server.AskAsync("SHOW shared_buffers")}, autovacuum {await server.AskAsync("SHOW autovacuum")}, checkpoints each {await server.AskAsync("SHOW checkpoint_timeout")}";
            return server;
        }
        catch (Exception fault) when (fault is NpgsqlException or ArgumentException)
        {
            await server.DisposeAsync();
            throw new CommandFailedException($"--database: {fault.Message}");
        }
    }

    /// <summary>A new, empty database.</summary>
    /// <param name="counting">Has the server count statements, where it can; it costs a little.</param>
    public async Task<BenchDatabase> CreateAsync(bool counting = false)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"customerservice_bench_{Environment.ProcessId}_{made.Count + 1}");
        await AskAsync($"CREATE DATABASE {name}");
        made.Add(name);
        var database = new BenchDatabase(new NpgsqlConnectionStringBuilder(administration) { Database = name }.ConnectionString);
        if (counting)
            await database.CountStatementsAsync();
        return database;
    }

    /// <summary>Drops the databases made so far, so that runs do not fill the disk, and has the server write its checkpoint now rather than within a run.</summary>
    public async Task TidyAsync()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (var name in made)
            await AskAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await AskAsync("CHECKPOINT");
    }

    public async ValueTask DisposeAsync()
    {
        if (own is not null)
            await own.DisposeAsync();
        else if (made.Count > 0)
            await TidyAsync();
    }

    private async Task<object?> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(administration + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
