using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;

namespace CustomerService.Reporting.Conversations;

// What is read from the list, and by whom something is taken out of it.
public sealed partial class ConversationTables
{
    /// <summary>The most changes that are told one by one.</summary>
    internal const int MostChanges = 1_000;

    public async ValueTask<ConversationPage> FindAsync(
        ConversationFilter filter, ConversationOrder order = ConversationOrder.NewestMessage, string? cursor = null, int limit = 50, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(limit, Math.Clamp(limit, 1, IConversationList.MaxRows));
        var from = cursor is null ? null : ListCursor.Parse(cursor, order);
        var backwards = from is { Backwards: true };
        var query = new ListQuery(filter, order, _dialect);
        var rows = await RowsAsync(query.Rows(backwards, from, limit + 1), query.Parameters, cancellation);
        var hasMore = rows.Count > limit;
        if (hasMore)
            rows.RemoveAt(limit);
        if (backwards)
            rows.Reverse();

        string? Beside(ConversationRow row, bool before) => new ListCursor(order, before, KeyOf(row, order), row.Id).ToString();
        return rows.Count == 0
            ? new ConversationPage([], null, null)
            : new ConversationPage(
                [.. rows],
                (backwards ? hasMore : from is not null) ? Beside(rows[0], before: true) : null,
                (backwards || hasMore) ? Beside(rows[^1], before: false) : null);
    }

    public async ValueTask<ImmutableArray<ConversationRow>> FindRangeAsync(
        ConversationFilter filter, ConversationOrder order, int offset, int count, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNotEqual(count, Math.Clamp(count, 1, IConversationList.MaxRows));
        var query = new ListQuery(filter, order, _dialect);
        return [.. await RowsAsync(query.Rows(backwards: false, after: null, count, offset), query.Parameters, cancellation)];
    }

    public async ValueTask<ImmutableArray<ConversationRow>> FindBesideAsync(
        ConversationFilter filter, ConversationOrder order, ConversationRow seen, bool before, int count, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(count, Math.Clamp(count, 1, IConversationList.MaxRows));
        var query = new ListQuery(filter, order, _dialect);
        var sql = query.Rows(before, new ListCursor(order, before, KeyOf(seen, order), seen.Id), count);
        var rows = await RowsAsync(sql, query.Parameters, cancellation);
        if (before)
            rows.Reverse();
        return [.. rows];
    }

    public async ValueTask<ImmutableArray<ConversationRow>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation = default)
    {
        var rows = ImmutableArray.CreateBuilder<ConversationRow>(ids.Count);
        foreach (var some in ids.Distinct().Chunk(IConversationList.MaxRows))
        {
            var names = some.Select((id, i) => (Name: $"id{i.ToString(CultureInfo.InvariantCulture)}", Value: (object?)id)).ToArray();
            rows.AddRange(await RowsAsync($"SELECT body FROM conversation_list WHERE id IN ({string.Join(", ", names.Select(name => "@" + name.Name))})", names, cancellation));
        }

        return rows.ToImmutable();
    }

    public async ValueTask<int> CountAsync(ConversationFilter filter, ConversationOrder order = ConversationOrder.NewestMessage, CancellationToken cancellation = default)
    {
        var query = new ListQuery(filter, order, _dialect);
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = connection.Command($"SELECT count(*) FROM conversation_list WHERE {query.Where}", query.Parameters);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }

    public async ValueTask<ConversationCounts> CountByStatusAsync(ConversationFilter filter, CancellationToken cancellation = default)
    {
        var query = new ListQuery(filter, ConversationOrder.NewestMessage, _dialect);
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = connection.Command($"SELECT status, count(*) FROM conversation_list WHERE {query.Where} GROUP BY status", query.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var counts = new Dictionary<ConversationStatus, int>();
        while (await reader.ReadAsync(cancellation))
            counts[(ConversationStatus)reader.GetInt32(0)] = (int)reader.GetInt64(1);
        return new ConversationCounts(counts.ToFrozenDictionary());
    }

    public async ValueTask<int> ForgetAsync(string customerId, CancellationToken cancellation = default)
    {
        await using var connection = await OpenToKeepAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync("UPDATE conversation_list_state SET remade = remade + 1", [], cancellation);
        await connection.ExecuteAsync("DELETE FROM conversation_customers WHERE id = @customer", [("customer", customerId)], cancellation);
        var ids = await IdsAsync(connection, "SELECT id FROM conversation_list WHERE customer = @customer", customerId, cancellation);
        foreach (var id in ids)
            await DropAsync(connection, id, cancellation);
        await transaction.CommitAsync(cancellation);
        await FinishErasingAsync(connection, cancellation);
        return ids.Count;
    }

    /// <summary>The newest conversations of a customer.</summary>
    internal async ValueTask<IReadOnlyList<string>> IdsOfAsync(string customerId, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return await IdsAsync(connection, "SELECT id FROM conversation_list WHERE customer = @customer ORDER BY last_at DESC LIMIT 200", customerId, cancellation);
    }

    internal async ValueTask<string?> NameOfAsync(string customerId, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return await ReadTextAsync(connection, "SELECT name FROM conversation_customers WHERE id = @id", customerId, cancellation);
    }

    /// <summary>What was kept after one position, up to another; null: more than is told one by one.</summary>
    internal async ValueTask<ImmutableArray<ConversationChange>?> ChangesAsync(long after, long upTo, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = connection.Command(
            $"SELECT id, version FROM conversation_list WHERE position > @after AND position <= @up_to ORDER BY position LIMIT {MostChanges + 1}", ("after", after), ("up_to", upTo));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var changes = ImmutableArray.CreateBuilder<ConversationChange>();
        while (await reader.ReadAsync(cancellation))
            changes.Add(new ConversationChange(reader.GetString(0), reader.GetInt64(1)));
        return changes.Count > MostChanges ? null : changes.ToImmutable();
    }

    private static long KeyOf(ConversationRow row, ConversationOrder order) => (order switch
    {
        ConversationOrder.NewestMessage or ConversationOrder.OldestMessage => row.LastMessageAt,
        ConversationOrder.LongestWaiting => row.WaitingSince!.Value,
        ConversationOrder.LongestUnanswered => row.UnansweredSince!.Value,
        ConversationOrder.DueSoonest => row.NextDue!.Value,
        _ => row.SnoozedUntil!.Value,
    }).UtcTicks;

    private async ValueTask<List<ConversationRow>> RowsAsync(string sql, (string Name, object? Value)[] parameters, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = connection.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<ConversationRow>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(JsonSerializer.Deserialize(reader.GetString(0), ConversationRowJson.Default.ConversationRow)!);
        return rows;
    }

    private static ValueTask<List<string>> IdsAsync(DbConnection connection, string sql, string customerId, CancellationToken cancellation) =>
        TextsAsync(connection, sql, [("customer", customerId)], cancellation);

    private static async ValueTask<List<string>> TextsAsync(DbConnection connection, string sql, (string Name, object? Value)[] parameters, CancellationToken cancellation)
    {
        await using var command = connection.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var texts = new List<string>();
        while (await reader.ReadAsync(cancellation))
            texts.Add(reader.GetString(0));
        return texts;
    }
}

/// <summary>How rows are kept.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConversationRow))]
internal sealed partial class ConversationRowJson : JsonSerializerContext;
