using System.Collections.Frozen;
using PhoneNumbers;

namespace CustomerService.Channels.Twilio;

/// <summary>Telephone numbers as addresses: the same number is always written the same.</summary>
public static class PhoneAddress
{
    /// <summary>Numbers of at most so many digits are known to one network alone.</summary>
    private const int LongestShortCode = 6;

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>What providers say instead of a number that is withheld, and the keys that spell it.</summary>
    private static readonly FrozenSet<string> WithheldWords = FrozenSet.ToFrozenSet(
        ["", "anonymous", "unknown", "restricted", "blocked", "unavailable", "private", "withheld", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>E.164 where it is an international number, however it is written; else (a short code, a sender's name) as it is.</summary>
    /// <param name="region">Of whose country numbers are that are written without one, as ISO 3166-1 names it (<c>DE</c>); null: they are left as they are.</param>
    public static string Normalise(string written, string? region = null)
    {
        var trimmed = written.Trim();
        var digits = string.Concat(trimmed.Where(char.IsAsciiDigit));
        var plain = trimmed.All(character => char.IsAsciiDigit(character) || character is '+' or ' ' or '-' or '.' or '(' or ')' or '/' or '\u00A0');
        if (!plain)
            return trimmed;
        var number = trimmed.StartsWith('+') ? "+" + digits : digits.StartsWith("00", StringComparison.Ordinal) ? "+" + digits[2..] : trimmed;
        // A national zero in parentheses, as in +49 (0)30 …, is no part of the number.
        return IsInternational(number) && !trimmed.Contains("(0)", StringComparison.Ordinal) ? number : National(trimmed, region) ?? (IsInternational(number) ? number : trimmed);
    }

    /// <summary>The caller in E.164; null: the number is withheld.</summary>
    public static string? Caller(string written, string? region = null) => Normalise(written, region) is var number && WithheldWords.Contains(number) ? null : number;

    /// <summary>The address of somebody who withholds their number: nobody else's, and nobody can write to it.</summary>
    /// <param name="id">Of the call or message.</param>
    public static string Withheld(string id) => $"withheld-{id}";

    /// <summary>A plus and 7 to 15 digits, the first not 0.</summary>
    public static bool IsInternational(string number) =>
        number.Length is >= 8 and <= 16 && number[0] == '+' && number[1] != '0' && number.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Whether numbers of that country are known.</summary>
    public static bool IsRegion(string region) => Numbers.GetSupportedRegions().Contains(region);

    /// <summary>As somebody in that country writes it; null: it is no number there.</summary>
    private static string? National(string written, string? region)
    {
        try
        {
            var number = Numbers.Parse(written, region);
            return written.Count(char.IsAsciiDigit) > LongestShortCode && Numbers.IsPossibleNumber(number) && Numbers.Format(number, PhoneNumberFormat.E164) is var plain && IsInternational(plain) ? plain : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
