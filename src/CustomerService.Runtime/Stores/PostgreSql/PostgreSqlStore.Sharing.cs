using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.Stores.PostgreSql;

// Who carries out what: see ISharedGrainStore.
public sealed partial class PostgreSqlStore
{
    public async ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(GrainId grain, CancellationToken cancellation = default) =>
        await ReadAsync(
            "SELECT kind, key, version, number, body, owner FROM effects WHERE kind = $1 AND key = $2 ORDER BY version, number",
            Effect, cancellation, grain.Kind, grain.Key);

    public async ValueTask<IReadOnlyList<StoredEffect>> ReadOwnEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default)
    {
        var from = after ?? new EffectId(new GrainId("", ""), 0, 0);
        return await ReadAsync(
            "SELECT kind, key, version, number, body, owner FROM effects WHERE owner = $6 AND (kind, key, version, number) > ($1, $2, $3, $4) ORDER BY kind, key, version, number LIMIT $5",
            Effect, cancellation, from.Source.Kind, from.Source.Key, from.Version, from.Number, limit, Owner);
    }

    public async ValueTask<IReadOnlyList<GrainId>> ReadOrphansAsync(IReadOnlyCollection<string> living, GrainId? after, int limit, CancellationToken cancellation = default) =>
        await ReadAsync(
            "SELECT DISTINCT kind, key FROM effects WHERE owner <> ALL ($1) AND (kind, key) > ($2, $3) ORDER BY kind, key LIMIT $4",
            row => Grain(row, 0), cancellation, living.ToArray(), after?.Kind ?? "", after?.Key ?? "", limit);

    public async ValueTask<IReadOnlyList<StoredEffect>> TakeOverEffectsAsync(GrainId grain, IReadOnlyCollection<string> living, CancellationToken cancellation = default) =>
        // Of two that do this at once the second waits for the first, and then finds an owner who lives.
        await ReadAsync(
            """
            WITH taken AS (
                UPDATE effects SET owner = $4 WHERE kind = $1 AND key = $2 AND owner <> ALL ($3) RETURNING kind, key, version, number, body, owner)
            SELECT kind, key, version, number, body, owner FROM taken ORDER BY version, number
            """,
            Effect, cancellation, grain.Kind, grain.Key, living.ToArray(), Owner);

    public async ValueTask<int> TakeOverAlarmsAsync(IReadOnlyCollection<string> living, DateTimeOffset dueBy, int limit, CancellationToken cancellation = default)
    {
        // The index leads with the owner: the few owners there are come from one leap each, and only the dead ones' alarms are read.
        var rows = await ReadAsync(
            """
            WITH RECURSIVE owners (name) AS (
                (SELECT min(owner) FROM alarms)
                UNION ALL SELECT (SELECT min(owner) FROM alarms WHERE owner > owners.name) FROM owners WHERE name IS NOT NULL),
            due AS (
                SELECT kind, key, name FROM alarms
                WHERE owner = ANY (ARRAY(SELECT name FROM owners WHERE name <> ALL ($1))) AND due <= $2
                ORDER BY due LIMIT $3 FOR UPDATE SKIP LOCKED),
            taken AS (
                UPDATE alarms SET owner = $4 FROM due
                WHERE alarms.kind = due.kind AND alarms.key = due.key AND alarms.name = due.name RETURNING 1)
            SELECT count(*) FROM taken
            """,
            row => (int)row.GetInt64(0), cancellation, living.ToArray(), StoredTime.Of(dueBy), limit, Owner);
        return rows[0];
    }

    public async ValueTask<IReadOnlyList<string>> ReadKeysAsync(string kind, string after, int limit, CancellationToken cancellation = default) =>
        await ReadAsync(
            "SELECT key FROM grains WHERE kind = $1 AND key > $2 ORDER BY key LIMIT $3",
            row => row.GetString(0), cancellation, kind, after, limit);
}
