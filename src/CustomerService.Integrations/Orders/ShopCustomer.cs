using System.Collections.Immutable;

namespace CustomerService.Integrations.Orders;

/// <param name="Id">The shop's own id.</param>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Email">As the customer wrote it.</param>
/// <param name="Address">The default address; its postcode is part of the proof of identity.</param>
/// <param name="Tier">Lower case, such as <c>gold</c>; null where the shop has none.</param>
/// <param name="OrderIds">The customer's orders.</param>
/// <param name="PaymentMethods">What may be paid with; never a whole card number.</param>
public sealed record ShopCustomer(
    string Id,
    string FirstName,
    string LastName,
    string Email,
    Address Address,
    string? Tier,
    ImmutableArray<string> OrderIds,
    ImmutableArray<PaymentMethod> PaymentMethods);

/// <param name="Id">Named by payments.</param>
/// <param name="Kind"><c>credit_card</c>, <c>paypal</c>, <c>gift_card</c> …</param>
/// <param name="Brand">Of a card.</param>
/// <param name="LastFour">The last four digits of a card: all of its number that is kept.</param>
/// <param name="Balance">Of a gift card, in the shop's currency.</param>
public sealed record PaymentMethod(string Id, string Kind, string? Brand, string? LastFour, decimal? Balance);
