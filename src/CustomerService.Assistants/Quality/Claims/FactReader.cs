using System.Buffers;
using System.Collections.Frozen;

namespace CustomerService.Assistants.Quality.Claims;

/// <summary>Reads the facts of a text in any of the five languages. Works on text as <see cref="PlainText"/> gives it.</summary>
internal static class FactReader
{
    private const string KanjiNumbers = "一二三四五六七八九十";

    // 一日 alone may be the first of a month, and 一年 belongs to many words.
    private static readonly string[] Counted = ["営業日", "日以内", "日間", "週間", "か月", "ヶ月", "カ月", "時間", "年間"];

    private static readonly SearchValues<char> AddressEnd = SearchValues.Create(" \n\r\t<>\"、。」）");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FreeWords = (
        "gratis gratuit gratuite gratuits gratuites gratuitement gratuito gratuita gratuitos gratuitas kostenlos kostenlose kostenloser kostenlosen kostenfrei kostenfreie gebührenfrei portofrei versandkostenfrei")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static List<Fact> Read(string plain)
    {
        var facts = new List<Fact>();
        for (var i = 0; i < plain.Length;)
        {
            var c = plain[i];
            var startsWord = i == 0 || !Units.IsWordCharacter(plain[i - 1]);
            if (startsWord && WebAddressLength(plain, i) is var address and > 0)
            {
                facts.Add(new(FactKind.WebAddress, plain.Substring(i, address).TrimEnd('.', ',', ')', '!', '?', ';', ':').TrimEnd('/').ToLowerInvariant()));
                i += address;
            }
            else if (startsWord && c == '#' && Units.WordEnd(plain, i + 1) is var id && id > i + 1 && plain.AsSpan(i, id - i).IndexOfAnyInRange('0', '9') >= 0)
            {
                facts.Add(new(FactKind.OrderNumber, plain[(i + 1)..id].ToUpperInvariant()));
                i = id;
            }
            else if (char.IsAsciiDigit(c))
            {
                i = startsWord ? ReadNumber(plain, i, facts) : Units.WordEnd(plain, i);
            }
            else if (c is '¥' or '$' or '€' or '£')
            {
                i++;
            }
            else if (startsWord && Units.IsWordCharacter(c))
            {
                i = ReadWord(plain, i, facts);
            }
            else
            {
                ReadJapanese(plain, i, facts);
                i++;
            }
        }

        return facts;
    }

    private static int ReadWord(string plain, int start, List<Fact> facts)
    {
        var end = Units.WordEnd(plain, start);
        var word = plain.AsSpan(start, end - start);
        // An id such as W2378156 is one fact, not a number behind a letter.
        if (word.IndexOfAnyInRange('0', '9') >= 0)
            facts.Add(new(FactKind.OrderNumber, word.ToString().ToUpperInvariant()));
        else if (Dates.StartingWithMonth(plain, start, end) is var (date, dateEnd))
            return Added(facts, date, dateEnd);
        else if (word.Length is >= 3 and <= 18 && Units.ValueOfWord(word) is { } value && Units.After(plain, end) is { } unit)
            facts.Add(new(FactKind.Number, value, unit));
        else if (FreeWords.Contains(word) || IsFree(plain, start, end))
            facts.Add(new(FactKind.Free, "free"));
        return end;
    }

    private static int Added(List<Fact> facts, Fact fact, int end)
    {
        facts.Add(fact);
        return end;
    }

    // "Free of charge", "returns are free"; not "feel free to".
    private static bool IsFree(string plain, int start, int end)
    {
        if (end - start != 4 || !plain.AsSpan(start, 4).Equals("free", StringComparison.OrdinalIgnoreCase))
            return false;
        var after = plain.AsSpan(end);
        return !after.StartsWith(" to ", StringComparison.Ordinal) && !after.StartsWith(" time", StringComparison.Ordinal) && (start == 0 || plain[start - 1] != '-')
            && !plain.AsSpan(0, start).TrimEnd(' ').EndsWith("feel", StringComparison.OrdinalIgnoreCase);
    }

    // 三営業日 and 七日以内 promise as much as digits do.
    private static void ReadJapanese(string plain, int at, List<Fact> facts)
    {
        if (plain[at] < '\u2E80')
            return;
        if (plain.AsSpan(at).StartsWith("無料", StringComparison.Ordinal))
        {
            facts.Add(new(FactKind.Free, "free"));
            return;
        }

        var value = KanjiNumbers.IndexOf(plain[at], StringComparison.Ordinal) + 1;
        if (value == 0 || at + 2 >= plain.Length || (at > 0 && KanjiNumbers.Contains(plain[at - 1], StringComparison.Ordinal)))
            return;
        var next = at + 1;
        if (value == 10 && KanjiNumbers.IndexOf(plain[next], StringComparison.Ordinal) is var ones and >= 0 and < 9)
            (value, next) = (11 + ones, next + 1);
        foreach (var unit in Counted)
        {
            if (plain.AsSpan(next).StartsWith(unit, StringComparison.Ordinal))
            {
                facts.Add(new(FactKind.Number, value.ToString(System.Globalization.CultureInfo.InvariantCulture), Units.After(plain, next)));
                return;
            }
        }
    }

    private static int ReadNumber(string plain, int start, List<Fact> facts)
    {
        if (Dates.StartingWithNumber(plain, start) is var (date, dateEnd))
            return Added(facts, date, dateEnd);

        var end = NumberText.EndAt(plain, start);
        if (IsListNumber(plain, start, end))
            return end;
        var (value, other) = NumberText.Read(plain.AsSpan(start, end - start));
        var currency = Currencies.Before(plain, start) ?? Currencies.After(plain, end);
        facts.Add(currency is not null
            ? new(FactKind.Money, value, currency) { OtherValue = other }
            : new(FactKind.Number, value, Units.After(plain, end)) { OtherValue = other });
        return end;
    }

    // "2. Open the mail": a step's number at the beginning of a line states nothing.
    private static bool IsListNumber(string plain, int start, int end) =>
        end - start <= 2 && end + 1 < plain.Length && plain[end] is '.' or ')' && plain[end + 1] == ' '
        && (start == 0 || plain.AsSpan(0, start).TrimEnd(' ') is var before && (before.Length == 0 || before[^1] == '\n'));

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
