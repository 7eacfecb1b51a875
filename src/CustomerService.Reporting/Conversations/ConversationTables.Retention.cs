using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;

namespace CustomerService.Reporting.Conversations;

// What has to be known before something is erased, and how it is taken out.
public sealed partial class ConversationTables
{
    private const int AskedAtOnce = 200;

    public ValueTask<ImmutableArray<ConversationRow>> FindOverAsync(
        string? channel, DateTimeOffset lastMessageBefore, ConversationRow? after, int limit, CancellationToken cancellation = default)
    {
        var filter = Over(channel, lastMessageBefore);
        return after is null
            ? FindRangeAsync(filter, ConversationOrder.OldestMessage, 0, limit, cancellation)
            : FindBesideAsync(filter, ConversationOrder.OldestMessage, after, before: false, limit, cancellation);
    }

    public async ValueTask<OverCount> CountOverAsync(string? channel, DateTimeOffset lastMessageBefore, CancellationToken cancellation = default)
    {
        var query = new ListQuery(Over(channel, lastMessageBefore), ConversationOrder.OldestMessage, _dialect);
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = connection.Command($"SELECT count(*), min(last_at) FROM conversation_list WHERE {query.Where}", query.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new OverCount((int)reader.GetInt64(0), await reader.IsDBNullAsync(1, cancellation) ? null : new DateTimeOffset(reader.GetInt64(1), TimeSpan.Zero));
    }

    public async ValueTask<ImmutableArray<string>> CustomersWithoutConversationsAsync(string? after, int limit, CancellationToken cancellation = default)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return [.. await TextsAsync(
            connection,
            $"""
            SELECT id FROM conversation_customers AS known
            WHERE id > @after AND NOT EXISTS (SELECT 1 FROM conversation_list WHERE customer = known.id) ORDER BY id LIMIT {limit.ToString(CultureInfo.InvariantCulture)}
            """,
            [("after", after ?? "")],
            cancellation)];
    }

    public async ValueTask<bool> HasAddressAsync(string channel, string address, string except, CancellationToken cancellation = default)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return (await TextsAsync(
            connection,
            "SELECT id FROM conversation_list WHERE address = @address AND channel = @channel AND id <> @except LIMIT 1",
            [("address", address), ("channel", channel), ("except", except)],
            cancellation)).Count > 0;
    }

    public async ValueTask<IReadOnlySet<string>> UsedFilesAsync(IReadOnlyCollection<string> references, string? except = null, CancellationToken cancellation = default)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        foreach (var some in references.Distinct().Chunk(AskedAtOnce))
        {
            var names = some.Select((reference, i) => (Name: $"file{i.ToString(CultureInfo.InvariantCulture)}", Value: (object?)reference)).ToArray();
            used.UnionWith(await TextsAsync(
                connection,
                $"SELECT DISTINCT reference FROM conversation_files WHERE reference IN ({string.Join(", ", names.Select(name => "@" + name.Name))}) AND conversation <> @except",
                [.. names, ("except", except ?? "")],
                cancellation));
        }

        return used;
    }

    private static ConversationFilter Over(string? channel, DateTimeOffset lastMessageBefore) => new() { Channel = channel, Until = lastMessageBefore };

    /// <summary>Takes a conversation out, with everything by which it was found.</summary>
    /// <returns>False: it was not there.</returns>
    private async ValueTask<bool> DropAsync(DbConnection connection, string id, CancellationToken cancellation)
    {
        await connection.ExecuteAsync(_dialect.DropLines, [("conversation", id)], cancellation);
        await connection.ExecuteAsync("DELETE FROM conversation_offers WHERE conversation = @id", [("id", id)], cancellation);
        await connection.ExecuteAsync("DELETE FROM conversation_files WHERE conversation = @id", [("id", id)], cancellation);
        return await connection.ExecuteAsync("DELETE FROM conversation_list WHERE id = @id", [("id", id)], cancellation) > 0;
    }

    private async ValueTask FinishErasingAsync(DbConnection connection, CancellationToken cancellation)
    {
        if (_dialect.AfterErasing is { Length: > 0 } act)
            await connection.ExecuteAsync(act, [], cancellation);
    }
}
