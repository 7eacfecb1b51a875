using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Responses;

/// <summary>An order's record in words.</summary>
internal static class OrderWording
{
    private const int MostItems = 6;

    /// <summary>"Water Bottle, 2 × Office Chair".</summary>
    public static string Items(Order order)
    {
        var kinds = order.Lines.GroupBy(line => line.Name, StringComparer.Ordinal)
            .Select(kind => kind.Count() == 1 ? kind.Key : $"{kind.Count()} × {kind.Key}").ToList();
        return kinds.Count <= MostItems ? string.Join(", ", kinds) : string.Join(", ", kinds.Take(MostItems)) + ", …";
    }

    /// <summary>The whole sentence about an order's status.</summary>
    public static string StatusKey(AnswerPhrases phrases, Order order)
    {
        var key = AnswerKeys.Status(StatusWord(order));
        return phrases.Has(key) ? key : AnswerKeys.OtherStatus;
    }

    /// <summary>The status in a few words, for a list.</summary>
    public static string ShortStatus(AnswerPhrases phrases, Order order) =>
        phrases.Find(AnswerKeys.StatusInList(StatusWord(order)))?.FixedText ?? order.Status;

    /// <summary>"return requested" is <c>return_requested</c>; "pending (item modified)" is still <c>pending</c>.</summary>
    public static string StatusWord(Order order)
    {
        var bracket = order.Status.IndexOf('(', StringComparison.Ordinal);
        var word = bracket > 0 ? order.Status[..bracket] : order.Status;
        return word.Trim().ToLowerInvariant().Replace(' ', '_');
    }

    public static ImmutableArray<string> TrackingIds(Order order) =>
        [.. order.Fulfillments.SelectMany(parcel => parcel.TrackingIds).Distinct(StringComparer.Ordinal)];

    public static string Money(AnswerPhrases phrases, decimal amount) =>
        phrases[AnswerKeys.Money].Render([("amount", phrases.Numbers.Write(amount))]);

    /// <summary>What the record says, for grounding: in the same words, straight from it.</summary>
    public static string[] Record(AnswerPhrases phrases, Order order) =>
    [
        order.Id, order.Status, Items(order), string.Join(' ', TrackingIds(order)),
        string.Join(' ', order.Payments.Select(payment => Money(phrases, payment.Amount))),
    ];
}
