using System.Text.Json;

namespace CustomerService.Integrations.Orders.Import;

/// <summary>Records of the retail file's shape, turned into ours. Pure.</summary>
internal static class RetailRecords
{
    internal static Product Product(JsonElement record, string path)
    {
        var product = new RecordFields(record, path);
        return new Product(product.Text("product_id"), product.Text("name"), product.Values("variants", variant => new ProductVariant(
            variant.Text("item_id"), variant.Amount("price"), variant.Flag("available"), variant.TextsByName("options"))));
    }

    internal static ShopCustomer Customer(JsonElement record, string path)
    {
        var customer = new RecordFields(record, path);
        var name = customer.Object("name");
        var email = customer.Text("email");
        if (!email.Contains('@'))
            throw new RecordFormatException($"{path}.email is '{email}' and must be an email address");
        return new ShopCustomer(
            customer.Text("user_id"),
            name.Text("first_name"),
            name.Text("last_name"),
            email,
            Address(customer.Object("address")),
            customer.OptionalText("tier")?.ToLowerInvariant(),
            [.. customer.Texts("orders").Select(StoredOrders.OrderKey)],
            customer.Values("payment_methods", PaymentMethod));
    }

    internal static Order Order(JsonElement record, string path)
    {
        var order = new RecordFields(record, path);
        return new Order(
            StoredOrders.OrderKey(order.Text("order_id")),
            order.Text("user_id"),
            order.Text("status"),
            Address(order.Object("address")),
            order.Objects("items", line => new OrderLine(
                line.Text("item_id"), line.Text("product_id"), line.Text("name"), line.Amount("price"), line.TextsByName("options"))),
            order.Objects("fulfillments", parcel => new Fulfillment(parcel.Texts("tracking_id"), parcel.Texts("item_ids"))),
            order.Objects("payment_history", payment => new Payment(
                payment.Text("transaction_type"), payment.Amount("amount"), payment.Text("payment_method_id"))),
            order.OptionalText("cancel_reason"))
        {
            Return = order.OptionalText("return_payment_method_id") is { } refundedTo ? new OrderReturn(order.Texts("return_items"), refundedTo) : null,
            Exchange = order.OptionalText("exchange_payment_method_id") is { } settledBy
                ? new OrderExchange(order.Texts("exchange_items"), order.Texts("exchange_new_items"), settledBy, order.SignedAmount("exchange_price_difference"))
                : null,
        };
    }

    private static Address Address(RecordFields address) => new(
        address.Text("address1"),
        address.OptionalText("address2") is { Length: > 0 } second ? second : null,
        address.Text("city"),
        address.OptionalText("state"),
        address.Text("zip"),
        address.Text("country"));

    private static PaymentMethod PaymentMethod(RecordFields method)
    {
        var lastFour = method.OptionalText("last_four");
        // A file that carries more of a card's number must not make us keep it.
        return new PaymentMethod(
            method.Text("id"), method.Text("source"), method.OptionalText("brand"),
            lastFour is { Length: > 4 } ? lastFour[^4..] : lastFour, method.OptionalAmount("balance"));
    }
}
