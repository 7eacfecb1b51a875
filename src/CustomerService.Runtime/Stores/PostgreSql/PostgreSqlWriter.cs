using System.Diagnostics;
using Npgsql;

namespace CustomerService.Runtime.Stores.PostgreSql;

/// <summary>The one loop that writes: each group is one batch, one round trip and one transaction.</summary>
internal sealed class PostgreSqlWriter : IAsyncDisposable
{
    private const int MaxTries = 3;

    private readonly WriteQueue queue;
    private readonly NpgsqlDataSource source;
    private readonly string owner;
    private readonly PostgreSqlFaults faults;
    private readonly Task loop;

    public PostgreSqlWriter(NpgsqlDataSource source, string owner, PostgreSqlFaults faults, int maxGroup)
    {
        queue = new WriteQueue(maxGroup);
        this.source = source;
        this.owner = owner;
        this.faults = faults;
        loop = Task.Run(WorkAsync);
    }

    /// <summary>How many transactions were committed.</summary>
    public long Transactions { get; private set; }

    public Task<CommitOutcome> Add(StoreWrite write) => queue.Add(write);

    public async ValueTask DisposeAsync()
    {
        queue.Close();
        await loop;
        queue.Dispose();
    }

    private async Task WorkAsync()
    {
        var group = new List<StoreWrite>();
        while (await queue.TakeAsync(group))
        {
            if (group.Count > 0)
                await WriteAsync(group);
            group.Clear();
        }
    }

    private async Task WriteAsync(List<StoreWrite> group)
    {
        var started = Stopwatch.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            try
            {
                await WriteInOneTransactionAsync(group);
                break;
            }
            catch (PostgresException fault) when (PostgreSqlFaults.IsOfTheMoment(fault) && tries < MaxTries)
            {
                // Lost to another silo; the same group again finds its versions as they are now.
            }
            catch (PostgresException fault) when (PostgreSqlFaults.IsStale(fault) && group is [CommitWrite stale])
            {
                stale.Decide(CommitOutcome.Conflict);
                break;
            }
            catch (PostgresException fault) when (PostgreSqlFaults.IsOfOneWrite(fault) && group.Count > 1)
            {
                // One write is at fault: alone, it can't take the others with it.
                foreach (var write in group)
                    await WriteAsync([write]);
                return;
            }
#pragma warning disable CA1031 // Whatever the driver throws, those who wait are told.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                queue.GiveBack(group, faults.ToUnavailable(fault));
                return;
            }
        }

        RuntimeInstruments.Committed(group.Count, Stopwatch.GetElapsedTime(started));
        foreach (var write in group)
            write.Acknowledge();
    }

    private async Task WriteInOneTransactionAsync(List<StoreWrite> group)
    {
        // Every silo locks grains in the same order, so that two groups never wait for one another. The sort keeps a grain's own order.
        var commits = group.OfType<CommitWrite>()
            .OrderBy(write => write.Commit.Grain.Kind, StringComparer.Ordinal).ThenBy(write => write.Commit.Grain.Key, StringComparer.Ordinal).ToArray();
        var rest = Rest(group).ToArray();
        if (commits.Length + rest.Length == 0)
            return;

        await using var connection = await source.OpenConnectionAsync();
        // A batch outside a transaction is one: all of it commits at its end, or none.
        await using var batch = new NpgsqlBatch(connection);
        var events = 0;
        foreach (var write in commits)
        {
            batch.BatchCommands.Add(PostgreSqlWrites.Commit(write.Commit, owner, events));
            events += write.Commit.Events.Length;
        }

        foreach (var command in rest)
            batch.BatchCommands.Add(command);

        await using (var reader = await batch.ExecuteReaderAsync())
        {
            foreach (var write in commits)
            {
                await reader.ReadAsync();
                write.Decide(reader.GetInt64(0) == 0 ? CommitOutcome.Conflict : CommitOutcome.Committed(reader.GetInt64(1)));
                await reader.NextResultAsync();
            }
        }

        Transactions++;
    }

    private static IEnumerable<NpgsqlBatchCommand> Rest(List<StoreWrite> group)
    {
        var finished = group.OfType<FinishEffectWrite>().Select(write => write.Effect).ToArray();
        if (finished.Length > 0)
            yield return PostgreSqlWrites.FinishEffects(finished);
        foreach (var write in group)
        {
            switch (write)
            {
                case FinishAlarmWrite finish:
                    yield return PostgreSqlWrites.FinishAlarm(finish.Alarm);
                    break;
                case ParkWrite park:
                    yield return PostgreSqlWrites.Park(park.Item);
                    break;
                case UnparkWrite unpark:
                    yield return PostgreSqlWrites.Unpark(unpark.Id);
                    break;
            }
        }
    }
}
