using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using CustomerService.Integrations.Identity;

namespace CustomerService.Integrations.Orders;

/// <summary>The order system that comes with the program, wherever its tables are: <see cref="OrderImport"/> fills it.</summary>
public abstract class StoredOrders : IOrderSystem
{
    private protected StoredOrders()
    {
    }

    public ValueTask<Order?> FindOrderAsync(string orderId, CancellationToken cancellation) =>
        FirstAsync(OrderQueries.Order, OrderKey(orderId), cancellation);

    public async ValueTask<ImmutableArray<Order>> OrdersOfAsync(string customerId, CancellationToken cancellation) =>
        InListOrder(await FindCustomerAsync(customerId, cancellation), await AskAsync(OrderQueries.OrdersOf, customerId, cancellation));

    public ValueTask<ShopCustomer?> FindCustomerAsync(string customerId, CancellationToken cancellation) =>
        FirstAsync(OrderQueries.Customer, customerId, cancellation);

    public ValueTask<ShopCustomer?> FindCustomerByEmailAsync(string email, CancellationToken cancellation) =>
        FirstAsync(OrderQueries.CustomerByEmail, Folded.Email(email), cancellation);

    public ValueTask<ImmutableArray<ShopCustomer>> FindCustomersByNameAsync(string firstName, string lastName, CancellationToken cancellation) =>
        AskAsync(OrderQueries.CustomersByName, Folded.Name($"{firstName} {lastName}"), cancellation);

    public ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellation) =>
        FirstAsync(OrderQueries.Product, productId, cancellation);

    public ValueTask<Product?> FindProductOfItemAsync(string itemId, CancellationToken cancellation) =>
        FirstAsync(OrderQueries.ProductOfItem, itemId, cancellation);

    public async ValueTask<ImmutableArray<Product>> FindProductsAsync(string text, int most, CancellationToken cancellation)
    {
        var hits = new Dictionary<string, (Product Product, int Words)>(StringComparer.Ordinal);
        foreach (var word in ProductWords.In(text))
        {
            foreach (var product in await AskAsync(OrderQueries.ProductsNamedLike, ProductWords.Pattern(word), cancellation))
                hits[product.Id] = (product, hits.GetValueOrDefault(product.Id).Words + 1);
        }

        return [.. hits.Values.OrderByDescending(hit => hit.Words).ThenBy(hit => hit.Product.Name, StringComparer.Ordinal).Take(most).Select(hit => hit.Product)];
    }

    /// <summary>Every order, by number.</summary>
    public ValueTask<ImmutableArray<Order>> AllOrdersAsync(CancellationToken cancellation) => AskAsync(OrderQueries.OrdersFrom, "", cancellation);

    /// <summary>Every customer, by id.</summary>
    public ValueTask<ImmutableArray<ShopCustomer>> AllCustomersAsync(CancellationToken cancellation) => AskAsync(OrderQueries.CustomersFrom, "", cancellation);

    public async ValueTask<OrderOutcome> ApplyAsync(string key, string customerId, OrderAction action, CancellationToken cancellation)
    {
        try
        {
            var (connection, transaction) = await BeginChangeAsync(cancellation);
            await using var closing = connection;
            await using var undoing = transaction;
            var outcome = await new OrderChange(connection, transaction).ApplyAsync(key, customerId, action, cancellation);
            await transaction.CommitAsync(cancellation);
            return outcome;
        }
        catch (DbException fault)
        {
            throw WhileWriting(fault);
        }
        catch (JsonException fault)
        {
            throw new OrderSystemException($"The order system holds a record that is none ({fault.Message.TrimEnd('.')}); import the orders again.", fault);
        }
    }

    /// <summary>A connection for one change, in a transaction that sees no other change half done.</summary>
    /// <exception cref="DbException">There is none to be had; <see cref="WhileWriting"/> says what that means.</exception>
    private protected abstract ValueTask<(DbConnection Connection, DbTransaction Transaction)> BeginChangeAsync(CancellationToken cancellation);

    /// <summary>All records that a key has.</summary>
    /// <exception cref="OrderSystemException">The tables can't be read, or hold something else than they should.</exception>
    internal abstract ValueTask<ImmutableArray<T>> AskAsync<T>(OrderQuery<T> query, string key, CancellationToken cancellation)
        where T : class;

    /// <summary>A connection to write by, in a transaction that keeps other imports out.</summary>
    /// <exception cref="DbException">There is none to be had; <see cref="WhileWriting"/> says what that means.</exception>
    internal abstract (DbConnection Connection, DbTransaction Transaction) BeginImport();

    /// <summary>What a fault of the import's connection means.</summary>
    internal abstract OrderSystemException WhileWriting(DbException fault);

    /// <summary>A shop whose numbers look otherwise finds them as they are written.</summary>
    internal static string OrderKey(string orderId) => OrderNumber.TryParse(orderId, out var id) ? id : orderId.Trim();

    private protected static OrderSystemException WrittenByAnother(DbException fault) =>
        new("The order database is being written by somebody else; wait until that import has ended and run this one again.", fault);

    private async ValueTask<T?> FirstAsync<T>(OrderQuery<T> query, string key, CancellationToken cancellation)
        where T : class =>
        await AskAsync(query, key, cancellation) is [var first, ..] ? first : null;

    private static ImmutableArray<Order> InListOrder(ShopCustomer? customer, ImmutableArray<Order> orders)
    {
        if (customer is null || orders.Length < 2)
            return orders;
        var place = customer.OrderIds.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        return [.. orders.OrderBy(order => place.GetValueOrDefault(order.Id, int.MaxValue))];
    }
}
