using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CustomerService.Integrations.Orders;

/// <summary>One change that a customer may wish for. <see cref="OrderRules"/> says which of them the shop makes.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(ChangeAddress), "change_address")]
[JsonDerivedType(typeof(ChangePayment), "change_payment")]
[JsonDerivedType(typeof(ChangeItems), "change_items")]
[JsonDerivedType(typeof(ReturnItems), "return_items")]
[JsonDerivedType(typeof(ExchangeItems), "exchange_items")]
[JsonDerivedType(typeof(ChangeDefaultAddress), "change_default_address")]
public abstract record OrderAction
{
    private OrderAction()
    {
    }

    /// <summary>The order that it changes, as the customer writes its number; null: it changes no order.</summary>
    [JsonIgnore]
    public virtual string? Order => null;

    /// <param name="Reason">One of <see cref="OrderRules.CancelReasons"/>.</param>
    public sealed record Cancel(string OrderId, string Reason) : OrderAction
    {
        public override string? Order => OrderId;
    }

    public sealed record ChangeAddress(string OrderId, Address Address) : OrderAction
    {
        public override string? Order => OrderId;
    }

    public sealed record ChangePayment(string OrderId, string PaymentMethodId) : OrderAction
    {
        public override string? Order => OrderId;
    }

    /// <param name="ItemIds">Variants in the order; one bought twice may be named twice.</param>
    /// <param name="NewItemIds">What each becomes, place by place.</param>
    /// <param name="PaymentMethodId">Pays or gets the difference.</param>
    public sealed record ChangeItems(string OrderId, ImmutableArray<string> ItemIds, ImmutableArray<string> NewItemIds, string PaymentMethodId) : OrderAction
    {
        public override string? Order => OrderId;
    }

    /// <param name="PaymentMethodId">Gets the refund.</param>
    public sealed record ReturnItems(string OrderId, ImmutableArray<string> ItemIds, string PaymentMethodId) : OrderAction
    {
        public override string? Order => OrderId;
    }

    /// <inheritdoc cref="ChangeItems"/>
    public sealed record ExchangeItems(string OrderId, ImmutableArray<string> ItemIds, ImmutableArray<string> NewItemIds, string PaymentMethodId) : OrderAction
    {
        public override string? Order => OrderId;
    }

    /// <summary>Where the customer's later orders go.</summary>
    public sealed record ChangeDefaultAddress(Address Address) : OrderAction;
}

/// <summary>What came of an <see cref="OrderAction"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record OrderOutcome
{
    private OrderOutcome()
    {
    }

    /// <param name="Order">As it is now; null: no order was changed.</param>
    /// <param name="Customer">As they are now.</param>
    public sealed record Done(Order? Order, ShopCustomer Customer) : OrderOutcome;

    /// <param name="Code">One of <see cref="OrderRefusals"/>.</param>
    /// <param name="Reason">In English, for traces; customers get the owner's words for the code.</param>
    public sealed record Refused(string Code, string Reason) : OrderOutcome;
}

/// <summary>Why the shop does not make a change.</summary>
public static class OrderRefusals
{
    /// <summary>The order is not the customer's, or does not exist: the two are never told apart.</summary>
    public const string NotFound = "not_found";

    public const string NotPending = "not_pending";

    /// <summary>Its items were changed before, which makes everything else about it final.</summary>
    public const string ItemsChangedBefore = "items_changed_before";

    public const string NotDelivered = "not_delivered";
    public const string BadReason = "bad_reason";
    public const string ItemNotInOrder = "item_not_in_order";
    public const string ItemCountsDiffer = "item_counts_differ";
    public const string ItemUnchanged = "item_unchanged";

    /// <summary>The new item is no variant of the old one's product.</summary>
    public const string OtherProduct = "other_product";

    public const string NotAvailable = "not_available";
    public const string PaymentMethodUnknown = "payment_method_unknown";
    public const string GiftCardTooSmall = "gift_card_too_small";

    /// <summary>The payment can't be moved as one: it was split or moved before.</summary>
    public const string NotOnePayment = "not_one_payment";

    public const string SamePaymentMethod = "same_payment_method";
    public const string NotOriginalPayment = "not_original_payment";
    public const string BadAddress = "bad_address";

    /// <summary>The key named another change before.</summary>
    public const string KeyReused = "key_reused";
}
