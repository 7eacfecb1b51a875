using System.Collections.Immutable;

namespace CustomerService.Integrations.Orders;

/// <summary>The shop's customers and orders, as customer service needs them. Safe to call from many threads.</summary>
/// <remarks>It does not know who is asking: give an order's contents only to a customer who has proved to own it (<see cref="Identity.IdentityCheck"/>).</remarks>
public interface IOrderSystem
{
    /// <param name="orderId">As a customer writes it: with or without '#', in any case.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<Order?> FindOrderAsync(string orderId, CancellationToken cancellation);

    /// <summary>A customer's orders, in the order of the customer's list; empty for an unknown customer.</summary>
    ValueTask<ImmutableArray<Order>> OrdersOfAsync(string customerId, CancellationToken cancellation);

    ValueTask<ShopCustomer?> FindCustomerAsync(string customerId, CancellationToken cancellation);

    /// <summary>Upper and lower case do not matter.</summary>
    ValueTask<ShopCustomer?> FindCustomerByEmailAsync(string email, CancellationToken cancellation);

    /// <summary>All customers of that name; case and spaces do not matter. Names are not unique.</summary>
    ValueTask<ImmutableArray<ShopCustomer>> FindCustomersByNameAsync(string firstName, string lastName, CancellationToken cancellation);

    /// <summary>A product with its variants, their prices and which of them are in stock.</summary>
    ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellation);

    /// <summary>The product that has this variant, or null.</summary>
    ValueTask<Product?> FindProductOfItemAsync(string itemId, CancellationToken cancellation);

    /// <summary>Products whose name has a word of the text, those with most of its words first; at most <paramref name="most"/>.</summary>
    ValueTask<ImmutableArray<Product>> FindProductsAsync(string text, int most, CancellationToken cancellation);

    /// <summary>
    /// Makes one change on a customer's behalf, by <see cref="OrderRules"/>: wholly or not at all, once for each key. A key that was
    /// used before gets the outcome that it had then, and nothing is changed again.
    /// </summary>
    /// <param name="key">Names the wish, such as a conversation's message and step.</param>
    /// <param name="customerId">Who has proved to be this customer; what is not theirs is <see cref="OrderRefusals.NotFound"/>.</param>
    /// <param name="action">What to change.</param>
    /// <param name="cancellation">Ends the wait; the change is then made or not, and the key tells.</param>
    ValueTask<OrderOutcome> ApplyAsync(string key, string customerId, OrderAction action, CancellationToken cancellation);
}
