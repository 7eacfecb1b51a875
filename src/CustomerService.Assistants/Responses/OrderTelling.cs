using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Responses;

/// <summary>
/// What the owner's texts say of an order, in one place: procedures and answers from records tell the same thing in the same words.
/// </summary>
internal static class OrderTelling
{
    /// <summary>How the order stands, and where its parcels are.</summary>
    public static IEnumerable<OwnersText> State(AnswerPhrases phrases, Order order)
    {
        yield return new(OrderWording.StatusKey(phrases, order), [("order", order.Id), ("items", OrderWording.Items(order)), ("status", order.Status)]);
        var tracking = OrderWording.TrackingIds(order);
        if (tracking.Length > 0 && OrderWording.StatusWord(order) != "cancelled")
            yield return new(AnswerKeys.Tracking, [("tracking", string.Join(", ", tracking))]);
    }

    /// <summary>What the record says of money that goes back.</summary>
    public static OwnersText Refund(AnswerPhrases phrases, Order order)
    {
        var refunded = order.Payments.Where(payment => payment.Kind == "refund").Sum(payment => payment.Amount);
        if (refunded > 0)
            return new(AnswerKeys.RefundRecorded, [("order", order.Id), ("amount", OrderWording.Money(phrases, refunded))]);
        var key = OrderWording.StatusWord(order) == "cancelled" ? AnswerKeys.RefundNone : AnswerKeys.RefundNothingDue;
        return new(key, [("order", order.Id), ("status", OrderWording.ShortStatus(phrases, order))]);
    }
}

/// <summary>One of the owner's texts with what goes into its places.</summary>
internal readonly record struct OwnersText(string Key, (string Name, string Value)[] Values)
{
    public string In(AnswerPhrases phrases) => phrases[Key].Render(Values);
}
