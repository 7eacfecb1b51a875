using System.Collections.Immutable;

namespace CustomerService.Integrations.Orders;

/// <summary>What the shop changes on a customer's wish, and what not. Pure: records in, records or a reason out.</summary>
public static partial class OrderRules
{
    private const string Pending = "pending";
    private const string ItemModified = "pending (item modified)";
    private const string Delivered = "delivered";
    private const string Cancelled = "cancelled";
    private const string ReturnRequested = "return requested";
    private const string ExchangeRequested = "exchange requested";
    private const string GiftCard = "gift_card";
    private const string Paid = "payment";
    private const string Refunded = "refund";

    /// <summary>The only reasons for which an order may be cancelled.</summary>
    public static ImmutableArray<string> CancelReasons { get; } = ["no longer needed", "ordered by mistake"];

    /// <param name="order">The action's order if it is the customer's; null: it is not, or there is none.</param>
    /// <param name="products">The products of the order's lines, by id.</param>
    public static OrderOutcome Decide(OrderAction action, ShopCustomer customer, Order? order, IReadOnlyDictionary<string, Product> products)
    {
        if (action is OrderAction.ChangeDefaultAddress { Address: var home })
            return Wrong(home) is { } wrong ? wrong : new OrderOutcome.Done(null, customer with { Address = home });
        if (order is null || order.CustomerId != customer.Id)
            return Refuse(OrderRefusals.NotFound, "the customer has no such order");
        return action switch
        {
            OrderAction.Cancel cancel => Cancel(cancel, customer, order),
            OrderAction.ChangeAddress change => ChangeAddress(change, customer, order),
            OrderAction.ChangePayment change => ChangePayment(change, customer, order),
            OrderAction.ChangeItems change => ChangeItems(change, customer, order, products),
            OrderAction.ReturnItems change => ReturnItems(change, customer, order),
            OrderAction.ExchangeItems change => ExchangeItems(change, customer, order, products),
            _ => throw new System.Diagnostics.UnreachableException(action.GetType().Name),
        };
    }

    /// <summary>The method that bears the order now: the first one paid with that did not get it all back.</summary>
    public static string? PaidWith(Order order) =>
        order.Payments.FirstOrDefault(payment => payment.Kind == Paid && Standing(order, payment.PaymentMethodId) > 0)?.PaymentMethodId
        ?? order.Payments.FirstOrDefault(payment => payment.Kind == Paid)?.PaymentMethodId;

    private static OrderOutcome Cancel(OrderAction.Cancel action, ShopCustomer customer, Order order)
    {
        if (NotPending(order, "cancelled") is { } refused)
            return refused;
        if (!CancelReasons.Contains(action.Reason))
            return Refuse(OrderRefusals.BadReason, $"'{action.Reason}' is no reason to cancel for");
        var refunds = order.Payments
            .Where(payment => payment.Kind == Paid && Standing(order, payment.PaymentMethodId) > 0)
            .Select(payment => payment with { Kind = Refunded }).ToList();
        foreach (var refund in refunds)
            customer = Book(customer, refund.PaymentMethodId, refund.Amount);
        return new OrderOutcome.Done(order with { Status = Cancelled, CancelReason = action.Reason, Payments = [.. order.Payments, .. refunds] }, customer);
    }

    private static OrderOutcome ChangeAddress(OrderAction.ChangeAddress action, ShopCustomer customer, Order order) =>
        (NotPending(order, "modified") ?? Wrong(action.Address)) is { } refused ? refused : new OrderOutcome.Done(order with { Address = action.Address }, customer);

    private static OrderOutcome ChangePayment(OrderAction.ChangePayment action, ShopCustomer customer, Order order)
    {
        if (NotPending(order, "modified") is { } refused)
            return refused;
        if (Method(customer, action.PaymentMethodId) is not { } method)
            return NoSuchMethod(action.PaymentMethodId);
        if (order.Payments is not [{ Kind: Paid } paid])
            return Refuse(OrderRefusals.NotOnePayment, "the order was not paid in one payment that still stands");
        if (paid.PaymentMethodId == method.Id)
            return Refuse(OrderRefusals.SamePaymentMethod, "the order is paid with this method already");
        if (TooSmall(method, paid.Amount) is { } tooSmall)
            return tooSmall;
        customer = Book(Book(customer, method.Id, -paid.Amount), paid.PaymentMethodId, paid.Amount);
        return new OrderOutcome.Done(
            order with { Payments = [paid, new Payment(Paid, paid.Amount, method.Id), new Payment(Refunded, paid.Amount, paid.PaymentMethodId)] }, customer);
    }

    private static OrderOutcome ChangeItems(OrderAction.ChangeItems action, ShopCustomer customer, Order order, IReadOnlyDictionary<string, Product> products)
    {
        if (NotPending(order, "modified") is { } refused)
            return refused;
        var (swaps, difference, wrong) = PricedSwaps(order, action.ItemIds, action.NewItemIds, customer, action.PaymentMethodId, products);
        if (wrong is not null)
            return wrong;
        var lines = order.Lines.ToBuilder();
        foreach (var (line, variant) in swaps)
            lines[line] = lines[line] with { ItemId = variant.ItemId, Price = variant.Price, Options = variant.Options };
        return new OrderOutcome.Done(
            order with
            {
                Status = ItemModified,
                Lines = lines.ToImmutable(),
                Payments = [.. order.Payments, new Payment(difference > 0 ? Paid : Refunded, Math.Abs(difference), action.PaymentMethodId)],
            },
            Book(customer, action.PaymentMethodId, -difference));
    }

    private static OrderOutcome ReturnItems(OrderAction.ReturnItems action, ShopCustomer customer, Order order)
    {
        if (NotDelivered(order, "returned") is { } refused)
            return refused;
        if (Method(customer, action.PaymentMethodId) is not { } method)
            return NoSuchMethod(action.PaymentMethodId);
        if (method.Kind != GiftCard && method.Id != PaidWith(order))
            return Refuse(OrderRefusals.NotOriginalPayment, "a refund goes to the original payment method or a gift card");
        if (LinesOf(order, action.ItemIds).Wrong is { } missing)
            return missing;
        return new OrderOutcome.Done(order with { Status = ReturnRequested, Return = new OrderReturn(Sorted(action.ItemIds), method.Id) }, customer);
    }

    private static OrderOutcome ExchangeItems(OrderAction.ExchangeItems action, ShopCustomer customer, Order order, IReadOnlyDictionary<string, Product> products)
    {
        if (NotDelivered(order, "exchanged") is { } refused)
            return refused;
        var (swaps, difference, wrong) = PricedSwaps(order, action.ItemIds, action.NewItemIds, customer, action.PaymentMethodId, products);
        if (wrong is not null)
            return wrong;
        return new OrderOutcome.Done(
            order with { Status = ExchangeRequested, Exchange = new OrderExchange(Sorted(action.ItemIds), Sorted(action.NewItemIds), action.PaymentMethodId, difference) },
            customer);
    }

    /// <summary>What is swapped for what, and the price difference, once the method named can bear it.</summary>
    private static (ImmutableArray<(int Line, ProductVariant Variant)> Swaps, decimal Difference, OrderOutcome.Refused? Wrong) PricedSwaps(
        Order order, ImmutableArray<string> from, ImmutableArray<string> to, ShopCustomer customer, string methodId, IReadOnlyDictionary<string, Product> products)
    {
        var (swaps, wrong) = Swaps(order, from, to, products);
        if (wrong is not null)
            return ([], 0, wrong);
        var difference = swaps.Sum(swap => swap.Variant.Price - order.Lines[swap.Line].Price);
        return Method(customer, methodId) is { } method ? (swaps, difference, TooSmall(method, difference)) : ([], 0, NoSuchMethod(methodId));
    }

    private static ImmutableArray<string> Sorted(ImmutableArray<string> ids) => ids.Sort(StringComparer.Ordinal);
}
