using System.Collections.Immutable;
using CustomerService.Integrations.Identity;

namespace CustomerService.Integrations.Orders;

/// <summary>The embedded order system: a SQLite file that <see cref="OrderImport"/> fills. Imports may run while it answers.</summary>
public sealed class SqliteOrderSystem : IOrderSystem, IDisposable
{
    private readonly OrderDatabase _database;

    /// <param name="path">The file; it is created, empty, where there is none.</param>
    /// <exception cref="OrderSystemException">The file is not an order database of this version, or cannot be opened.</exception>
    public SqliteOrderSystem(string path) => _database = new OrderDatabase(path);

    internal OrderDatabase Database => _database;

    public ValueTask<Order?> FindOrderAsync(string orderId, CancellationToken cancellation) =>
        Read(OrderKey(orderId), static (reader, id) => reader.Order(id), cancellation);

    public ValueTask<ImmutableArray<Order>> OrdersOfAsync(string customerId, CancellationToken cancellation) =>
        Read(customerId, static (reader, id) => InListOrder(reader.Customer(id), reader.OrdersOf(id)), cancellation);

    public ValueTask<ShopCustomer?> FindCustomerAsync(string customerId, CancellationToken cancellation) =>
        Read(customerId, static (reader, id) => reader.Customer(id), cancellation);

    public ValueTask<ShopCustomer?> FindCustomerByEmailAsync(string email, CancellationToken cancellation) =>
        Read(Folded.Email(email), static (reader, key) => reader.CustomerByEmail(key), cancellation);

    public ValueTask<ImmutableArray<ShopCustomer>> FindCustomersByNameAsync(string firstName, string lastName, CancellationToken cancellation) =>
        Read(Folded.Name($"{firstName} {lastName}"), static (reader, key) => reader.CustomersByName(key), cancellation);

    public ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellation) =>
        Read(productId, static (reader, id) => reader.Product(id), cancellation);

    public void Dispose() => _database.Dispose();

    /// <summary>A shop whose numbers look otherwise finds them as they are written.</summary>
    internal static string OrderKey(string orderId) => OrderNumber.TryParse(orderId, out var id) ? id : orderId.Trim();

    private static ImmutableArray<Order> InListOrder(ShopCustomer? customer, ImmutableArray<Order> orders)
    {
        if (customer is null || orders.Length < 2)
            return orders;
        var place = customer.OrderIds.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        return [.. orders.OrderBy(order => place.GetValueOrDefault(order.Id, int.MaxValue))];
    }

    private ValueTask<T> Read<T>(string key, Func<OrderReader, string, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_database.Read(key, read));
    }
}
