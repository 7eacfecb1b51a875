namespace CustomerService.Assistants.Quality.Personal;

/// <summary>Payment card numbers: 13 to 19 digits with an issuer's first digits and a right check digit (Luhn).</summary>
internal static class CardNumber
{
    public const string Name = "card number";

    public static void FindIn(string plain, List<Finding> found)
    {
        foreach (var run in DigitRuns.In(plain, 13, overLines: true))
            FindIn(plain, run, found);
    }

    /// <summary>Whether digits are a card's number.</summary>
    public static bool IsCard(ReadOnlySpan<char> digits) => digits.Length is >= 13 and <= 19 && HasIssuer(digits) && PassesLuhn(digits);

    // The number may stand among other groups: "2 4111 1111 1111 1111 12/27 123".
    private static void FindIn(string plain, DigitRun run, List<Finding> found)
    {
        var from = 0;
        for (var first = 0; first < run.Groups.Count; first++)
        {
            var to = from;
            for (var last = first; last < run.Groups.Count && to - from < 19; last++)
            {
                to += run.Groups[last].Length;
                if (to - from is < 13 or > 19 || !IsCard(run.Digits.AsSpan(from, to - from)))
                    continue;
                var part = run.Part(first, last);
                if (!IsWritten(part, whole: part.Digits.Length == run.Digits.Length) || IsReference(plain, run, part))
                    continue;
                found.Add(new(DetailKind.Card, Name, part.Start, part.End, part.Digits));
                (first, from) = (last, to - run.Groups[last].Length);
                break;
            }

            from += run.Groups[first].Length;
        }
    }

    // Among other numbers only what is grouped as on a card counts; alone, any grouping does.
    private static bool IsWritten(DigitRun part, bool whole)
    {
        if (whole || part.Groups.Count == 1 || part.Is(4, 6, 5) || part.Is(4, 6, 4) || part.Is(8, 8) || part.Is(6, 13))
            return true;
        return part.Groups.Take(part.Groups.Count - 1).All(group => group.Length == 4) && part.Groups[^1].Length <= 4;
    }

    private static bool IsReference(string plain, DigitRun run, DigitRun part)
    {
        // No card has had 13 digits for long, and every product in Japan and Germany has such a number.
        if (part.Digits.Length == 13 && !DetailCues.CardBefore(plain, part.Start, 30))
            return true;
        if (part.Groups.Count > 1 && run.Digits.Length <= 24)
            return false;
        // In one piece, a parcel's or a product's number may pass all checks by chance. One that hangs on letters is an id.
        var start = part.Start;
        return (start > 0 && (char.IsAsciiLetterOrDigit(plain[start - 1]) || plain[start - 1] is '#' or '_'))
            || (part.End < plain.Length && char.IsAsciiLetter(plain[part.End]))
            || DetailCues.ReferenceBefore(plain, start, 24);
    }

    private static bool HasIssuer(ReadOnlySpan<char> digits)
    {
        var four = int.Parse(digits[..4], System.Globalization.CultureInfo.InvariantCulture);
        var two = four / 100;
        var length = digits.Length;
        return digits[0] switch
        {
            '4' => length is 13 or 16 or 19, // Visa
            '5' => two is >= 51 and <= 55 ? length == 16 : two is 50 or (>= 56 and <= 58), // Mastercard; Maestro
            '2' => length == 16 && four is >= 2200 and <= 2720, // Mir; Mastercard
            '3' => two is 34 or 37 ? length == 15 : four is >= 3528 and <= 3589 ? length >= 16 : (two is 36 or 38 or 39 || four is (>= 3000 and <= 3059) or 3095) && length is 14 or 16,
            '6' => length >= 16 && (four == 6011 || two is 62 or 64 or 65 or 60) || two is 63 or 67, // Discover, UnionPay, RuPay; Maestro
            _ => false,
        };
    }

    private static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        var doubled = false;
        for (var i = digits.Length - 1; i >= 0; i--, doubled = !doubled)
        {
            var digit = digits[i] - '0';
            if (doubled && (digit *= 2) > 9)
                digit -= 9;
            sum += digit;
        }

        return sum % 10 == 0;
    }
}
