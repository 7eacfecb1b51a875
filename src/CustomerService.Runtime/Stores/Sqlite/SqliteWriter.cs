using System.Diagnostics;
using CustomerService.Grains.Turns;
using SQLitePCL;

namespace CustomerService.Runtime.Stores.Sqlite;

/// <summary>The one thread that writes: it takes all that waits as a group and makes it durable in one transaction.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly WriteQueue queue = new();
    private readonly sqlite3 connection;
    private readonly SqliteFaults faults;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement rollback;
    private readonly SqliteWriteStatements statements;
    private readonly Thread thread;

    public SqliteWriter(sqlite3 connection, SqliteFaults faults)
    {
        this.connection = connection;
        this.faults = faults;
        begin = new SqliteStatement(connection, faults, "BEGIN IMMEDIATE");
        commit = new SqliteStatement(connection, faults, "COMMIT");
        rollback = new SqliteStatement(connection, faults, "ROLLBACK");
        statements = new SqliteWriteStatements(connection, faults);
        thread = new Thread(Work) { IsBackground = true, Name = "sqlite-writer" };
        thread.Start();
    }

    /// <summary>How many transactions were committed.</summary>
    public long Transactions { get; private set; }

    public Task<CommitOutcome> Add(StoreWrite write) => queue.Add(write);

    /// <summary>Drops what waits, as a crash does; what is being committed is committed or not.</summary>
    public void Abandon() => queue.Abandon();

    /// <summary>Writes what waits, and ends.</summary>
    public void Dispose()
    {
        queue.Close();
        thread.Join();
        queue.Dispose();
        begin.Dispose();
        commit.Dispose();
        rollback.Dispose();
        statements.Dispose();
    }

    private void Work()
    {
        var group = new List<StoreWrite>();
        while (queue.Take(group))
        {
            if (group.Count > 0)
                Write(group);
            group.Clear();
        }
    }

    private void Write(List<StoreWrite> group)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            WriteInOneTransaction(group);
        }
        catch (SqliteFault fault) when (!fault.IsOfTheStore && group.Count > 1)
        {
            // One write is at fault: alone, it can't take the others with it.
            foreach (var write in group)
                Write([write]);
            return;
        }
#pragma warning disable CA1031 // Whatever goes wrong, those who wait are told, and the next group is tried.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            queue.GiveBack(group, fault is SqliteFault known ? known.ToUnavailable() : new StoreUnavailableException(fault.Message, fault));
            return;
        }

        RuntimeInstruments.Committed(group.Count, Stopwatch.GetElapsedTime(started));
        foreach (var write in group)
            write.Acknowledge();
    }

    private void WriteInOneTransaction(List<StoreWrite> group)
    {
        if (group.TrueForAll(write => write is FlushWrite))
            return;

        try
        {
            if (raw.sqlite3_get_autocommit(connection) == 0)
                rollback.Run();
            begin.Run();
            foreach (var write in group)
                statements.Apply(write);
            commit.Run();
            Transactions++;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    private void RollBack()
    {
        statements.Forget();
        commit.Reset();
        try
        {
            // A full disk has often rolled back already.
            if (raw.sqlite3_get_autocommit(connection) == 0)
                rollback.Run();
        }
        catch (SqliteFault)
        {
            // The first fault is the one to report; the next group rolls back before it begins.
        }
    }
}
