using System.Collections.Immutable;
using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Tools.Shop;

/// <summary>What can be changed, each by one <see cref="OrderAction"/>: once for the call's key, and by the shop's rules.</summary>
internal static class ShopWrites
{
    private static readonly ToolParameter ItemIds = new("item_ids", ToolParameterType.TextList, "The variants in the order; one bought twice may be named twice.");
    private static readonly ToolParameter NewItemIds = new("new_item_ids", ToolParameterType.TextList, "What each becomes, in the same order: variants of the same product that are in stock.");
    private static readonly ToolParameter PaidBy = new("payment_method_id", ToolParameterType.Text, "One of the customer's payment methods; it pays or gets the difference.");

    private static readonly ImmutableArray<ToolParameter> AddressParts =
    [
        new("address1", ToolParameterType.Text, "Street and number."), new("address2", ToolParameterType.Text, "Flat or suite.", Required: false),
        new("city", ToolParameterType.Text, "City."), new("state", ToolParameterType.Text, "State or province, where the country has them.", Required: false),
        new("country", ToolParameterType.Text, "Country."), new("zip", ToolParameterType.Text, "Postcode."),
    ];

    public static IEnumerable<ITool> All(IOrderSystem orders)
    {
        ITool Write(string name, string summary, string scope, ImmutableArray<ToolParameter> parameters, Func<ToolCall, OrderAction> action) => new ShopTool(
            new(name, summary, scope, parameters) { Writes = true },
            async (call, cancellation) => call.Text("order_id") is { } number && ShopTool.Misspelt(number) is { } misspelt
                ? misspelt
                : ShopTool.Result(await orders.ApplyAsync(call.Key, ShopTool.Subject(call).CustomerId, action(call), cancellation)));

        yield return Write(
            "cancel_order", "Cancels a pending order and refunds it.", "orders:write",
            [ShopReads.OrderId, new("reason", ToolParameterType.Text, "Why.") { OneOf = OrderRules.CancelReasons }],
            call => new OrderAction.Cancel(Order(call), call.Text("reason")!));
        yield return Write(
            "change_order_address", "Sends a pending order to another address.", "orders:write", [ShopReads.OrderId, .. AddressParts],
            call => new OrderAction.ChangeAddress(Order(call), AddressOf(call)));
        yield return Write(
            "change_order_payment", "Charges a pending order to another payment method and refunds the first.", "orders:write",
            [ShopReads.OrderId, PaidBy with { Summary = "The customer's payment method to charge instead." }],
            call => new OrderAction.ChangePayment(Order(call), Method(call)));
        yield return Write(
            "change_order_items", "Changes items of a pending order to other variants of the same products. Only once for each order.", "orders:write",
            [ShopReads.OrderId, ItemIds, NewItemIds, PaidBy],
            call => new OrderAction.ChangeItems(Order(call), call.Texts("item_ids"), call.Texts("new_item_ids"), Method(call)));
        yield return Write(
            "return_items", "Requests the return of items of a delivered order.", "orders:write",
            [ShopReads.OrderId, ItemIds, PaidBy with { Summary = "Gets the refund: the original method or a gift card." }],
            call => new OrderAction.ReturnItems(Order(call), call.Texts("item_ids"), Method(call)));
        yield return Write(
            "exchange_items", "Requests the exchange of items of a delivered order for other variants of the same products. Only once for each order.", "orders:write",
            [ShopReads.OrderId, ItemIds, NewItemIds, PaidBy],
            call => new OrderAction.ExchangeItems(Order(call), call.Texts("item_ids"), call.Texts("new_item_ids"), Method(call)));
        yield return Write(
            "change_my_address", "Changes the customer's default address.", "profile:write", AddressParts,
            call => new OrderAction.ChangeDefaultAddress(AddressOf(call)));
    }

    private static string Order(ToolCall call) => call.Text("order_id")!;

    private static string Method(ToolCall call) => call.Text("payment_method_id")!;

    private static Address AddressOf(ToolCall call) =>
        new(call.Text("address1")!, call.Text("address2"), call.Text("city")!, call.Text("state"), call.Text("zip")!, call.Text("country")!);
}
