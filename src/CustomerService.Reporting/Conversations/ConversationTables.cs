using System.Data.Common;
using System.Text.Json;

namespace CustomerService.Reporting.Conversations;

/// <summary>
/// Where the list is kept, and how far in the journal it has come: in a file of its own, or in the tables that come with the schema of a cluster's
/// database. The statements are the same but for the search.
/// </summary>
public sealed partial class ConversationTables : IConversationList, IRetentionList
{
    /// <summary>Changes with what rows say and how texts are cut into terms: then the list is made again from the journal's beginning.</summary>
    internal const int Format = 2;

    private readonly DbDataSource _database;
    private readonly ListDialect _dialect;

    private ConversationTables(DbDataSource database, ListDialect dialect) => (_database, _dialect) = (database, dialect);

    /// <summary>In a file, made if need be.</summary>
    /// <exception cref="InvalidDataException">The file can't be used; the message says what to do.</exception>
    public static ConversationTables OnFile(string path) => new(SqliteListTables.Open(path), ListDialect.Sqlite);

    /// <summary>In a PostgreSQL database with the program's schema.</summary>
    public static ConversationTables OnDatabase(DbDataSource database) => new(database, ListDialect.PostgreSql);

    internal async ValueTask<ListState> ReadStateAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = connection.Command("SELECT format, position, remade FROM conversation_list_state");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new ListState(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt32(2));
    }

    /// <summary>Empties the list, to be made again from the journal's beginning.</summary>
    /// <param name="sameJournal">Whose customers it was is still known then: the journal does not tell it of those whose conversations are erased.</param>
    internal async ValueTask<ListState> ClearAsync(bool sameJournal, CancellationToken cancellation)
    {
        await using (var connection = await OpenToKeepAsync(cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await connection.ExecuteAsync(
                $"""
                UPDATE conversation_list_state SET format = @format, position = 0, remade = remade + 1;
                DELETE FROM conversation_list; DELETE FROM conversation_offers; DELETE FROM conversation_files;
                {(sameJournal ? "UPDATE conversation_customers SET name = NULL" : "DELETE FROM conversation_customers")};
                {_dialect.ClearLines}
                """,
                [("format", Format)],
                cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return await ReadStateAsync(cancellation);
    }

    /// <summary>Keeps what a stretch of the journal changed, together with the position that was reached; all of it or nothing.</summary>
    /// <returns>Where the list is now. Null: it is not where it was any more, for somebody else has kept it or taken something out; nothing was written.</returns>
    internal async ValueTask<ListState?> KeepAsync(ListState from, long reached, ListChanges changes, CancellationToken cancellation)
    {
        await using var connection = await OpenToKeepAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var moved = await connection.ExecuteAsync(
            "UPDATE conversation_list_state SET position = @reached WHERE format = @format AND position = @position AND remade = @remade",
            [("reached", reached), ("format", from.Format), ("position", from.Position), ("remade", from.Remade)],
            cancellation);
        if (moved != 1)
            return null;

        var dropped = 0;
        foreach (var id in changes.Erased)
            dropped += await DropAsync(connection, id, cancellation) ? 1 : 0;
        if (dropped > 0) // Whoever shows them has to look again.
            await connection.ExecuteAsync("UPDATE conversation_list_state SET remade = remade + 1", [], cancellation);
        foreach (var (id, name) in changes.Names)
            await connection.ExecuteAsync(name is null ? DropName : PutName, [("id", id), ("name", name)], cancellation);
        foreach (var row in changes.Rows)
            await PutAsync(connection, row, reached, cancellation);
        foreach (var line in changes.Lines)
            await PutAsync(connection, line, cancellation);
        foreach (var (conversation, reference) in changes.Files)
            await connection.ExecuteAsync(PutFile, [("conversation", conversation), ("reference", reference)], cancellation);
        await transaction.CommitAsync(cancellation);
        if (changes.Erased.Count > 0 || changes.Names.Values.Contains(null))
            await FinishErasingAsync(connection, cancellation);
        return new ListState(from.Format, reached, from.Remade + (dropped > 0 ? 1 : 0));
    }

    private async ValueTask<DbConnection> OpenToKeepAsync(CancellationToken cancellation)
    {
        var connection = await _database.OpenConnectionAsync(cancellation);
        if (_dialect.BeforeKeeping is { Length: > 0 } setting)
            await connection.ExecuteAsync(setting, [], cancellation);
        return connection;
    }

    private async ValueTask PutAsync(DbConnection connection, ConversationRow row, long reached, CancellationToken cancellation)
    {
        var heading = Heading(row);
        if (await ReadTextAsync(connection, "SELECT heading FROM conversation_list WHERE id = @id", row.Id, cancellation) != heading)
            await PutAsync(connection, new ListLine(row.Id, 0, heading), cancellation);
        await connection.ExecuteAsync(
            PutRow,
            [
                ("id", row.Id), ("status", (int)row.Status), ("queue", row.Queue), ("agent", row.AgentId), ("last_agent", row.LastAgentId), ("customer", row.CustomerId),
                ("channel", row.Channel), ("address", row.Address), ("language", row.Language), ("tier", row.Tier), ("intent", row.Intent), ("last_at", row.LastMessageAt.UtcTicks),
                ("waiting_since", row.WaitingSince?.UtcTicks), ("unanswered_since", row.UnansweredSince?.UtcTicks), ("next_due", row.NextDue?.UtcTicks),
                ("snoozed_until", row.SnoozedUntil?.UtcTicks), ("heading", heading), ("version", row.Version), ("position", reached),
                ("body", JsonSerializer.Serialize(row, ConversationRowJson.Default.ConversationRow)),
            ],
            cancellation);
        await connection.ExecuteAsync("INSERT INTO conversation_customers (id) VALUES (@customer) ON CONFLICT DO NOTHING", [("customer", row.CustomerId)], cancellation);
        await connection.ExecuteAsync("DELETE FROM conversation_offers WHERE conversation = @id", [("id", row.Id)], cancellation);
        foreach (var agent in row.OfferedTo.Distinct())
            await connection.ExecuteAsync("INSERT INTO conversation_offers (agent, conversation) VALUES (@agent, @id)", [("agent", agent), ("id", row.Id)], cancellation);
    }

    private async ValueTask PutAsync(DbConnection connection, ListLine line, CancellationToken cancellation) => await connection.ExecuteAsync(
        _dialect.PutLine,
        [("conversation", line.ConversationId), ("sequence", line.Sequence), ("terms", _dialect.TermsOf(SearchTerms.Of(line.Text)))],
        cancellation);

    /// <summary>What a conversation is known by besides its messages.</summary>
    private static string Heading(ConversationRow row) => $"{row.Id} {row.CustomerName} {row.Address} {row.CustomerId} {row.Subject}".Replace('\0', ' ');

    private static async ValueTask<string?> ReadTextAsync(DbConnection connection, string sql, string id, CancellationToken cancellation)
    {
        await using var command = connection.Command(sql, ("id", id));
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    private const string PutName = "INSERT INTO conversation_customers (id, name) VALUES (@id, @name) ON CONFLICT (id) DO UPDATE SET name = excluded.name";

    private const string DropName = "DELETE FROM conversation_customers WHERE id = @id";

    private const string PutFile = "INSERT INTO conversation_files (conversation, reference) VALUES (@conversation, @reference) ON CONFLICT DO NOTHING";

    private const string PutRow = """
        INSERT INTO conversation_list (
            id, status, queue, agent, last_agent, customer, channel, address, language, tier, intent, last_at, waiting_since, unanswered_since, next_due,
            snoozed_until, heading, version, position, body)
        VALUES (
            @id, @status, @queue, @agent, @last_agent, @customer, @channel, @address, @language, @tier, @intent, @last_at, @waiting_since, @unanswered_since, @next_due,
            @snoozed_until, @heading, @version, @position, @body)
        ON CONFLICT (id) DO UPDATE SET
            status = excluded.status, queue = excluded.queue, agent = excluded.agent, last_agent = excluded.last_agent, customer = excluded.customer,
            channel = excluded.channel, address = excluded.address, language = excluded.language, tier = excluded.tier, intent = excluded.intent, last_at = excluded.last_at,
            waiting_since = excluded.waiting_since, unanswered_since = excluded.unanswered_since, next_due = excluded.next_due,
            snoozed_until = excluded.snoozed_until, heading = excluded.heading, version = excluded.version, position = excluded.position, body = excluded.body
        """;
}

/// <param name="Position">Up to where in the journal the list is kept.</param>
/// <param name="Remade">How often something was taken out of it.</param>
internal readonly record struct ListState(int Format, long Position, int Remade);

/// <summary>What a stretch of the journal changes.</summary>
/// <param name="Names">Customers' names, by their ids; null: the customer is erased.</param>
internal sealed record ListChanges(IReadOnlyCollection<ConversationRow> Rows, IReadOnlyCollection<ListLine> Lines, IReadOnlyDictionary<string, string?> Names)
{
    /// <summary>Conversations that are taken out, before what is told of them here is put in.</summary>
    public IReadOnlyCollection<string> Erased { get; init; } = [];

    /// <summary>Which conversation has which file.</summary>
    public IReadOnlyCollection<(string Conversation, string Reference)> Files { get; init; } = [];
}

/// <summary>A text by which its conversation is found.</summary>
/// <param name="Sequence">Its place in the conversation's journal; 0: what the conversation is known by.</param>
internal readonly record struct ListLine(string ConversationId, long Sequence, string Text);
