using System.Collections.Immutable;

namespace CustomerService.Integrations.Orders;

// What several changes have to look at.
public static partial class OrderRules
{
    private static OrderOutcome.Refused? NotPending(Order order, string done) => order.Status switch
    {
        Pending => null,
        ItemModified => Refuse(OrderRefusals.ItemsChangedBefore, $"its items were changed before, so it can't be {done} any more"),
        _ => Refuse(OrderRefusals.NotPending, $"only a pending order can be {done}; this one is {order.Status}"),
    };

    private static OrderOutcome.Refused? NotDelivered(Order order, string done) =>
        order.Status == Delivered ? null : Refuse(OrderRefusals.NotDelivered, $"only a delivered order can be {done}; this one is {order.Status}");

    private static OrderOutcome.Refused? Wrong(Address address) =>
        string.IsNullOrWhiteSpace(address.Line1) || string.IsNullOrWhiteSpace(address.City) || string.IsNullOrWhiteSpace(address.PostalCode) || string.IsNullOrWhiteSpace(address.Country)
            ? Refuse(OrderRefusals.BadAddress, "an address needs a street, a city, a postcode and a country")
            : null;

    private static PaymentMethod? Method(ShopCustomer customer, string id) => customer.PaymentMethods.FirstOrDefault(method => method.Id == id);

    private static OrderOutcome.Refused NoSuchMethod(string id) => Refuse(OrderRefusals.PaymentMethodUnknown, $"the customer has no payment method '{id}'");

    /// <summary>A gift card has to cover what is to be paid; other methods are the vendor's matter.</summary>
    private static OrderOutcome.Refused? TooSmall(PaymentMethod method, decimal amount) =>
        method.Kind == GiftCard && (method.Balance ?? 0) < amount
            ? Refuse(OrderRefusals.GiftCardTooSmall, "the gift card's balance does not cover it")
            : null;

    /// <summary>Gift cards are booked at once; what other methods get or pay is in the order's payments.</summary>
    private static ShopCustomer Book(ShopCustomer customer, string methodId, decimal amount) => customer with
    {
        PaymentMethods =
        [
            .. customer.PaymentMethods.Select(method => method.Id == methodId && method.Kind == GiftCard
                ? method with { Balance = (method.Balance ?? 0) + amount }
                : method),
        ],
    };

    private static decimal Standing(Order order, string methodId) =>
        order.Payments.Where(payment => payment.PaymentMethodId == methodId).Sum(payment => payment.Kind == Paid ? payment.Amount : -payment.Amount);

    /// <summary>A place among the order's lines for each of the items; one bought twice may be named twice.</summary>
    private static (ImmutableArray<int> Lines, OrderOutcome.Refused? Wrong) LinesOf(Order order, ImmutableArray<string> itemIds)
    {
        var free = Enumerable.Range(0, order.Lines.Length).ToList();
        var lines = ImmutableArray.CreateBuilder<int>();
        foreach (var itemId in itemIds)
        {
            var at = free.FindIndex(line => order.Lines[line].ItemId == itemId);
            if (at < 0)
                return ([], Refuse(OrderRefusals.ItemNotInOrder, $"item {itemId} is not in the order, or not so often"));
            lines.Add(free[at]);
            free.RemoveAt(at);
        }

        return (lines.ToImmutable(), itemIds.IsEmpty ? Refuse(OrderRefusals.ItemNotInOrder, "no item is named") : null);
    }

    private static (ImmutableArray<(int Line, ProductVariant Variant)> Swaps, OrderOutcome.Refused? Wrong) Swaps(
        Order order, ImmutableArray<string> itemIds, ImmutableArray<string> newItemIds, IReadOnlyDictionary<string, Product> products)
    {
        var (lines, wrong) = LinesOf(order, itemIds);
        if (wrong is not null)
            return ([], wrong);
        if (newItemIds.Length != lines.Length)
            return ([], Refuse(OrderRefusals.ItemCountsDiffer, $"{lines.Length} items and {newItemIds.Length} new ones"));
        var swaps = ImmutableArray.CreateBuilder<(int, ProductVariant)>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            var old = order.Lines[lines[i]];
            if (old.ItemId == newItemIds[i])
                return ([], Refuse(OrderRefusals.ItemUnchanged, $"item {old.ItemId} is the same before and after"));
            if (products.GetValueOrDefault(old.ProductId)?.Variants.FirstOrDefault(variant => variant.ItemId == newItemIds[i]) is not { } variant)
                return ([], Refuse(OrderRefusals.OtherProduct, $"item {newItemIds[i]} is no {old.Name}"));
            if (!variant.Available)
                return ([], Refuse(OrderRefusals.NotAvailable, $"item {variant.ItemId} is not in stock"));
            swaps.Add((lines[i], variant));
        }

        return (swaps.DrainToImmutable(), null);
    }

    private static OrderOutcome.Refused Refuse(string code, string reason) => new(code, reason);
}
