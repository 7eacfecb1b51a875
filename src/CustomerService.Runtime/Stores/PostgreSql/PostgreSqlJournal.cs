namespace CustomerService.Runtime.Stores.PostgreSql;

/// <summary>
/// Where an event stands in the whole journal. A plain sequence would do for one writer; of several, one could commit 12 before another commits 11, and a reader
/// that went on from 12 would miss it. So a position is made of the number of its transaction and the event's place in it, and readers see only positions of
/// transactions before which none is still under way. No writer waits for another, and no reader misses anything; it may see the last events a moment later.
/// </summary>
internal static class PostgreSqlJournal
{
    /// <summary>The first position of the transaction. 20 bits count within it; the largest group has far fewer events.</summary>
    public const string First = "(((SELECT position_base FROM meta) + pg_current_xact_id()::text::bigint) << 20)";

    /// <summary>Everything before this is committed or will never be.</summary>
    public const string Settled = "(((SELECT position_base FROM meta) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint) << 20)";

    /// <summary>A database restored on another server counts transactions anew, from a lower number: then positions go on from the highest there is.</summary>
    public const string RaiseBase = """
        UPDATE meta SET position_base = (SELECT max(position) >> 20 FROM journal) + 1 - pg_current_xact_id()::text::bigint
        WHERE (SELECT max(position) >> 20 FROM journal) >= position_base + pg_current_xact_id()::text::bigint
        """;
}
