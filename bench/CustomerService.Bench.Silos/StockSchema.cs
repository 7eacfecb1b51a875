using Npgsql;

namespace CustomerService.Bench.Silos;

/// <summary>
/// What Microsoft.Orleans.Persistence.AdoNet needs in PostgreSQL. Its package does not carry the script, so this is one of our own:
/// the same tables, columns, index, function and query keys, and the same way of writing (a function that updates by version, or
/// inserts where no row exists). The original can be given instead.
/// </summary>
internal static class StockSchema
{
    /// <summary>The unique key that the stock script lacks.</summary>
    public const string UniqueKey =
        "CREATE UNIQUE INDEX ux_orleansstorage ON orleansstorage (grainidhash, graintypehash, grainidn0, grainidn1, graintypestring, serviceid, grainidextensionstring);";

    private const string SameGrain = """
        grainidhash = {0}GrainIdHash AND graintypehash = {0}GrainTypeHash AND grainidn0 = {0}GrainIdN0 AND grainidn1 = {0}GrainIdN1
        AND graintypestring = {0}GrainTypeString AND serviceid = {0}ServiceId
        AND ((grainidextensionstring IS NOT NULL AND grainidextensionstring = {0}GrainIdExtensionString)
             OR (grainidextensionstring IS NULL AND {0}GrainIdExtensionString IS NULL))
        """;

    /// <param name="script">The original script (PostgreSQL-Main.sql and PostgreSQL-Persistence.sql in one text); null for our own.</param>
    public static async Task CreateAsync(string connectionString, bool withUniqueKey, string? script = null)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand((script ?? Own) + (withUniqueKey ? UniqueKey : ""));
        await command.ExecuteNonQueryAsync();
    }

    private static string Own => $$"""
        CREATE TABLE orleansquery (querykey varchar(64) NOT NULL PRIMARY KEY, querytext varchar(8000) NOT NULL);
        CREATE TABLE orleansstorage (
            grainidhash integer NOT NULL, grainidn0 bigint NOT NULL, grainidn1 bigint NOT NULL,
            graintypehash integer NOT NULL, graintypestring varchar(512) NOT NULL, grainidextensionstring varchar(512),
            serviceid varchar(150) NOT NULL, payloadbinary bytea, modifiedon timestamp NOT NULL, version integer);
        CREATE INDEX ix_orleansstorage ON orleansstorage (grainidhash, graintypehash);

        CREATE FUNCTION writetostorage(
            _GrainIdHash integer, _GrainIdN0 bigint, _GrainIdN1 bigint, _GrainTypeHash integer, _GrainTypeString varchar,
            _GrainIdExtensionString varchar, _ServiceId varchar, _GrainStateVersion integer, _PayloadBinary bytea)
        RETURNS TABLE (newgrainstateversion integer) LANGUAGE plpgsql AS $function$
        DECLARE
            written integer := _GrainStateVersion;
            touched integer;
        BEGIN
            IF _GrainStateVersion IS NULL THEN
                INSERT INTO orleansstorage
                SELECT _GrainIdHash, _GrainIdN0, _GrainIdN1, _GrainTypeHash, _GrainTypeString, _GrainIdExtensionString, _ServiceId,
                    _PayloadBinary, now() AT TIME ZONE 'utc', 1
                WHERE NOT EXISTS (SELECT 1 FROM orleansstorage WHERE {{Of("_")}});
                GET DIAGNOSTICS touched = ROW_COUNT;
                IF touched > 0 THEN written := 1; END IF;
            ELSE
                UPDATE orleansstorage SET payloadbinary = _PayloadBinary, modifiedon = now() AT TIME ZONE 'utc', version = version + 1
                WHERE {{Of("_")}} AND version = _GrainStateVersion;
                GET DIAGNOSTICS touched = ROW_COUNT;
                IF touched > 0 THEN written := _GrainStateVersion + 1; END IF;
            END IF;
            RETURN QUERY SELECT written;
        END
        $function$;

        INSERT INTO orleansquery VALUES
            ('WriteToStorageKey', 'SELECT * FROM writetostorage(@GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString, @ServiceId, @GrainStateVersion, @PayloadBinary)'),
            ('ReadFromStorageKey', 'SELECT payloadbinary, now() AT TIME ZONE ''utc'', version FROM orleansstorage WHERE {{Of("@")}}'),
            ('ClearStorageKey', 'UPDATE orleansstorage SET payloadbinary = NULL, version = version + 1 WHERE {{Of("@")}} AND version = @GrainStateVersion RETURNING version'),
            ('DeleteStorageKey', 'DELETE FROM orleansstorage WHERE {{Of("@")}} AND version = @GrainStateVersion RETURNING version + 1');
        """;

    private static string Of(string prefix) => SameGrain.Replace("{0}", prefix, StringComparison.Ordinal);
}
