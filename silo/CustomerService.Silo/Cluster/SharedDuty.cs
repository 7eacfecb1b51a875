using System.Data.Common;
using CustomerService.Silo.Crm;
using Npgsql;

namespace CustomerService.Silo.Cluster;

/// <summary>
/// A duty that one process of the cluster holds: by an advisory lock of a database session, which ends with its process. So when the holder
/// dies, another goes on within seconds.
/// </summary>
internal sealed partial class SharedDuty(NpgsqlDataSource database, string name, TimeProvider time, ILogger<SharedDuty> logger) : IDuty
{
    /// <summary>"CSdu": the space of these locks among the program's.</summary>
    private const int LockSpace = 0x43536475;

    /// <summary>How often to ask for the duty, and to see whether it is still held.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(3);

    private const int SecondsToAnswer = 5;

    public TimeSpan? LookEvery { get; } = TimeSpan.FromSeconds(1);

    public async Task WhileHeldAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                try
                {
                    await using var session = await database.OpenConnectionAsync(stopping);
                    if (await TakeAsync(session, stopping))
                        await HoldAsync(session, work, stopping);
                }
                catch (Exception fault) when (fault is DbException or TimeoutException or IOException)
                {
                    LogUnreachable(name, fault.Message);
                }
#pragma warning disable CA1031 // Whatever the work failed by, it must begin again, here or elsewhere: it is one of many of this process.
                catch (Exception fault) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogFault(name, fault);
                }

                await Task.Delay(AskEvery, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Shutting down.
        }
    }

    /// <summary>Does the work for as long as the session lives.</summary>
    private async Task HoldAsync(NpgsqlConnection session, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        LogTaken(name);
        using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var working = work(held.Token);
        try
        {
            while (!working.IsCompleted && !stopping.IsCancellationRequested)
            {
                await Task.WhenAny(working, Task.Delay(AskEvery, time, stopping));
                await ExecuteAsync(session, "SELECT 1", stopping);
            }
        }
        finally
        {
            await held.CancelAsync();
            try
            {
                await working;
            }
            finally
            {
                await GiveUpAsync(session);
            }
        }
    }

    private async Task<bool> TakeAsync(NpgsqlConnection session, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1, hashtext($2))", session) { CommandTimeout = SecondsToAnswer };
        command.Parameters.AddWithValue(LockSpace);
        command.Parameters.AddWithValue(name);
        if (await command.ExecuteScalarAsync(cancellation) is not true)
            return false;

        // Should this machine vanish without a word, the server notices and ends the session.
        await ExecuteAsync(session, "SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 4", cancellation);
        return true;
    }

    private async Task GiveUpAsync(NpgsqlConnection session)
    {
        try
        {
            // The connection goes back to its pool, which ends no session.
            await ExecuteAsync(session, "SELECT pg_advisory_unlock_all()", CancellationToken.None);
            LogGivenUp(name);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or IOException or InvalidOperationException)
        {
            LogLost(name, fault.Message);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection session, string sql, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // The texts are constants of this file.
        await using var command = new NpgsqlCommand(sql, session) { CommandTimeout = SecondsToAnswer };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Information, "This process tells {Duty} from now on")]
    private partial void LogTaken(string duty);

    [LoggerMessage(LogLevel.Information, "This process leaves telling {Duty} to others")]
    private partial void LogGivenUp(string duty);

    [LoggerMessage(LogLevel.Warning, "This process has lost telling {Duty}, with its session at the database: {Reason}")]
    private partial void LogLost(string duty, string reason);

    [LoggerMessage(LogLevel.Error, "Telling {Duty} failed, and begins again")]
    private partial void LogFault(string duty, Exception fault);

    [LoggerMessage(LogLevel.Debug, "The database can't be asked for {Duty} now: {Reason}")]
    private partial void LogUnreachable(string duty, string reason);
}
