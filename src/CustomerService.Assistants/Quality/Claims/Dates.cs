using System.Collections.Frozen;
using System.Globalization;

namespace CustomerService.Assistants.Quality.Claims;

/// <summary>Dates as the five languages write them, read as ISO days; without a year as <c>--12-24</c>.</summary>
internal static class Dates
{
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> MonthOf = (
        "january jan enero janvier januar; february feb febrero février fevrier februar; march mar marzo mars märz maerz; april apr abril avril; may mayo mai; june jun junio juin juni; "
        + "july jul julio juillet juli; august aug agosto août aout; september sept sep septiembre septembre; october oct octubre octobre oktober okt; november nov noviembre novembre; "
        + "december dec diciembre décembre decembre dezember dez").Split("; ")
        .SelectMany((names, index) => names.Split(' ').Select(name => KeyValuePair.Create(name, index + 1)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The date that begins with a digit at a place, and where it ends; null where none does.</summary>
    public static (Fact Fact, int End)? StartingWithNumber(string plain, int start)
    {
        var (first, end) = Number(plain, start);
        if (end - start == 4 && end < plain.Length)
            return plain[end] == '年' ? Japanese(plain, end + 1, first) : plain[end] is '-' or '/' or '.' ? YearFirst(plain, end, first) : null;
        if (end - start > 2 || end >= plain.Length)
            return null;
        if (plain[end] == '月')
            return Japanese(plain, start, null);
        if (plain[end] is '.' or '/' or '-' && DayAndMonthInDigits(plain, end, first) is { } numeric)
            return numeric;
        return DayBeforeMonth(plain, end, first);
    }

    /// <summary>"December 24, 2026": the date that begins with a month's name at a place.</summary>
    public static (Fact Fact, int End)? StartingWithMonth(string plain, int start, int wordEnd)
    {
        // "You may …" names no month.
        if (!MonthOf.TryGetValue(plain.AsSpan(start, wordEnd - start), out var month) || char.IsLower(plain[start]))
            return null;
        var at = SkipSpaces(plain, wordEnd < plain.Length && plain[wordEnd] == '.' ? wordEnd + 1 : wordEnd);
        var (day, end) = Number(plain, at);
        if (end == at || end - at > 2 || at == wordEnd || day is 0 or > 31 || (end < plain.Length && plain[end] == ':'))
            return null;
        foreach (var ordinal in (ReadOnlySpan<string>)["st", "nd", "rd", "th"])
        {
            if (plain.AsSpan(end).StartsWith(ordinal, StringComparison.OrdinalIgnoreCase))
                end += 2;
        }

        var yearAt = SkipSpaces(plain, end < plain.Length && plain[end] == ',' ? end + 1 : end);
        return Year(plain, yearAt) is var (year, yearEnd) ? Told(year, month, day, yearEnd) : Told(null, month, day, end);
    }

    private static (Fact, int)? YearFirst(string plain, int at, int year)
    {
        var (month, monthEnd) = Number(plain, at + 1);
        if (monthEnd - at is not (2 or 3) || monthEnd >= plain.Length || plain[monthEnd] != plain[at])
            return null;
        var (day, end) = Number(plain, monthEnd + 1);
        return end - monthEnd is 2 or 3 && IsDay(year, month, day) ? Told(year, month, day, end) : null;
    }

    private static (Fact, int)? DayAndMonthInDigits(string plain, int at, int first)
    {
        var (second, secondEnd) = Number(plain, at + 1);
        if (secondEnd - at is not (2 or 3) || secondEnd >= plain.Length || plain[secondEnd] != plain[at])
            return null;
        if (Year(plain, secondEnd + 1) is not var (year, end))
            return null;
        // 12/11 is the twelfth of November, or in America the eleventh of December.
        var dayFirst = IsDay(year, second, first) ? Iso(year, second, first) : null;
        var monthFirst = plain[at] != '.' && IsDay(year, first, second) ? Iso(year, first, second) : null;
        return (dayFirst ?? monthFirst) is { } value ? (new Fact(FactKind.Date, value) { OtherValue = dayFirst is null ? null : monthFirst }, end) : null;
    }

    // "24 December 2026", "24 de diciembre de 2026", "1er janvier", "24. Dezember".
    private static (Fact, int)? DayBeforeMonth(string plain, int end, int day)
    {
        foreach (var ordinal in (ReadOnlySpan<string>)["st", "nd", "rd", "th", "er", ".", "º"])
        {
            if (plain.AsSpan(end).StartsWith(ordinal, StringComparison.OrdinalIgnoreCase))
            {
                end += ordinal.Length;
                break;
            }
        }

        var at = AfterOf(plain, SkipSpaces(plain, end));
        var wordEnd = Units.WordEnd(plain, at);
        if (at == end || wordEnd - at < 3 || !MonthOf.TryGetValue(plain.AsSpan(at, wordEnd - at), out var month) || day is 0 or > 31)
            return null;
        var afterMonth = wordEnd < plain.Length && plain[wordEnd] is '.' or ',' ? wordEnd + 1 : wordEnd;
        return Year(plain, AfterOf(plain, SkipSpaces(plain, afterMonth))) is var (year, yearEnd) && IsDay(year, month, day)
            ? Told(year, month, day, yearEnd)
            : Told(null, month, day, wordEnd);
    }

    private static (Fact, int)? Japanese(string plain, int at, int? year)
    {
        var (month, monthEnd) = Number(plain, SkipSpaces(plain, at));
        if (month is 0 or > 12 || monthEnd >= plain.Length || plain[monthEnd] != '月')
            return null;
        var (day, end) = Number(plain, SkipSpaces(plain, monthEnd + 1));
        return day is > 0 and <= 31 && end < plain.Length && plain[end] == '日' ? Told(year, month, day, end + 1) : null;
    }

    private static (Fact, int) Told(int? year, int month, int day, int end) =>
        (new Fact(FactKind.Date, year is { } known ? Iso(known, month, day) : string.Create(CultureInfo.InvariantCulture, $"--{month:00}-{day:00}")), end);

    private static string Iso(int year, int month, int day) => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}");

    private static bool IsDay(int year, int month, int day) =>
        year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static (int Year, int End)? Year(string plain, int at)
    {
        var (year, end) = Number(plain, at);
        return end - at == 4 && year is >= 1900 and <= 2200 ? (year, end) : null;
    }

    private static int AfterOf(string plain, int at) =>
        plain.AsSpan(at).StartsWith("de ", StringComparison.OrdinalIgnoreCase) || plain.AsSpan(at).StartsWith("of ", StringComparison.OrdinalIgnoreCase) ? SkipSpaces(plain, at + 3) : at;

    private static int SkipSpaces(string plain, int at)
    {
        while (at < plain.Length && plain[at] == ' ')
            at++;
        return at;
    }

    /// <summary>At most six digits; zero where none stand there.</summary>
    private static (int Value, int End) Number(string plain, int start)
    {
        var (value, end) = (0, start);
        while (end < plain.Length && end - start < 6 && char.IsAsciiDigit(plain[end]))
            value = (value * 10) + plain[end++] - '0';
        return (value, end);
    }
}
