using System.Collections.Immutable;
using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Procedures;

/// <summary>What the proven customer may speak of: their own orders and methods, and the products in these orders. Nobody else's record is ever in it.</summary>
internal sealed record CustomerRecords(ShopCustomer Customer, ImmutableArray<Order> Orders, IReadOnlyDictionary<string, Product> Products)
{
    public static async ValueTask<CustomerRecords?> LoadAsync(IOrderSystem orders, string customerId, CancellationToken cancellation)
    {
        if (await orders.FindCustomerAsync(customerId, cancellation) is not { } customer)
            return null;
        var own = await orders.OrdersOfAsync(customerId, cancellation);
        var products = new Dictionary<string, Product>(StringComparer.Ordinal);
        foreach (var id in own.SelectMany(order => order.Lines).Select(line => line.ProductId).Distinct(StringComparer.Ordinal))
        {
            if (await orders.FindProductAsync(id, cancellation) is { } product)
                products[id] = product;
        }

        return new CustomerRecords(customer, own, products);
    }

    public Order? Order(string? id) => Orders.FirstOrDefault(order => order.Id == id);

    public PaymentMethod? Method(string? id) => Customer.PaymentMethods.FirstOrDefault(method => method.Id == id);

    public ProductVariant? Variant(string productId, string itemId) =>
        Products.GetValueOrDefault(productId)?.Variants.FirstOrDefault(variant => variant.ItemId == itemId);

    /// <summary>Every variant of a line's product, in stock or not.</summary>
    public ImmutableArray<ProductVariant> Variants(OrderLine line) => Products.GetValueOrDefault(line.ProductId)?.Variants ?? [];

    /// <summary>What a line may become: the product's other variants in stock, cheapest first.</summary>
    public ImmutableArray<ProductVariant> Alternatives(OrderLine line) => Products.GetValueOrDefault(line.ProductId) is { } product
        ? [.. product.Variants.Where(variant => variant.Available && variant.ItemId != line.ItemId).OrderBy(variant => variant.Price).ThenBy(variant => variant.ItemId, StringComparer.Ordinal)]
        : [];
}
