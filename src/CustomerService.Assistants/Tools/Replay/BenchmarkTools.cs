using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Tools.Replay;

/// <summary>The benchmark's names for what our tools do, and its words for why something is refused.</summary>
internal static class BenchmarkTools
{
    private static readonly FrozenDictionary<string, string> Ours = new Dictionary<string, string>
    {
        ["get_order_details"] = "get_order",
        ["get_product_details"] = "get_product",
        ["get_item_details"] = "get_item",
        ["get_user_details"] = "get_profile",
        ["cancel_pending_order"] = "cancel_order",
        ["modify_pending_order_address"] = "change_order_address",
        ["modify_pending_order_payment"] = "change_order_payment",
        ["modify_pending_order_items"] = "change_order_items",
        ["return_delivered_order_items"] = "return_items",
        ["exchange_delivered_order_items"] = "exchange_items",
        ["modify_user_address"] = "change_my_address",
        ["transfer_to_human_agents"] = "transfer_to_human",
        ["calculate"] = "calculate",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> NotFound = new Dictionary<string, string>
    {
        ["get_product"] = "product not found",
        ["get_item"] = "item not found",
        ["get_profile"] = "user not found",
        ["change_my_address"] = "user not found",
    }.ToFrozenDictionary();

    /// <summary>Our tool of a benchmark's action, or null where there is none.</summary>
    public static string? OurName(string action) => Ours.GetValueOrDefault(action);

    /// <summary>The arguments in our shape. The customer is left out: whose records a tool works on is never an argument.</summary>
    public static ImmutableSortedDictionary<string, object> Arguments(JsonObject arguments)
    {
        var ours = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
        {
            if (name == "user_id" || value is null)
                continue;
            if (value is JsonArray list)
                ours[name] = list.Select(item => item!.GetValue<string>()).ToImmutableArray();
            else if (value.GetValue<string>() is { Length: > 0 } text)
                ours[name] = text;
        }

        return ours.ToImmutable();
    }

    /// <summary>A refusal in the benchmark's words, lower case.</summary>
    public static string Words(string tool, ToolResult.Refused refused)
    {
        var (done, part) = tool switch
        {
            "cancel_order" => ("cancelled", "order"),
            "return_items" => ("returned", "order"),
            "exchange_items" => ("exchanged", "price difference"),
            "change_order_items" => ("modified", "new item"),
            _ => ("modified", "order"),
        };
        return refused.Code switch
        {
            ToolRefusals.NotFound => NotFound.GetValueOrDefault(tool, "order not found"),
            OrderRefusals.NotPending or OrderRefusals.ItemsChangedBefore => $"non-pending order cannot be {done}",
            OrderRefusals.NotDelivered => $"non-delivered order cannot be {done}",
            OrderRefusals.GiftCardTooSmall => $"insufficient gift card balance to pay for the {part}",
            OrderRefusals.PaymentMethodUnknown => "payment method not found",
            OrderRefusals.NotOriginalPayment => "payment method should be the original payment method",
            OrderRefusals.SamePaymentMethod => "the new payment method should be different from the current one",
            OrderRefusals.NotOnePayment => "there should be exactly one payment for a pending order",
            OrderRefusals.OtherProduct => "variant not found",
            OrderRefusals.ItemNotInOrder when tool == "return_items" => "some item not found",
            ToolRefusals.BadArguments when tool == "cancel_order" => "invalid reason",
            _ => refused.Reason,
        };
    }
}
