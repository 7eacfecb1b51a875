using System.Collections.Immutable;

namespace CustomerService.Integrations.Orders;

/// <param name="Id">As printed on the confirmation, such as <c>#W2378156</c>.</param>
/// <param name="CustomerId">Who placed it.</param>
/// <param name="Status">The shop's own word: <c>pending</c>, <c>processed</c>, <c>delivered</c>, <c>cancelled</c> …</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Lines">What was bought, one line for each piece.</param>
/// <param name="Fulfillments">The parcels, once there are any.</param>
/// <param name="Payments">What was paid and refunded, oldest first.</param>
/// <param name="CancelReason">Why it was cancelled, where the shop noted it.</param>
public sealed record Order(
    string Id,
    string CustomerId,
    string Status,
    Address Address,
    ImmutableArray<OrderLine> Lines,
    ImmutableArray<Fulfillment> Fulfillments,
    ImmutableArray<Payment> Payments,
    string? CancelReason = null)
{
    /// <summary>What the customer sends back for their money; null: nothing.</summary>
    public OrderReturn? Return { get; init; }

    /// <summary>What the customer sends back for other variants; null: nothing.</summary>
    public OrderExchange? Exchange { get; init; }
}

/// <param name="ItemIds">Sorted; a variant that was bought twice may be there twice.</param>
/// <param name="PaymentMethodId">Where the refund goes.</param>
public sealed record OrderReturn(ImmutableArray<string> ItemIds, string PaymentMethodId);

/// <param name="ItemIds">What comes back, sorted.</param>
/// <param name="NewItemIds">What is sent instead, sorted: the two lists do not pair up by place.</param>
/// <param name="PaymentMethodId">Where the difference is paid or refunded.</param>
/// <param name="PriceDifference">In the shop's currency; above 0 the customer pays, below 0 they get it back.</param>
public sealed record OrderExchange(ImmutableArray<string> ItemIds, ImmutableArray<string> NewItemIds, string PaymentMethodId, decimal PriceDifference);

public sealed record Address(string Line1, string? Line2, string City, string? State, string PostalCode, string Country);

/// <param name="ItemId">The variant bought.</param>
/// <param name="ProductId">The product that it is a variant of.</param>
/// <param name="Name">The product's name.</param>
/// <param name="Price">In the shop's currency, as paid.</param>
/// <param name="Options">What tells the variant from others, such as colour: blue.</param>
public sealed record OrderLine(string ItemId, string ProductId, string Name, decimal Price, ImmutableSortedDictionary<string, string> Options);

/// <summary>A shipment: its tracking numbers, and the items in it.</summary>
public sealed record Fulfillment(ImmutableArray<string> TrackingIds, ImmutableArray<string> ItemIds);

/// <param name="Kind"><c>payment</c> or <c>refund</c>.</param>
/// <param name="Amount">In the shop's currency, positive for both kinds.</param>
/// <param name="PaymentMethodId">One of the customer's methods.</param>
public sealed record Payment(string Kind, decimal Amount, string PaymentMethodId);
