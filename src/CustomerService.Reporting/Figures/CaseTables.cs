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
    public static CaseTables OnFile(string path) => new(SqliteFile.Open(path, "the figures", Shape, Names, Tables), waitsForDisk: false);

    /// <summary>In a PostgreSQL database with the program's schema.</summary>
    public static CaseTables OnDatabase(DbDataSource database) => new(database, waitsForDisk: true);

    /// <summary>The cases that began in that time, the oldest first.</summary>
    public ValueTask<ImmutableArray<CaseRow>> OpenedAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation = default) =>
        RowsAsync("opened_at >= @from AND opened_at < @until ORDER BY opened_at, conversation", [("from", from.UtcTicks), ("until", until.UtcTicks)], cancellation);

    /// <summary>The cases that were settled in that time and still are, the oldest first.</summary>
    public ValueTask<ImmutableArray<CaseRow>> SettledAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation = default) =>
        RowsAsync("settled_at >= @from AND settled_at < @until ORDER BY settled_at, conversation", [("from", from.UtcTicks), ("until", until.UtcTicks)], cancellation);

    internal async ValueTask<CasesState> ReadStateAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = connection.Command("SELECT format, position FROM figures_state");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new CasesState(reader.GetInt32(0), reader.GetInt64(1));
    }

    /// <summary>Empties the tables, to be made again from the journal's beginning.</summary>
    internal async ValueTask<CasesState> ClearAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync("UPDATE figures_state SET format = @format, position = 0; DELETE FROM figures_cases; DELETE FROM figures_reviews", [("format", Format)], cancellation);
        await transaction.CommitAsync(cancellation);
        return new CasesState(Format, 0);
    }

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
    internal async ValueTask<bool> KeepAsync(CasesState from, long reached, IEnumerable<CaseRow> rows, IEnumerable<ReviewRow> reviews, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        if (!_waitsForDisk) // All of it follows from the journal: what a power cut takes with it is kept again.
            await connection.ExecuteAsync("PRAGMA synchronous = NORMAL", [], cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var moved = await connection.ExecuteAsync(
            "UPDATE figures_state SET position = @reached WHERE format = @format AND position = @position",
            [("reached", reached), ("format", from.Format), ("position", from.Position)],
            cancellation);
        if (moved != 1)
            return false;
        foreach (var row in rows)
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO figures_cases (conversation, number, opened_at, settled_at, body) VALUES (@conversation, @number, @opened_at, @settled_at, @body)
                ON CONFLICT (conversation, number) DO UPDATE SET opened_at = excluded.opened_at, settled_at = excluded.settled_at, body = excluded.body
                """,
                [
                    ("conversation", row.ConversationId), ("number", row.Number), ("opened_at", row.OpenedAt.UtcTicks), ("settled_at", row.SettledAt?.UtcTicks),
                    ("body", JsonSerializer.Serialize(row, CaseRowJson.Default.CaseRow)),
                ],
                cancellation);
        }

        foreach (var review in reviews)
            await PutAsync(connection, review, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async ValueTask<ImmutableArray<CaseRow>> RowsAsync(string condition, (string Name, object? Value)[] parameters, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = connection.Command($"SELECT body FROM figures_cases WHERE {condition}", parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = ImmutableArray.CreateBuilder<CaseRow>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(Parse(reader.GetString(0)));
        return rows.ToImmutable();
    }

    private static CaseRow Parse(string body) => JsonSerializer.Deserialize(body, CaseRowJson.Default.CaseRow)!;

    /// <summary>Changes with each change of <see cref="Tables"/>: tables of another shape are made anew.</summary>
    private const long Shape = 2;

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
        """;
}

/// <param name="Position">Up to where in the journal the cases are kept.</param>
internal readonly record struct CasesState(int Format, long Position);
