using System.Globalization;
using System.Text;

namespace CustomerService.Translation.Masking;

/// <summary>The numbers of a text by their values, however a language writes them: <c>1,234.50</c> and <c>1.234,5</c> are the same.</summary>
internal static class NumberValues
{
    private const string Separators = ".,'’\u00A0\u202F";

    /// <summary>In order of size of their digits' text, so that two lists can be compared.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        var values = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsDigit(text[at]))
            {
                at++;
                continue;
            }

            var end = at + 1;
            while (end < text.Length && (char.IsDigit(text[end]) || (Separators.Contains(text[end]) && end + 1 < text.Length && char.IsDigit(text[end + 1]))))
                end++;
            values.AddRange(ValuesOf(text[at..end]));
            at = end;
        }

        values.Sort(StringComparer.Ordinal);
        return values;
    }

    private static IEnumerable<string> ValuesOf(string written)
    {
        var groups = written.Split([.. Separators]);
        if (groups.Length == 1)
            return [Whole(written)];
        var signs = written.Where(Separators.Contains).ToArray();
        var grouped = signs.Distinct().Count() == 1;
        if (grouped && groups[0].Length <= 3 && groups.Skip(1).All(group => group.Length == 3))
            return [Whole(string.Concat(groups))];
        var isDecimal = groups[..^1].Skip(1).All(group => group.Length == 3) && (signs.Length == 1 || (signs[..^1].Distinct().Count() == 1 && signs[^1] != signs[0]));
        if (!isDecimal)
            return groups.Select(Whole); // a date, a version, an address of the net
        var fraction = Ascii(groups[^1]).TrimEnd('0');
        var whole = Whole(string.Concat(groups[..^1]));
        return [fraction.Length == 0 ? whole : $"{whole}.{fraction}"];
    }

    private static string Whole(string digits) => Ascii(digits).TrimStart('0') is { Length: > 0 } value ? value : "0";

    private static string Ascii(string digits)
    {
        var ascii = new StringBuilder(digits.Length);
        foreach (var digit in digits)
            ascii.Append(CharUnicodeInfo.GetDecimalDigitValue(digit) is >= 0 and var value ? (char)('0' + value) : digit);
        return ascii.ToString();
    }
}
