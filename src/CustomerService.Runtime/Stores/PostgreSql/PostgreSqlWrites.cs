using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace CustomerService.Runtime.Stores.PostgreSql;

/// <summary>
/// The statements of a group. Each commit is one statement that first writes the state if the version is still the expected
/// one, and everything else only if that wrote a row; so one that loses takes nothing with it.
/// </summary>
internal static class PostgreSqlWrites
{
    private const string Insert = """
        WITH written AS (
            INSERT INTO grains (kind, key, version, state_version, journal_sequence, state) VALUES ($1, $2, $3 + 1, $4, $5, $6)
            ON CONFLICT DO NOTHING RETURNING version)
        """;

    private const string Update = """
        WITH written AS (
            UPDATE grains SET version = version + 1, state_version = $4, journal_sequence = $5, state = $6
            WHERE kind = $1 AND key = $2 AND version = $3 RETURNING version)
        """;

    private const string Delete = """
        WITH written AS (DELETE FROM grains WHERE kind = $1 AND key = $2 AND version = $3 RETURNING version),
            disowned AS (UPDATE journal SET kind = $4, key = $5, sequence = position, body = $6 FROM written WHERE journal.kind = $1 AND journal.key = $2),
            drop_effects AS (DELETE FROM effects USING written WHERE kind = $1 AND key = $2),
            drop_alarms AS (DELETE FROM alarms USING written WHERE kind = $1 AND key = $2),
            drop_entries AS (DELETE FROM entries USING written WHERE kind = $1 AND key = $2)
        SELECT count(*), 0::bigint FROM written
        """;

    /// <summary>Returns one row: how many grains were written (0 is a conflict), and the first event's position.</summary>
    /// <param name="eventsBefore">How many events come before this commit's in the same transaction.</param>
    public static NpgsqlBatchCommand Commit(GrainCommit commit, string owner, int eventsBefore)
    {
        if (commit.Erases == Erasure.Grain)
            return Erase(commit);

        var command = new NpgsqlBatchCommand();
        var sql = new StringBuilder(commit.ExpectedVersion == 0 ? Insert : Update);
        string Parameter(object value, NpgsqlDbType type)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
            return $"${command.Parameters.Count}";
        }

        Parameter(commit.Grain.Kind, NpgsqlDbType.Text);
        Parameter(commit.Grain.Key, NpgsqlDbType.Text);
        Parameter(commit.ExpectedVersion, NpgsqlDbType.Bigint);
        Parameter(commit.StateVersion, NpgsqlDbType.Integer);
        Parameter(commit.JournalSequence + commit.Events.Length, NpgsqlDbType.Bigint);
        Parameter(Encoding.UTF8.GetString(commit.State.Span), NpgsqlDbType.Text);

        if (!commit.Effects.IsEmpty)
        {
            var bodies = Parameter(Texts(commit.Effects), NpgsqlDbType.Array | NpgsqlDbType.Text);
            var carrier = Parameter(owner, NpgsqlDbType.Text);
            sql.Append($"""
                , put_effects AS (INSERT INTO effects (kind, key, version, number, body, owner)
                    SELECT $1, $2, written.version, item.number - 1, item.body, {carrier} FROM written, unnest({bodies}) WITH ORDINALITY AS item (body, number))
                """);
        }

        if (!commit.Events.IsEmpty)
        {
            var bodies = Parameter(Texts(commit.Events), NpgsqlDbType.Array | NpgsqlDbType.Text);
            var before = Parameter(commit.JournalSequence, NpgsqlDbType.Bigint);
            var at = Parameter(StoredTime.Of(commit.At), NpgsqlDbType.Bigint);
            var place = Parameter(eventsBefore - 1L, NpgsqlDbType.Bigint);
            sql.Append($"""
                , put_events AS (INSERT INTO journal (position, kind, key, sequence, at, body)
                    SELECT {PostgreSqlJournal.First} + {place} + item.number, $1, $2, {before} + item.number, {at}, item.body
                    FROM written, unnest({bodies}) WITH ORDINALITY AS item (body, number)
                    RETURNING position)
                """);
        }

        if (commit.Erases == Erasure.Journal)
        {
            var body = Parameter(Encoding.UTF8.GetString(ErasedEvents.Body.Span), NpgsqlDbType.Text);
            var last = Parameter(commit.JournalSequence, NpgsqlDbType.Bigint);
            sql.Append($", emptied AS (UPDATE journal SET body = {body} FROM written WHERE journal.kind = $1 AND journal.key = $2 AND journal.sequence <= {last})");
        }

        if (commit.Alarms.Any(alarm => alarm.Body is null))
        {
            var names = Parameter(commit.Alarms.Where(alarm => alarm.Body is null).Select(alarm => alarm.Name).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            sql.Append($", drop_alarms AS (DELETE FROM alarms USING written WHERE kind = $1 AND key = $2 AND name = ANY ({names}))");
        }

        if (commit.Alarms.Any(alarm => alarm.Body is not null))
        {
            var set = commit.Alarms.Where(alarm => alarm.Body is not null).ToArray();
            var names = Parameter(set.Select(alarm => alarm.Name).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            var dues = Parameter(set.Select(alarm => StoredTime.Of(alarm.Due)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
            var bodies = Parameter(Texts(set.Select(alarm => alarm.Body!)), NpgsqlDbType.Array | NpgsqlDbType.Text);
            var ringer = Parameter(owner, NpgsqlDbType.Text);
            sql.Append($"""
                , put_alarms AS (INSERT INTO alarms (kind, key, name, due, version, body, owner)
                    SELECT $1, $2, item.name, item.due, written.version, item.body, {ringer} FROM written, unnest({names}, {dues}, {bodies}) AS item (name, due, body)
                    ON CONFLICT (kind, key, name) DO UPDATE SET due = excluded.due, version = excluded.version, body = excluded.body, owner = excluded.owner)
                """);
        }

        if (commit.Entries.Any(entry => entry.Payload is null))
        {
            var keys = Parameter(commit.Entries.Where(entry => entry.Payload is null).Select(entry => entry.Key).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            sql.Append($", drop_entries AS (DELETE FROM entries USING written WHERE kind = $1 AND key = $2 AND entry = ANY ({keys}))");
        }

        if (commit.Entries.Any(entry => entry.Payload is not null))
        {
            var put = commit.Entries.Where(entry => entry.Payload is not null).ToArray();
            var keys = Parameter(put.Select(entry => entry.Key).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            var payloads = Parameter(put.Select(entry => entry.Payload!).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            sql.Append($"""
                , put_entries AS (INSERT INTO entries (kind, key, entry, payload)
                    SELECT $1, $2, item.entry, item.payload FROM written, unnest({keys}, {payloads}) AS item (entry, payload)
                    ON CONFLICT (kind, key, entry) DO UPDATE SET payload = excluded.payload)
                """);
        }

        sql.Append(commit.Events.IsEmpty
            ? " SELECT count(*), 0::bigint FROM written"
            : " SELECT (SELECT count(*) FROM written), coalesce((SELECT min(position) FROM put_events), 0)");
        command.CommandText = sql.ToString();
        return command;
    }

    private static NpgsqlBatchCommand Erase(GrainCommit commit) => Command(
        Delete,
        (commit.Grain.Kind, NpgsqlDbType.Text), (commit.Grain.Key, NpgsqlDbType.Text), (commit.ExpectedVersion, NpgsqlDbType.Bigint),
        (ErasedEvents.Grain.Kind, NpgsqlDbType.Text), (ErasedEvents.Grain.Key, NpgsqlDbType.Text), (Encoding.UTF8.GetString(ErasedEvents.Body.Span), NpgsqlDbType.Text));

    public static NpgsqlBatchCommand FinishEffects(IReadOnlyList<EffectId> effects) => Command(
        "DELETE FROM effects USING unnest($1, $2, $3, $4) AS item (kind, key, version, number) WHERE effects.kind = item.kind AND effects.key = item.key AND effects.version = item.version AND effects.number = item.number",
        (effects.Select(effect => effect.Source.Kind).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text),
        (effects.Select(effect => effect.Source.Key).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text),
        (effects.Select(effect => effect.Version).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
        (effects.Select(effect => effect.Number).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer));

    public static NpgsqlBatchCommand FinishAlarm(StoredAlarm alarm) => Command(
        "DELETE FROM alarms WHERE kind = $1 AND key = $2 AND name = $3 AND version = $4",
        (alarm.Grain.Kind, NpgsqlDbType.Text), (alarm.Grain.Key, NpgsqlDbType.Text), (alarm.Name, NpgsqlDbType.Text), (alarm.Version, NpgsqlDbType.Bigint));

    public static NpgsqlBatchCommand Park(Parked.ParkedItem item) => Command(
        "INSERT INTO parked (id, kind, key, at, reason, body) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET at = excluded.at, reason = excluded.reason",
        (item.Id, NpgsqlDbType.Text), (item.Grain.Kind, NpgsqlDbType.Text), (item.Grain.Key, NpgsqlDbType.Text), (StoredTime.Of(item.At), NpgsqlDbType.Bigint),
        (item.Reason, NpgsqlDbType.Text), (Encoding.UTF8.GetString(item.Body.Span), NpgsqlDbType.Text));

    public static NpgsqlBatchCommand Unpark(string id) => Command("DELETE FROM parked WHERE id = $1", (id, NpgsqlDbType.Text));

    private static string[] Texts(IEnumerable<byte[]> bodies) => [.. bodies.Select(Encoding.UTF8.GetString)];

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<(object Value, NpgsqlDbType Type)> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (value, type) in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        return command;
    }
}
