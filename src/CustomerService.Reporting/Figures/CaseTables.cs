using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Quality;

namespace CustomerService.Reporting.Figures;

/// <summary>Where cases are kept, and how far in the journal they have come: in a file of its own, or in the tables of a cluster's database.</summary>
public sealed partial class CaseTables
{
    /// <summary>Changes with what cases say: then they are made again from the journal's beginning.</summary>
    internal const int Format = 1;

    private readonly DbDataSource _database;
    private readonly bool _waitsForDisk;

    private CaseTables(DbDataSource database, bool waitsForDisk) => (_database, _waitsForDisk) = (database, waitsForDisk);

    /// <summary>In a file, made if need be.</summary>
    /// <exception cref="InvalidDataException">The file can't be used; the message says what to do.</exception>
    public static CaseTables OnFile(string path) => new(SqliteFile.Open(path, "the figures", Shape, Names, Tables, without: "the cases of erased conversations"), waitsForDisk: false);

    /// <summary>In a PostgreSQL database with the program's schema.</summary>
    public static CaseTables OnDatabase(DbDataSource database) => new(database, waitsForDisk: true);

    /// <summary>The cases that began in that time, the oldest first.</summary>
    public ValueTask<ImmutableArray<CaseRow>> OpenedAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation = default) =>
        RowsAsync(
            """
            SELECT body FROM (
                SELECT opened_at, conversation, body FROM figures_cases WHERE opened_at >= @from AND opened_at < @until
                UNION ALL SELECT opened_at, '', body FROM figures_erased WHERE opened_at >= @from AND opened_at < @until) AS cases
            ORDER BY opened_at, conversation
            """,
            [("from", from.UtcTicks), ("until", until.UtcTicks)],
            cancellation);

    /// <summary>The cases that were settled in that time and still are, the oldest first, without those of erased conversations: nobody can look into them any more.</summary>
    public ValueTask<ImmutableArray<CaseRow>> SettledAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation = default) =>
        RowsAsync("SELECT body FROM figures_cases WHERE settled_at >= @from AND settled_at < @until ORDER BY settled_at, conversation", [("from", from.UtcTicks), ("until", until.UtcTicks)], cancellation);

    internal async ValueTask<CasesState> ReadStateAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = connection.Command("SELECT format, position FROM figures_state");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new CasesState(reader.GetInt32(0), reader.GetInt64(1));
    }

    /// <summary>Empties the tables, to be made again from the journal's beginning.</summary>
    /// <param name="sameJournal">The cases of its erased conversations stay then: it does not tell them any more.</param>
    internal async ValueTask<CasesState> ClearAsync(bool sameJournal, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync("UPDATE figures_state SET format = @format, position = 0; DELETE FROM figures_cases; DELETE FROM figures_reviews", [("format", Format)], cancellation);
        if (!sameJournal)
            await connection.ExecuteAsync("DELETE FROM figures_erased", [], cancellation);
        await transaction.CommitAsync(cancellation);
        return new CasesState(Format, 0);
    }

    /// <summary>All cases of a conversation, by their numbers.</summary>
    internal async ValueTask<Dictionary<int, CaseRow>> CasesOfAsync(string conversation, CancellationToken cancellation) =>
        (await RowsAsync("SELECT body FROM figures_cases WHERE conversation = @id", [("id", conversation)], cancellation)).ToDictionary(row => row.Number);

    /// <summary>The newest case of each of these conversations that has one.</summary>
    internal async ValueTask<Dictionary<string, CaseRow>> NewestOfAsync(IEnumerable<string> conversations, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var newest = new Dictionary<string, CaseRow>(StringComparer.Ordinal);
        foreach (var id in conversations)
        {
            await using var command = connection.Command("SELECT body FROM figures_cases WHERE conversation = @id ORDER BY number DESC LIMIT 1", ("id", id));
            if (await command.ExecuteScalarAsync(cancellation) is string body)
                newest[id] = Parse(body);
        }

        return newest;
    }

    /// <summary>Keeps what a stretch of the journal changed, together with the position that was reached; all of it or nothing.</summary>
    /// <returns>False: the tables are not where they were any more, for somebody else has kept them; nothing was written.</returns>
    internal async ValueTask<bool> KeepAsync(CasesState from, long reached, CaseChanges changes, ReviewChanges reviews, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var erases = changes.Erased.Count + reviews.Erased.Count > 0;
        if (!_waitsForDisk) // What follows from the journal is kept again when a power cut takes it. What is taken out is overwritten.
            await connection.ExecuteAsync($"PRAGMA synchronous = {(erases ? "FULL" : "NORMAL")}; PRAGMA secure_delete = ON", [], cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var moved = await connection.ExecuteAsync(
            "UPDATE figures_state SET position = @reached WHERE format = @format AND position = @position",
            [("reached", reached), ("format", from.Format), ("position", from.Position)],
            cancellation);
        if (moved != 1)
            return false;
        foreach (var conversation in changes.Erased)
            await connection.ExecuteAsync("DELETE FROM figures_cases WHERE conversation = @id", [("id", conversation)], cancellation);
        foreach (var conversation in reviews.Erased)
            await connection.ExecuteAsync("DELETE FROM figures_reviews WHERE conversation = @id", [("id", conversation)], cancellation);
        foreach (var row in changes.Anonymous)
            await connection.ExecuteAsync("INSERT INTO figures_erased (opened_at, body) VALUES (@opened_at, @body)", [("opened_at", row.OpenedAt.UtcTicks), ("body", Text(row))], cancellation);
        foreach (var row in changes.Rows)
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO figures_cases (conversation, number, opened_at, settled_at, body) VALUES (@conversation, @number, @opened_at, @settled_at, @body)
                ON CONFLICT (conversation, number) DO UPDATE SET opened_at = excluded.opened_at, settled_at = excluded.settled_at, body = excluded.body
                """,
                [
                    ("conversation", row.ConversationId), ("number", row.Number), ("opened_at", row.OpenedAt.UtcTicks), ("settled_at", row.SettledAt?.UtcTicks),
                    ("body", Text(row)),
                ],
                cancellation);
        }

        foreach (var review in reviews.Rows)
            await PutAsync(connection, review, cancellation);
        await transaction.CommitAsync(cancellation);
        if (!_waitsForDisk && erases)
            await connection.ExecuteAsync(SqliteFile.CutLog, [], cancellation);
        return true;
    }

    private async ValueTask<ImmutableArray<CaseRow>> RowsAsync(string sql, (string Name, object? Value)[] parameters, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = connection.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = ImmutableArray.CreateBuilder<CaseRow>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(Parse(reader.GetString(0)));
        return rows.ToImmutable();
    }

    private static string Text(CaseRow row) => JsonSerializer.Serialize(row, CaseRowJson.Default.CaseRow);

    private static CaseRow Parse(string body) => JsonSerializer.Deserialize(body, CaseRowJson.Default.CaseRow)!;

    /// <summary>Changes with each change of <see cref="Tables"/>: tables of another shape are made anew.</summary>
    private const long Shape = 3;

    // Never figures_erased: it can't be made anew, and keeps its shape for good.
    private static readonly string[] Names = ["figures_cases", "figures_reviews", "figures_state"];

    private const string Tables = """
        CREATE TABLE figures_cases (
            conversation text NOT NULL, number integer NOT NULL, opened_at bigint NOT NULL, settled_at bigint, body text NOT NULL,
            PRIMARY KEY (conversation, number));
        CREATE INDEX figures_cases_opened ON figures_cases (opened_at);
        CREATE INDEX figures_cases_settled ON figures_cases (settled_at) WHERE settled_at IS NOT NULL;
        CREATE TABLE figures_reviews (
            conversation text NOT NULL, reviewer text NOT NULL, agent text NOT NULL, told integer NOT NULL, at bigint NOT NULL, body text NOT NULL,
            PRIMARY KEY (conversation, reviewer));
        CREATE INDEX figures_reviews_at ON figures_reviews (at);
        CREATE INDEX figures_reviews_agent ON figures_reviews (agent, at);
        CREATE TABLE figures_state (one integer NOT NULL PRIMARY KEY CHECK (one = 1), format integer NOT NULL, position bigint NOT NULL);
        INSERT INTO figures_state VALUES (1, 0, 0);
        CREATE TABLE IF NOT EXISTS figures_erased (number integer PRIMARY KEY, opened_at bigint NOT NULL, body text NOT NULL);
        CREATE INDEX IF NOT EXISTS figures_erased_opened ON figures_erased (opened_at);
        """;
}

/// <param name="Position">Up to where in the journal the cases are kept.</param>
internal readonly record struct CasesState(int Format, long Position);
