namespace CustomerService.Translation.Masking;

/// <summary>Finds what is written with digits: order and tracking numbers, product codes, amounts with their currency, dates, times, percentages.</summary>
internal static class DigitTokens
{
    private const string CurrencySigns = "$€£¥￥₹₩";
    private const string Connectors = "-–/_";
    private const string WithinNumbers = ".,:\u00A0\u202F";
    private const int SmallNumber = 4;

    private static readonly string[] Currencies = ["USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "MXN"];
    private static readonly string[] Ordinals = ["st", "nd", "rd", "th", "er", "e", "re", "ème"];

    /// <param name="everyNumber">Also whole numbers of up to four digits that stand by themselves.</param>
    public static IEnumerable<(int Start, int Length)> In(string text, bool everyNumber)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!IsCore(text[at]))
                continue;

            var end = EndOfGroups(text, at, EndOfToken(text, at));
            var (start, length) = WithCurrency(text, at, end);
            var token = text.AsSpan(at, end - at);
            var adorned = length != end - at;
            at = Math.Max(end, start + length) - 1;
            if (!ContainsDigit(token))
                continue;
            if (!adorned && IsGrammatical(token))
            {
                var digits = DigitsAtFront(token);
                if (everyNumber && (digits == token.Length || token[digits] == '-'))
                    yield return (start, digits);
                continue;
            }

            yield return (start, length);
        }
    }

    /// <summary>A run of letters and digits with what holds it together: <c>2026-11-22</c>, <c>1,234.50</c>, <c>W-12/7</c>.</summary>
    private static int EndOfToken(string text, int start)
    {
        var end = start + 1;
        for (; end < text.Length; end++)
        {
            var next = end + 1 < text.Length ? text[end + 1] : '\0';
            var holds = IsCore(text[end])
                || (Connectors.Contains(text[end]) && IsCore(next))
                || (WithinNumbers.Contains(text[end]) && char.IsDigit(text[end - 1]) && char.IsDigit(next));
            if (!holds)
                break;
        }

        return end;
    }

    /// <summary>Telephone and card numbers are written in groups: what is one number is covered as one, and no service learns it.</summary>
    private static int EndOfGroups(string text, int start, int end)
    {
        var (last, groups) = (end, 0);
        if (!ContainsDigit(text.AsSpan(start, end - start)))
            return end;
        while (last + 2 < text.Length && text[last] is ' ' or '\u00A0' or '.' && char.IsDigit(text[last + 1]) && char.IsDigit(text[last + 2]))
        {
            last += 2;
            while (last < text.Length && char.IsDigit(text[last]))
                last++;
            groups++;
        }

        return groups > 0 && text[start..last].Count(char.IsDigit) > SmallNumber ? last : end;
    }

    private static (int Start, int Length) WithCurrency(string text, int start, int end)
    {
        if (!char.IsDigit(text[start]) && start > 0 && text[start - 1] == '#')
            return (start - 1, end - start + 1);
        if (start > 0 && (CurrencySigns.Contains(text[start - 1]) || text[start - 1] is '#' or '№' or '+'))
            start--;
        else if (start > 1 && text[start - 1] is ' ' or '\u00A0' && CurrencySigns.Contains(text[start - 2]) && char.IsDigit(text[start]))
            start -= 2;
        else if (start > 3 && text[start - 1] == ' ' && char.IsDigit(text[start]) && Array.Exists(Currencies, code => text.AsSpan(0, start - 1).EndsWith(code)))
            start -= 4;
        if (end < text.Length && char.IsDigit(text[end - 1]))
        {
            var gap = text[end] is ' ' or '\u00A0' or '\u202F' ? 1 : 0;
            var isOfNext = end + gap + 1 < text.Length && char.IsDigit(text[end + gap + 1]);
            if (end + gap < text.Length && !isOfNext && (CurrencySigns.Contains(text[end + gap]) || text[end + gap] is '%' or '％'))
                end += gap + 1;
            else if (gap == 1 && Array.Exists(Currencies, code => text.AsSpan(end + 1).StartsWith(code) && !IsCoreAt(text, end + 1 + code.Length)))
                end += 4;
        }

        return (start, end - start);
    }

    /// <summary>A small number by itself, an ordinal ("2nd"), a number in a compound ("3-day"): a service has to inflect around it.</summary>
    private static bool IsGrammatical(ReadOnlySpan<char> token)
    {
        var digits = DigitsAtFront(token);
        if (digits is 0 or > SmallNumber)
            return false;
        var rest = token[digits..];
        if (rest.IsEmpty)
            return true;
        foreach (var ordinal in Ordinals)
        {
            if (rest.Equals(ordinal, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return rest.Length > 2 && rest[0] == '-' && !rest[1..].ContainsAnyExceptInRange('a', 'z');
    }

    private static int DigitsAtFront(ReadOnlySpan<char> token)
    {
        var digits = 0;
        while (digits < token.Length && char.IsDigit(token[digits]))
            digits++;
        return digits;
    }

    private static bool ContainsDigit(ReadOnlySpan<char> token)
    {
        foreach (var letter in token)
        {
            if (char.IsDigit(letter))
                return true;
        }

        return false;
    }

    private static bool IsCoreAt(string text, int at) => at < text.Length && IsCore(text[at]);

    private static bool IsCore(char letter) => char.IsAsciiLetter(letter) || char.IsDigit(letter);
}
