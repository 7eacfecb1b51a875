using System.Collections.Immutable;

namespace CustomerService.AgentConsole.Customers;

/// <summary>The shop's orders, as the staff sees them beside a customer. The composition's, through the same order system that the assistant uses.</summary>
public interface ICustomerOrders
{
    /// <summary>The shop's customer of that id, or else of one of these mail addresses; null: it knows none of them.</summary>
    /// <param name="shopCustomerId">Who they proved to be; null: nobody.</param>
    /// <exception cref="Grains.Turns.StoreUnavailableException">The order system does not answer.</exception>
    ValueTask<ShopAccount?> FindAsync(string? shopCustomerId, IReadOnlyCollection<string> emails, CancellationToken cancellation);
}

/// <summary>A customer of the shop with their orders.</summary>
/// <param name="Orders">As the shop lists them.</param>
public sealed record ShopAccount(string Id, string Name, string Email, string? Tier, ImmutableArray<ShopOrder> Orders);

/// <param name="Id">As printed on the confirmation.</param>
/// <param name="Status">The shop's own word.</param>
/// <param name="Total">Of all its lines, in the shop's currency.</param>
/// <param name="Refunded">What was paid back so far.</param>
/// <param name="Tracking">The parcels' numbers.</param>
/// <param name="CancelReason">Why it was cancelled, where the shop noted it.</param>
public sealed record ShopOrder(
    string Id, string Status, decimal Total, decimal Refunded, ImmutableArray<ShopOrderLine> Lines, ImmutableArray<string> Tracking, string? CancelReason);

/// <param name="Options">What tells the variant from others, such as <c>colour: blue</c>.</param>
public sealed record ShopOrderLine(string Name, string Options, decimal Price);
