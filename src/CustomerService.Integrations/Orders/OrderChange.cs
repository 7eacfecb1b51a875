using System.Data.Common;
using System.Text.Json;

namespace CustomerService.Integrations.Orders;

/// <summary>Carries out one <see cref="OrderAction"/> within a transaction: the change, and the key with its outcome, or neither.</summary>
internal sealed class OrderChange(DbConnection connection, DbTransaction transaction)
{
    // PostgreSQL locks the customer's row, so that a customer's changes come one after the other; SQLite has one writer at a time.
    private readonly string _lock = connection is Npgsql.NpgsqlConnection ? " FOR UPDATE" : "";
    private readonly Statements _statements = new(connection, transaction);

    internal async ValueTask<OrderOutcome> ApplyAsync(string key, string customerId, OrderAction action, CancellationToken cancellation)
    {
        if (await FindAsync($"SELECT record FROM customers WHERE id = @key{_lock}", customerId, cancellation) is not { } row)
            return new OrderOutcome.Refused(OrderRefusals.NotFound, "there is no such customer");
        var wish = JsonSerializer.Serialize(action, OrdersJson.Default.OrderAction);
        if (await EarlierAsync(key, customerId, wish, cancellation) is { } earlier)
            return earlier;

        var customer = OrderQueries.Customer.Record(row);
        var order = await OrderAsync(action, customer, cancellation);
        var outcome = OrderRules.Decide(action, customer, order, await ProductsAsync(order, cancellation));
        if (outcome is OrderOutcome.Done done)
        {
            if (done.Order is { } changed)
                await WriteAsync("orders", changed.Id, JsonSerializer.Serialize(changed, OrdersJson.Default.Order), cancellation);
            if (!ReferenceEquals(done.Customer, customer))
                await WriteAsync("customers", customer.Id, JsonSerializer.Serialize(done.Customer, OrdersJson.Default.ShopCustomer), cancellation);
        }

        await RememberAsync(key, customerId, wish, outcome, cancellation);
        return outcome;
    }

    private async ValueTask<OrderOutcome?> EarlierAsync(string key, string customerId, string wish, CancellationToken cancellation)
    {
        await using var command = _statements.Create("SELECT customer, action, outcome FROM order_actions WHERE key = @key", "key");
        command.Parameters[0].Value = key;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        return reader.GetString(0) == customerId && reader.GetString(1) == wish
            ? JsonSerializer.Deserialize(reader.GetString(2), OrdersJson.Default.OrderOutcome)
            : new OrderOutcome.Refused(OrderRefusals.KeyReused, "the key names another change");
    }

    private async ValueTask<Order?> OrderAsync(OrderAction action, ShopCustomer customer, CancellationToken cancellation)
    {
        if (action.Order is not { } number || number.Contains('\0', StringComparison.Ordinal)
            || await FindAsync($"SELECT record FROM orders WHERE id = @key{_lock}", StoredOrders.OrderKey(number), cancellation) is not { } row)
            return null;
        var order = OrderQueries.Order.Record(row);
        return order.CustomerId == customer.Id ? order : null;
    }

    private async ValueTask<Dictionary<string, Product>> ProductsAsync(Order? order, CancellationToken cancellation)
    {
        var products = new Dictionary<string, Product>(StringComparer.Ordinal);
        foreach (var id in order?.Lines.Select(line => line.ProductId).Distinct(StringComparer.Ordinal) ?? [])
        {
            if (await FindAsync(OrderQueries.Product.Sql, id, cancellation) is { } row)
                products[id] = OrderQueries.Product.Record(row);
        }

        return products;
    }

    private async ValueTask<string?> FindAsync(string sql, string key, CancellationToken cancellation)
    {
        await using var command = _statements.Create(sql, "key");
        command.Parameters[0].Value = key;
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    private async ValueTask WriteAsync(string table, string id, string record, CancellationToken cancellation)
    {
        await using var command = _statements.Create($"UPDATE {table} SET record = @record WHERE id = @id", "record", "id");
        (command.Parameters[0].Value, command.Parameters[1].Value) = (record, id);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async ValueTask RememberAsync(string key, string customerId, string wish, OrderOutcome outcome, CancellationToken cancellation)
    {
        await using var command = _statements.Create(
            "INSERT INTO order_actions (key, customer, action, outcome) VALUES (@key, @customer, @action, @outcome)", "key", "customer", "action", "outcome");
        string[] values = [key, customerId, wish, JsonSerializer.Serialize(outcome, OrdersJson.Default.OrderOutcome)];
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
