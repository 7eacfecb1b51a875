using System.Collections.Immutable;
using System.Text;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using Npgsql;

namespace CustomerService.Runtime.Stores.PostgreSql;

/// <summary>Grains in a PostgreSQL database, which the hosts of a cluster share.</summary>
public sealed partial class PostgreSqlStore : ISharedGrainStore
{
    private readonly PostgreSqlDatabase database;
    private readonly PostgreSqlWriter writer;
    private readonly bool ownsDatabase;
    private int disposed;

    private PostgreSqlStore(PostgreSqlDatabase database, string owner, bool ownsDatabase, int maxGroup = WriteQueue.MaxGroup)
    {
        this.database = database;
        this.ownsDatabase = ownsDatabase;
        Owner = owner;
        writer = new PostgreSqlWriter(database.Source, owner, database.Faults, maxGroup);
    }

    public string Owner { get; }

    /// <summary>How many transactions were committed since it was opened.</summary>
    internal long Transactions => writer.Transactions;

    /// <summary>Opens a database whose tables are of this program's version (see <see cref="PostgreSqlDatabase.MigrateAsync"/>).</summary>
    /// <param name="connectionString">As Npgsql reads it: <c>Host=…;Database=…;Username=…</c>.</param>
    /// <param name="owner">Who this host is: see <see cref="ISharedGrainStore.Owner"/>.</param>
    /// <exception cref="StoreOpenException">It can't be used; the message says what to do.</exception>
    public static Task<PostgreSqlStore> OpenAsync(string connectionString, string owner, CancellationToken cancellation = default) =>
        OpenAsync(connectionString, owner, WriteQueue.MaxGroup, cancellation);

    /// <summary>Uses a database that is open already, and whose owner closes it after the store.</summary>
    /// <param name="owner">Who this host is: see <see cref="ISharedGrainStore.Owner"/>.</param>
    public static PostgreSqlStore On(PostgreSqlDatabase database, string owner) => new(database, owner, ownsDatabase: false);

    /// <param name="maxGroup">The most writes that share a transaction.</param>
    internal static async Task<PostgreSqlStore> OpenAsync(string connectionString, string owner, int maxGroup, CancellationToken cancellation = default) =>
        new(await PostgreSqlDatabase.OpenAsync(connectionString, cancellation), owner, ownsDatabase: true, maxGroup);

    public ValueTask<CommitOutcome> CommitAsync(GrainCommit commit) => new(writer.Add(new CommitWrite(commit)));

    public Task FinishAsync(EffectId effect) => writer.Add(new FinishEffectWrite(effect));

    public Task FinishAsync(StoredAlarm alarm) => writer.Add(new FinishAlarmWrite(alarm));

    public Task ParkAsync(ParkedItem item) => writer.Add(new ParkWrite(item));

    public Task UnparkAsync(string id) => writer.Add(new UnparkWrite(id));

    public Task FlushAsync() => writer.Add(new FlushWrite());

    public async ValueTask<StoredGrain?> LoadAsync(GrainId id, bool withEntries, CancellationToken cancellation = default)
    {
        // State and entries in one statement, so that both are of the same version.
        const string entries = "coalesce((SELECT array_agg(entry ORDER BY entry) FROM entries WHERE kind = $1 AND key = $2), '{}'), coalesce((SELECT array_agg(payload ORDER BY entry) FROM entries WHERE kind = $1 AND key = $2), '{}')";
        const string none = "'{}'::text[], '{}'::text[]";
        var rows = await ReadAsync(
            $"SELECT version, state_version, journal_sequence, state, {(withEntries ? entries : none)}, EXISTS (SELECT FROM effects WHERE kind = $1 AND key = $2) FROM grains WHERE kind = $1 AND key = $2",
            row => new StoredGrain(row.GetInt64(0), row.GetInt32(1), Bytes(row, 3), row.GetInt64(2), Entries(row), row.GetBoolean(6)),
            cancellation, id.Kind, id.Key);
        return rows.Count > 0 ? rows[0] : null;
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
        await ReadAsync(
            "SELECT position, kind, key, sequence, at, body FROM journal WHERE kind = $1 AND key = $2 AND sequence > $3 ORDER BY sequence LIMIT $4",
            Event, cancellation, grain.Kind, grain.Key, afterSequence, limit);

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        await ReadAsync(
            $"SELECT position, kind, key, sequence, at, body FROM journal WHERE position > $1 AND position < {PostgreSqlJournal.Settled} ORDER BY position LIMIT $2",
            Event, cancellation, afterPosition, limit);

    public async ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default)
    {
        var from = after ?? new EffectId(new GrainId("", ""), 0, 0);
        return await ReadAsync(
            "SELECT kind, key, version, number, body, owner FROM effects WHERE (kind, key, version, number) > ($1, $2, $3, $4) ORDER BY kind, key, version, number LIMIT $5",
            Effect, cancellation, from.Source.Kind, from.Source.Key, from.Version, from.Number, limit);
    }

    public async ValueTask<IReadOnlyList<StoredAlarm>> ReadAlarmsAsync(DateTimeOffset dueBy, StoredAlarm? after, int limit, CancellationToken cancellation = default) =>
        await ReadAsync(
            "SELECT kind, key, name, due, version, body FROM alarms WHERE owner = $7 AND due <= $1 AND (due, kind, key, name) > ($2, $3, $4, $5) ORDER BY due, kind, key, name LIMIT $6",
            row => new StoredAlarm(Grain(row, 0), row.GetString(2), StoredTime.From(row.GetInt64(3)), row.GetInt64(4), Bytes(row, 5)),
            cancellation, StoredTime.Of(dueBy), after is null ? long.MinValue : StoredTime.Of(after.Due), after?.Grain.Kind ?? "", after?.Grain.Key ?? "", after?.Name ?? "", limit, Owner);

    public async ValueTask<DateTimeOffset?> NextAlarmAsync(DateTimeOffset after, CancellationToken cancellation = default)
    {
        var rows = await ReadAsync("SELECT due FROM alarms WHERE owner = $2 AND due > $1 ORDER BY due LIMIT 1", row => StoredTime.From(row.GetInt64(0)), cancellation, StoredTime.Of(after), Owner);
        return rows.Count > 0 ? rows[0] : null;
    }

    public async ValueTask<IReadOnlyList<ParkedItem>> ReadParkedAsync(int limit, CancellationToken cancellation = default) =>
        await ReadAsync("SELECT id, kind, key, at, reason, body FROM parked ORDER BY at, id LIMIT $1", Item, cancellation, limit);

    public async ValueTask<ParkedItem?> FindParkedAsync(string id, CancellationToken cancellation = default)
    {
        var rows = await ReadAsync("SELECT id, kind, key, at, reason, body FROM parked WHERE id = $1", Item, cancellation, id);
        return rows.Count > 0 ? rows[0] : null;
    }

    public async ValueTask<StoreCounts> CountAsync(DateTimeOffset dueBy, CancellationToken cancellation = default)
    {
        var rows = await ReadAsync(
            "SELECT (SELECT count(*) FROM effects), (SELECT count(*) FROM alarms WHERE due <= $1), (SELECT count(*) FROM alarms WHERE due > $1), (SELECT count(*) FROM parked)",
            row => new StoreCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            cancellation, StoredTime.Of(dueBy));
        return rows[0];
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        await writer.DisposeAsync();
        if (ownsDatabase)
            await database.DisposeAsync();
    }

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object[] parameters)
    {
        if (Volatile.Read(ref disposed) != 0)
            throw StoreRefusal.Closed();
        try
        {
            await using var command = database.Source.CreateCommand(sql);
            foreach (var value in parameters)
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellation))
                rows.Add(read(reader));
            return rows;
        }
        catch (Exception fault) when (PostgreSqlFaults.IsFault(fault))
        {
            throw database.Faults.ToUnavailable(fault);
        }
    }

    private static GrainId Grain(NpgsqlDataReader row, int column) => new(row.GetString(column), row.GetString(column + 1));

    private static byte[] Bytes(NpgsqlDataReader row, int column) => Encoding.UTF8.GetBytes(row.GetString(column));

    private static StoredEffect Effect(NpgsqlDataReader row) =>
        new(new EffectId(Grain(row, 0), row.GetInt64(2), row.GetInt32(3)), Bytes(row, 4), row.GetString(5));

    private static StoredEvent Event(NpgsqlDataReader row) =>
        new(row.GetInt64(0), Grain(row, 1), row.GetInt64(3), StoredTime.From(row.GetInt64(4)), Bytes(row, 5));

    private static ParkedItem Item(NpgsqlDataReader row) =>
        new(row.GetString(0), Grain(row, 1), Bytes(row, 5), row.GetString(4), StoredTime.From(row.GetInt64(3)));

    private static ImmutableArray<IndexEntry> Entries(NpgsqlDataReader row) =>
        [.. row.GetFieldValue<string[]>(4).Zip(row.GetFieldValue<string[]>(5), (key, payload) => new IndexEntry(key, payload))];
}
