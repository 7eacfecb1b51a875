using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CustomerService.Integrations.Orders;

/// <summary>A question to the tables of orders, in words that SQLite and PostgreSQL both understand: records by one <c>@key</c>.</summary>
internal sealed record OrderQuery<T>(string Sql, JsonTypeInfo<T> Type)
    where T : class
{
    /// <exception cref="JsonException">The row is no record.</exception>
    internal T Record(string row) => JsonSerializer.Deserialize(row, Type) ?? throw new JsonException("it holds an empty record");
}

internal static class OrderQueries
{
    internal static OrderQuery<Order> Order { get; } = new("SELECT record FROM orders WHERE id = @key", OrdersJson.Default.Order);

    internal static OrderQuery<Order> OrdersOf { get; } = new("SELECT record FROM orders WHERE customer = @key ORDER BY id", OrdersJson.Default.Order);

    internal static OrderQuery<ShopCustomer> Customer { get; } = new("SELECT record FROM customers WHERE id = @key", OrdersJson.Default.ShopCustomer);

    internal static OrderQuery<ShopCustomer> CustomerByEmail { get; } = new("SELECT record FROM customers WHERE email = @key", OrdersJson.Default.ShopCustomer);

    internal static OrderQuery<ShopCustomer> CustomersByName { get; } = new("SELECT record FROM customers WHERE name = @key ORDER BY id", OrdersJson.Default.ShopCustomer);

    internal static OrderQuery<Product> Product { get; } = new("SELECT record FROM products WHERE id = @key", OrdersJson.Default.Product);

    internal static OrderQuery<Product> ProductOfItem { get; } = new(
        "SELECT record FROM products WHERE id = (SELECT product FROM items WHERE id = @key)", OrdersJson.Default.Product);

    internal static OrderQuery<Product> ProductsNamedLike { get; } = new(
        "SELECT record FROM products WHERE lower(name) LIKE @key ORDER BY id LIMIT 100", OrdersJson.Default.Product);

    /// <summary>All orders from a number on; the empty number gives all of them.</summary>
    internal static OrderQuery<Order> OrdersFrom { get; } = new("SELECT record FROM orders WHERE id >= @key ORDER BY id", OrdersJson.Default.Order);

    /// <summary>All customers from an id on.</summary>
    internal static OrderQuery<ShopCustomer> CustomersFrom { get; } = new("SELECT record FROM customers WHERE id >= @key ORDER BY id", OrdersJson.Default.ShopCustomer);
}
