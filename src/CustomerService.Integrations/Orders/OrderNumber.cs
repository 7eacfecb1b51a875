namespace CustomerService.Integrations.Orders;

/// <summary>Order numbers as customers write them: "#W2378156", "w2378156", "order W 2378156". The one way to write them is <c>#W2378156</c>.</summary>
public static class OrderNumber
{
    private const int Digits = 7;

    /// <summary>Finds the first order number in a text.</summary>
    /// <param name="text">A customer's message.</param>
    /// <param name="id">The number in the one way to write it, or empty.</param>
    public static bool TryFindIn(string text, out string id)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (StartsAt(text, at) is { } digits)
            {
                id = $"#W{text.AsSpan(digits, Digits)}";
                return true;
            }
        }
        id = "";
        return false;
    }

    /// <summary>Reads a text that is an order number and nothing else.</summary>
    public static bool TryParse(string text, out string id)
    {
        text = text.Trim();
        if (text.Length > 0 && StartsAt(text, 0) is { } digits && digits + Digits == text.Length)
        {
            id = $"#W{text.AsSpan(digits)}";
            return true;
        }
        id = "";
        return false;
    }

    // '#', 'W', or both, and a space at most before seven digits that are no part of a longer number or word.
    private static int? StartsAt(string text, int at)
    {
        if (at > 0 && IsWord(text[at - 1]))
            return null;
        var next = at;
        if (Has(text, next, '#'))
            next = SkipSpace(text, next + 1);
        if (Has(text, next, 'W') || Has(text, next, 'w'))
            next = SkipSpace(text, next + 1);
        if (next == at || next + Digits > text.Length)
            return null;
        for (var digit = next; digit < next + Digits; digit++)
        {
            if (!char.IsAsciiDigit(text[digit]))
                return null;
        }
        var end = next + Digits;
        return end == text.Length || !IsWord(text[end]) ? next : null;
    }

    // Japanese puts no space around a number.
    private static bool IsWord(char letter) => letter < '\u3000' && (char.IsLetterOrDigit(letter) || letter == '_');

    private static bool Has(string text, int at, char letter) => at < text.Length && text[at] == letter;

    private static int SkipSpace(string text, int at) => Has(text, at, ' ') ? at + 1 : at;
}
