using System.Globalization;

namespace CustomerService.Assistants.Quality.Claims;

/// <summary>Numbers as the five languages write them: 1,234.56, 1.234,56, 1 234,56, 1'234.56 and 1万2,000.</summary>
internal static class NumberText
{
    /// <summary>Where a number ends that begins at a place. Spaces between thousands count only where the number goes on as an amount does.</summary>
    public static int EndAt(string plain, int start)
    {
        var end = start;
        while (end < plain.Length && (char.IsAsciiDigit(plain[end])
            || (plain[end] is '.' or ',' or ':' or '\'' or '’' && end + 1 < plain.Length && char.IsAsciiDigit(plain[end + 1]))))
            end++;
        var grouped = end - start <= 3 ? EndOfSpacedThousands(plain, end) : end;
        return EndOfMyriads(plain, grouped);
    }

    /// <summary>The number in one way of writing, and another where the separator can be read in two ways.</summary>
    public static (string Value, string? Other) Read(ReadOnlySpan<char> number)
    {
        var text = number.ToString().Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal);
        if (text.Contains(':', StringComparison.Ordinal))
            return (text, null);
        if (text.IndexOf('万', StringComparison.Ordinal) is var myriad and > 0)
            return (Myriads(text, myriad), null);
        var (comma, point) = (text.LastIndexOf(','), text.LastIndexOf('.'));
        if (comma >= 0 && point >= 0)
            return (Plain(comma > point ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : text.Replace(",", "", StringComparison.Ordinal)), null);
        if (comma < 0 && point < 0)
            return (Plain(text), null);
        var separator = comma >= 0 ? ',' : '.';
        var joined = text.Replace(separator.ToString(), "", StringComparison.Ordinal);
        var at = Math.Max(comma, point);
        if (text.IndexOf(separator, StringComparison.Ordinal) != at)
            return (text.Length - at == 4 ? Plain(joined) : text, null);
        var asDecimal = Plain(text.Replace(',', '.'));
        if (text.Length - at != 4 || at > 3)
            return (asDecimal, null);
        // Three digits behind one separator.
        return comma >= 0 ? (Plain(joined), asDecimal) : (asDecimal, Plain(joined));
    }

    private static int EndOfSpacedThousands(string plain, int end)
    {
        var grouped = end;
        while (grouped + 3 < plain.Length && plain[grouped] == ' ' && char.IsAsciiDigit(plain[grouped + 1]) && char.IsAsciiDigit(plain[grouped + 2]) && char.IsAsciiDigit(plain[grouped + 3])
            && (grouped + 4 == plain.Length || !char.IsAsciiDigit(plain[grouped + 4])))
            grouped += 4;
        if (grouped == end)
            return end;
        if (grouped + 2 < plain.Length && plain[grouped] is ',' or '.' && char.IsAsciiDigit(plain[grouped + 1]))
        {
            for (grouped++; grouped < plain.Length && char.IsAsciiDigit(plain[grouped]);)
                grouped++;
            return grouped;
        }

        return Currencies.After(plain, grouped) is not null || Units.After(plain, grouped) is not null ? grouped : end;
    }

    private static int EndOfMyriads(string plain, int end)
    {
        if (end >= plain.Length || plain[end] != '万')
            return end;
        end++;
        while (end < plain.Length && (char.IsAsciiDigit(plain[end]) || (plain[end] == ',' && end + 1 < plain.Length && char.IsAsciiDigit(plain[end + 1]))))
            end++;
        return end;
    }

    private static string Myriads(string text, int at)
    {
        _ = decimal.TryParse(text.AsSpan(0, at), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var high);
        _ = decimal.TryParse(text.AsSpan(at + 1), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var low);
        return ((high * 10_000) + low).ToString("0.############", CultureInfo.InvariantCulture);
    }

    private static string Plain(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        ? value.ToString("0.############", CultureInfo.InvariantCulture)
        : text;
}
