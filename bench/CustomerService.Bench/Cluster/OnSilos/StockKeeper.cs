using System.Globalization;
using CustomerService.Bench.Silos;
using Npgsql;

namespace CustomerService.Bench.Cluster.OnSilos;

/// <summary>Orleans as it comes: a bare grain that writes its state once a message.</summary>
internal sealed class StockKeeper(StockSilo silo, string connectionString) : IMessageKeeper
{
    public Task<long> KeepAsync(int conversation, string messageId, string text)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"c-{conversation:000000}");
        return silo.ReceiveAsync(id, messageId, $"visitor-{id}", text, TimeProvider.System.GetUtcNow());
    }

    /// <summary>There is nothing besides.</summary>
    public Task SettleAsync() => Task.CompletedTask;

    public async Task<long> CountAsync()
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT coalesce(sum((convert_from(payloadbinary, 'UTF8')::jsonb -> 'Conversation' ->> 'LastSequence')::bigint), 0)::bigint FROM orleansstorage", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await silo.DisposeAsync();
        await using var source = new NpgsqlConnection(connectionString);
        NpgsqlConnection.ClearPool(source);
    }
}
