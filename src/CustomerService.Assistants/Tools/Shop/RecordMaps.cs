using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Tools.Shop;

/// <summary>Records as plain maps, for results of tools. Amounts are numbers in the shop's currency.</summary>
internal static class RecordMaps
{
    public static Dictionary<string, object?> Of(Order order)
    {
        var map = Map(
            ("order_id", order.Id), ("status", order.Status), ("address", Of(order.Address)),
            ("items", List(order.Lines, Of)),
            ("parcels", List(order.Fulfillments, parcel => Map(("tracking_ids", List(parcel.TrackingIds)), ("item_ids", List(parcel.ItemIds))))),
            ("payments", List(order.Payments, payment => Map(("kind", payment.Kind), ("amount", (double)payment.Amount), ("payment_method_id", payment.PaymentMethodId)))),
            ("paid_with", OrderRules.PaidWith(order)));
        if (order.CancelReason is { } reason)
            map["cancel_reason"] = reason;
        if (order.Return is { } back)
            map["return"] = Map(("item_ids", List(back.ItemIds)), ("payment_method_id", back.PaymentMethodId));
        if (order.Exchange is { } swap)
            map["exchange"] = Map(("item_ids", List(swap.ItemIds)), ("new_item_ids", List(swap.NewItemIds)), ("payment_method_id", swap.PaymentMethodId), ("price_difference", (double)swap.PriceDifference));
        return map;
    }

    /// <summary>An order in one line of a list.</summary>
    public static Dictionary<string, object?> Brief(Order order) =>
        Map(("order_id", order.Id), ("status", order.Status), ("items", List(order.Lines, line => (object?)line.Name)));

    public static Dictionary<string, object?> Of(ShopCustomer customer) => Map(
        ("name", $"{customer.FirstName} {customer.LastName}"), ("email", customer.Email), ("tier", customer.Tier), ("address", Of(customer.Address)),
        ("payment_methods", List(customer.PaymentMethods, Of)), ("order_ids", List(customer.OrderIds)));

    public static Dictionary<string, object?> Of(Product product) =>
        Map(("product_id", product.Id), ("name", product.Name), ("variants", List(product.Variants, Of)));

    public static Dictionary<string, object?> Of(ProductVariant variant) =>
        Map(("item_id", variant.ItemId), ("price", (double)variant.Price), ("available", variant.Available), ("options", Options(variant.Options)));

    public static Dictionary<string, object?> Of(Address address) => Map(
        ("address1", address.Line1), ("address2", address.Line2 ?? ""), ("city", address.City), ("state", address.State ?? ""),
        ("zip", address.PostalCode), ("country", address.Country));

    public static Dictionary<string, object?> Map(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var map = new Dictionary<string, object?>(fields.Length, StringComparer.Ordinal);
        foreach (var (name, value) in fields)
            map[name] = value;
        return map;
    }

    public static List<object?> List<T>(IEnumerable<T> items, Func<T, object?> each) => [.. items.Select(each)];

    private static List<object?> List(IEnumerable<string> texts) => [.. texts];

    private static Dictionary<string, object?> Of(OrderLine line) => Map(
        ("item_id", line.ItemId), ("product_id", line.ProductId), ("name", line.Name), ("price", (double)line.Price), ("options", Options(line.Options)));

    // Of a card no more than its last four digits is known at all.
    private static Dictionary<string, object?> Of(PaymentMethod method) => Map(
        ("payment_method_id", method.Id), ("kind", method.Kind), ("brand", method.Brand), ("last_four", method.LastFour), ("balance", (double?)method.Balance));

    private static Dictionary<string, object?> Options(IEnumerable<KeyValuePair<string, string>> options) =>
        options.ToDictionary(option => option.Key, option => (object?)option.Value, StringComparer.Ordinal);
}
