using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace CustomerService.Assistants.Quality;

/// <summary>Reads the facts of a text. Works on text as <see cref="PlainText"/> gives it.</summary>
internal static class FactReader
{
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> UnitOf = Words(
        "second second seconds second minute minute minutes minute min minute mins minute hour hour hours hour hrs hour day day days day "
        + "week week weeks week month month months month year year years year percent % point point points point").GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> WordValues = Words(
        "two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 fourteen 14 fifteen 15 twenty 20 thirty 30 "
        + "forty 40 fifty 50 sixty 60 ninety 90 hundred 100").GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BetweenNumberAndUnit = new[]
    {
        "to", "and", "or", "working", "business", "calendar", "full", "more", "whole", "consecutive",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> AddressEnd = SearchValues.Create(" \n\r\t<>\"");

    public static List<Fact> Read(string plain)
    {
        var facts = new List<Fact>();
        for (var i = 0; i < plain.Length;)
        {
            var c = plain[i];
            var startsWord = i == 0 || !char.IsLetterOrDigit(plain[i - 1]);
            if (startsWord && WebAddressLength(plain, i) is var address and > 0)
            {
                facts.Add(new(FactKind.WebAddress, plain.Substring(i, address).TrimEnd('.', ',', ')', '!', '?', ';', ':').TrimEnd('/').ToLowerInvariant()));
                i += address;
            }
            else if (startsWord && c == '#' && WordEnd(plain, i + 1) is var id && id > i + 1 && plain.AsSpan(i, id - i).IndexOfAnyInRange('0', '9') >= 0)
            {
                facts.Add(new(FactKind.OrderNumber, plain[(i + 1)..id].ToUpperInvariant()));
                i = id;
            }
            else if (char.IsAsciiDigit(c))
            {
                i = startsWord ? ReadNumber(plain, i, facts) : WordEnd(plain, i);
            }
            else if (startsWord && char.IsAsciiLetter(c))
            {
                i = ReadWord(plain, i, facts);
            }
            else
            {
                i++;
            }
        }

        return facts;
    }

    private static FrozenDictionary<string, string> Words(string pairs) =>
        pairs.Split(' ').Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);

    private static int ReadWord(string plain, int start, List<Fact> facts)
    {
        var end = WordEnd(plain, start);
        var word = plain.AsSpan(start, end - start);
        // An id such as W2378156 is one fact, not a number behind a letter.
        if (word.IndexOfAnyInRange('0', '9') >= 0)
            facts.Add(new(FactKind.OrderNumber, word.ToString().ToUpperInvariant()));
        else if (word.Length is >= 3 and <= 8 && WordValues.TryGetValue(word, out var value) && UnitAfter(plain, end) is { } unit)
            facts.Add(new(FactKind.Number, value, unit));
        return end;
    }

    private static int ReadNumber(string plain, int start, List<Fact> facts)
    {
        if (IsoDateAt(plain, start))
        {
            facts.Add(new(FactKind.Date, plain.Substring(start, 10)));
            return start + 10;
        }

        var end = NumberEnd(plain, start);
        var value = Normalized(plain.AsSpan(start, end - start));
        if (IsListNumber(plain, start, end))
            return end;
        if (HasCurrency(plain, start, end))
            facts.Add(new(FactKind.Money, value));
        else
            facts.Add(new(FactKind.Number, value, UnitAfter(plain, end)));
        return end;
    }

    private static int NumberEnd(string plain, int start)
    {
        var end = start;
        while (end < plain.Length && (char.IsAsciiDigit(plain[end])
            || (plain[end] is '.' or ',' or ':' && end + 1 < plain.Length && char.IsAsciiDigit(plain[end + 1]))))
            end++;
        return end;
    }

    // 1,380.79 and 1380.79 are one amount, 50 and 50.00 too; 12,30 is European for 12.30.
    private static string Normalized(ReadOnlySpan<char> number)
    {
        var text = number.ToString();
        if (text.Contains(':', StringComparison.Ordinal))
            return text;
        var lastComma = text.LastIndexOf(',');
        var lastPoint = text.LastIndexOf('.');
        if (lastComma >= 0 && lastPoint >= 0)
            text = lastComma > lastPoint ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : text.Replace(",", "", StringComparison.Ordinal);
        else if (lastComma >= 0)
            text = text.Length - lastComma == 4 ? text.Replace(",", "", StringComparison.Ordinal) : text.Replace(',', '.');
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value.ToString("0.############", CultureInfo.InvariantCulture)
            : text;
    }

    private static bool IsoDateAt(string plain, int start) =>
        start + 10 <= plain.Length && plain[start + 4] == '-' && plain[start + 7] == '-'
        && (start + 10 == plain.Length || !char.IsAsciiDigit(plain[start + 10]))
        && DateOnly.TryParseExact(plain.AsSpan(start, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // "2. Open the mail": a step's number at the beginning of a line states nothing.
    private static bool IsListNumber(string plain, int start, int end) =>
        end - start <= 2 && end + 1 < plain.Length && plain[end] is '.' or ')' && plain[end + 1] == ' '
        && (start == 0 || plain.AsSpan(0, start).TrimEnd(' ') is var before && (before.Length == 0 || before[^1] == '\n'));

    private static bool HasCurrency(string plain, int start, int end)
    {
        var before = plain.AsSpan(0, start).TrimEnd(' ');
        var after = plain.AsSpan(end).TrimStart(' ');
        return (before.Length > 0 && before[^1] is '$' or '€' or '£' or '¥')
            || EndsWithCode(before)
            || (after.Length > 0 && after[0] is '$' or '€' or '£' or '¥')
            || StartsWithAny(after, "USD", "EUR", "GBP", "dollar", "euro", "pound", "cents");
    }

    private static bool EndsWithCode(ReadOnlySpan<char> before) =>
        before.EndsWith("USD", StringComparison.Ordinal) || before.EndsWith("EUR", StringComparison.Ordinal) || before.EndsWith("GBP", StringComparison.Ordinal);

    private static bool StartsWithAny(ReadOnlySpan<char> text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The unit that a number counts: the next word, over "to 5 working" and the like.</summary>
    private static string? UnitAfter(string plain, int end)
    {
        for (var words = 0; words < 4; words++)
        {
            while (end < plain.Length && plain[end] is (' ' or '-'))
                end++;
            if (end >= plain.Length)
                return null;
            if (plain[end] == '%')
                return "%";
            var next = WordEnd(plain, end);
            var word = plain.AsSpan(end, next - end);
            if (UnitOf.TryGetValue(word, out var unit))
                return unit;
            var goesOn = word.Length > 0 && (char.IsAsciiDigit(word[0]) || WordValues.ContainsKey(word) || BetweenNumberAndUnit.Contains(word));
            if (!goesOn)
                return null;
            end = next;
        }

        return null;
    }

    private static int WordEnd(string plain, int start)
    {
        var end = start;
        while (end < plain.Length && char.IsLetterOrDigit(plain[end]))
            end++;
        return end;
    }

    private static int WebAddressLength(string plain, int start)
    {
        if (plain[start] is not ('h' or 'H' or 'w' or 'W'))
            return 0;
        var rest = plain.AsSpan(start);
        if (!rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && !rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            return 0;
        var end = rest.IndexOfAny(AddressEnd);
        return end < 0 ? rest.Length : end;
    }
}
