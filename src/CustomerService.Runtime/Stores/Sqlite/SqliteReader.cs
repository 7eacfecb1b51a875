using System.Collections.Immutable;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using Microsoft.Data.Sqlite;

namespace CustomerService.Runtime.Stores.Sqlite;

/// <summary>One read connection with its prepared statements, used by one reader at a time.</summary>
internal sealed class SqliteReader(SqliteConnection connection, SqliteFaults faults) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> prepared = [];

    public StoredGrain? Load(GrainId id, bool withEntries)
    {
        var statement = Prepare("SELECT version, state_version, journal_sequence, state FROM grains WHERE kind = ? AND key = ?").Bind(id);
        return One(statement, row => new StoredGrain(
            row.Integer(0), (int)row.Integer(1), row.Bytes(3), row.Integer(2), withEntries ? Entries(id) : []));
    }

    public List<StoredEvent> Journal(GrainId grain, long afterSequence, int limit) => All(
        Prepare("SELECT position, kind, key, sequence, at, body FROM journal WHERE kind = ? AND key = ? AND sequence > ? ORDER BY sequence LIMIT ?")
            .Bind(grain).Bind(afterSequence).Bind(limit),
        Event);

    public List<StoredEvent> Journal(long afterPosition, int limit) => All(
        Prepare("SELECT position, kind, key, sequence, at, body FROM journal WHERE position > ? ORDER BY position LIMIT ?").Bind(afterPosition).Bind(limit),
        Event);

    public List<StoredEffect> Effects(EffectId? after, int limit)
    {
        var from = after ?? new EffectId(new GrainId("", ""), 0, 0);
        return All(
            Prepare("""
                SELECT kind, key, version, number, body FROM effects WHERE (kind, key, version, number) > (?, ?, ?, ?)
                ORDER BY kind, key, version, number LIMIT ?
                """).Bind(from.Source).Bind(from.Version).Bind(from.Number).Bind(limit),
            row => new StoredEffect(new EffectId(row.Grain(0), row.Integer(2), (int)row.Integer(3)), row.Bytes(4)));
    }

    public List<StoredAlarm> Alarms(DateTimeOffset dueBy, StoredAlarm? after, int limit) => All(
        Prepare("""
            SELECT kind, key, name, due, version, body FROM alarms WHERE due <= ? AND (due, kind, key, name) > (?, ?, ?, ?)
            ORDER BY due, kind, key, name LIMIT ?
            """)
            .Bind(StoredTime.Of(dueBy)).Bind(after is null ? long.MinValue : StoredTime.Of(after.Due)).Bind(after?.Grain ?? new GrainId("", "")).Bind(after?.Name ?? "").Bind(limit),
        row => new StoredAlarm(row.Grain(0), row.Text(2), StoredTime.From(row.Integer(3)), row.Integer(4), row.Bytes(5)));

    public DateTimeOffset? NextAlarm(DateTimeOffset after) => One(
        Prepare("SELECT min(due) FROM alarms WHERE due > ?").Bind(StoredTime.Of(after)),
        row => row.IsNull(0) ? (DateTimeOffset?)null : StoredTime.From(row.Integer(0)));

    public List<ParkedItem> Parked(int limit) => All(
        Prepare("SELECT id, kind, key, at, reason, body FROM parked ORDER BY at, id LIMIT ?").Bind(limit), Item);

    public ParkedItem? FindParked(string id) => One(
        Prepare("SELECT id, kind, key, at, reason, body FROM parked WHERE id = ?").Bind(id), Item);

    public StoreCounts Count(DateTimeOffset dueBy) => One(
        Prepare("SELECT (SELECT count(*) FROM effects), (SELECT count(*) FROM alarms WHERE due <= ?), (SELECT count(*) FROM alarms WHERE due > ?), (SELECT count(*) FROM parked)")
            .Bind(StoredTime.Of(dueBy)).Bind(StoredTime.Of(dueBy)),
        row => new StoreCounts(row.Integer(0), row.Integer(1), row.Integer(2), row.Integer(3)));

    public void Dispose()
    {
        foreach (var statement in prepared.Values)
            statement.Dispose();
        connection.Dispose();
    }

    private ImmutableArray<IndexEntry> Entries(GrainId id) =>
        [.. All(
            Prepare("SELECT entry, payload FROM entries WHERE kind = ? AND key = ? ORDER BY entry").Bind(id),
            row => new IndexEntry(row.Text(0), row.Text(1)))];

    private static StoredEvent Event(SqliteStatement row) =>
        new(row.Integer(0), row.Grain(1), row.Integer(3), StoredTime.From(row.Integer(4)), row.Bytes(5));

    private static ParkedItem Item(SqliteStatement row) =>
        new(row.Text(0), row.Grain(1), row.Bytes(5), row.Text(4), StoredTime.From(row.Integer(3)));

    private static T? One<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        if (!statement.Next())
            return default;
        try
        {
            return read(statement);
        }
        finally
        {
            statement.Reset();
        }
    }

    private static List<T> All<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        var rows = new List<T>();
        while (statement.Next())
            rows.Add(read(statement));
        return rows;
    }

    private SqliteStatement Prepare(string sql)
    {
        if (!prepared.TryGetValue(sql, out var statement))
            prepared.Add(sql, statement = new SqliteStatement(connection.Handle!, faults, sql));
        return statement;
    }
}
