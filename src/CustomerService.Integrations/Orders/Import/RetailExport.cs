using System.Text.Json.Nodes;

namespace CustomerService.Integrations.Orders;

/// <summary>Records in the shape of the file that <see cref="OrderImport"/> reads, field by field. Pure.</summary>
public static class RetailExport
{
    public static JsonObject Of(Order order)
    {
        var record = new JsonObject
        {
            ["order_id"] = order.Id,
            ["user_id"] = order.CustomerId,
            ["address"] = Of(order.Address),
            ["items"] = List(order.Lines, line => new JsonObject
            {
                ["name"] = line.Name,
                ["product_id"] = line.ProductId,
                ["item_id"] = line.ItemId,
                ["price"] = line.Price,
                ["options"] = Texts(line.Options),
            }),
            ["status"] = order.Status,
            ["fulfillments"] = List(order.Fulfillments, parcel => new JsonObject { ["tracking_id"] = Texts(parcel.TrackingIds), ["item_ids"] = Texts(parcel.ItemIds) }),
            ["payment_history"] = List(order.Payments, payment => new JsonObject
            {
                ["transaction_type"] = payment.Kind,
                ["amount"] = payment.Amount,
                ["payment_method_id"] = payment.PaymentMethodId,
            }),
        };
        if (order.CancelReason is { } reason)
            record["cancel_reason"] = reason;
        if (order.Return is { } back)
        {
            record["return_items"] = Texts(back.ItemIds);
            record["return_payment_method_id"] = back.PaymentMethodId;
        }

        if (order.Exchange is { } swap)
        {
            record["exchange_items"] = Texts(swap.ItemIds);
            record["exchange_new_items"] = Texts(swap.NewItemIds);
            record["exchange_payment_method_id"] = swap.PaymentMethodId;
            record["exchange_price_difference"] = swap.PriceDifference;
        }

        return record;
    }

    public static JsonObject Of(ShopCustomer customer)
    {
        var methods = new JsonObject();
        foreach (var method in customer.PaymentMethods)
            methods[method.Id] = Of(method);
        var record = new JsonObject
        {
            ["user_id"] = customer.Id,
            ["name"] = new JsonObject { ["first_name"] = customer.FirstName, ["last_name"] = customer.LastName },
            ["address"] = Of(customer.Address),
            ["email"] = customer.Email,
            ["payment_methods"] = methods,
            ["orders"] = Texts(customer.OrderIds),
        };
        if (customer.Tier is { } tier)
            record["tier"] = tier;
        return record;
    }

    private static JsonObject Of(Address address) => new()
    {
        ["address1"] = address.Line1,
        ["address2"] = address.Line2 ?? "",
        ["city"] = address.City,
        ["country"] = address.Country,
        ["state"] = address.State ?? "",
        ["zip"] = address.PostalCode,
    };

    private static JsonObject Of(PaymentMethod method)
    {
        var record = new JsonObject { ["source"] = method.Kind, ["id"] = method.Id };
        if (method.Brand is { } brand)
            record["brand"] = brand;
        if (method.LastFour is { } lastFour)
            record["last_four"] = lastFour;
        if (method.Balance is { } balance)
            record["balance"] = balance;
        return record;
    }

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode> each) => [.. items.Select(each)];

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    private static JsonObject Texts(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var map = new JsonObject();
        foreach (var (name, text) in texts)
            map[name] = text;
        return map;
    }
}
