using System.Collections.Immutable;
using CustomerService.Integrations.Orders;
using CustomerService.Language;

namespace CustomerService.Assistants.Procedures;

/// <summary>Which of the customer's payment methods their words name.</summary>
internal static class PaymentWords
{
    private static readonly string[] GiftCards = ["gift card", "giftcard", "gift voucher", "store credit", "tarjeta de regalo", "tarjeta regalo", "carte cadeau", "cheque cadeau", "geschenkkarte", "geschenkgutschein", "gutschein", "ギフトカード"];
    private static readonly string[] Cards = ["credit card", "debit card", "bank card", "card", "visa", "mastercard", "master card", "amex", "tarjeta de credito", "tarjeta", "carte de credit", "carte bancaire", "carte bleue", "carte", "kreditkarte", "karte", "クレジットカード", "カード"];
    private static readonly string[] PayPals = ["paypal", "pay pal", "ペイパル"];
    private static readonly string[] Originals = ["original", "original payment", "the one i paid with", "same way", "same method", "how i paid", "metodo original", "el mismo", "la misma", "moyen dorigine", "le meme", "ursprungliche", "ursprunglichen", "gleiche", "gleichen", "元の", "同じ"];

    /// <returns>The method; null: none is surely meant.</returns>
    /// <param name="paidWith">The order's own method.</param>
    /// <param name="asked">The customer was just asked: then "the same" is an answer.</param>
    public static string? Read(string text, ImmutableArray<PaymentMethod> methods, string? paidWith, bool asked)
    {
        var folded = FoldedText.Of(text);
        if (methods.FirstOrDefault(method => FoldedText.Has(folded, FoldedText.Of(method.Id).Trim())) is { } byId)
            return byId.Id;
        // Four digits name a card beside a word for cards, or where cards are the question.
        if (methods.Where(method => method.LastFour is { } digits && FoldedText.Has(folded, digits)).ToList() is [var byDigits] && (asked || Says(folded, Cards)))
            return byDigits.Id;
        if (methods.Where(method => method.Brand is { } brand && FoldedText.Has(folded, FoldedText.Of(brand).Trim())).ToList() is [var byBrand])
            return byBrand.Id;
        var kind = Says(folded, GiftCards) ? "gift_card" : Says(folded, PayPals) ? "paypal" : Says(folded, Cards) && (asked || !Says(folded, ["card number"])) ? "credit_card" : null;
        if (kind is not null)
            return methods.Where(method => method.Kind == kind).ToList() is [var one] ? one.Id : null;
        return asked && paidWith is not null && Says(folded, Originals) ? paidWith : null;
    }

    private static bool Says(string folded, string[] phrases) => phrases.Any(phrase => FoldedText.Has(folded, phrase));
}
