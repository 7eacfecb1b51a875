namespace CustomerService.Assistants.Quality;

/// <summary>Payment card numbers: 13 to 19 digits with an issuer's first digits and a right check digit (Luhn).</summary>
internal static class CardNumber
{
    /// <summary>The card number within a run, which may begin or end with other groups of digits; null when there is none.</summary>
    public static string? FindIn(DigitRun run)
    {
        if (run.Digits.Length < 13)
            return null;
        var from = 0;
        for (var first = 0; first < run.Groups.Count; from += run.Groups[first++])
        {
            var to = from;
            for (var last = first; last < run.Groups.Count; last++)
            {
                to += run.Groups[last];
                if (to - from is >= 13 and <= 19 && IsCard(run.Digits.AsSpan(from, to - from)))
                    return run.Digits[from..to];
            }
        }

        return null;
    }

    public static bool IsCard(ReadOnlySpan<char> digits) => HasIssuer(digits) && PassesLuhn(digits);

    private static bool HasIssuer(ReadOnlySpan<char> digits)
    {
        var four = int.Parse(digits[..4], System.Globalization.CultureInfo.InvariantCulture);
        var two = four / 100;
        var length = digits.Length;
        return digits[0] switch
        {
            '4' => length is 13 or 16 or 19, // Visa
            '5' => two is >= 50 and <= 59, // Mastercard 51–55, Maestro
            '2' => length == 16 && four is >= 2221 and <= 2720, // Mastercard; Mir
            '3' => (two is 34 or 37 && length == 15) || (four is >= 3528 and <= 3589 && length >= 16) || (two is 30 or 36 or 38 or 39 && length >= 14),
            '6' => four == 6011 || two is 60 or 62 or 63 or 64 or 65 or 67, // Discover, UnionPay, Maestro
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
