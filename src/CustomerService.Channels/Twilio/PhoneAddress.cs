namespace CustomerService.Channels.Twilio;

/// <summary>Telephone numbers as addresses: the same number is always written the same.</summary>
public static class PhoneAddress
{
    /// <summary>E.164 where it is an international number, however it is written; else (a short code, a sender's name) as it is.</summary>
    public static string Normalise(string written)
    {
        var trimmed = written.Trim();
        var digits = string.Concat(trimmed.Where(char.IsAsciiDigit));
        var plain = trimmed.All(character => char.IsAsciiDigit(character) || character is '+' or ' ' or '-' or '.' or '(' or ')' or '/' or '\u00A0');
        var number = trimmed.StartsWith('+') ? "+" + digits : digits.StartsWith("00", StringComparison.Ordinal) ? "+" + digits[2..] : trimmed;
        return plain && IsInternational(number) ? number : trimmed;
    }

    /// <summary>A plus and 7 to 15 digits, the first not 0.</summary>
    public static bool IsInternational(string number) =>
        number.Length is >= 8 and <= 16 && number[0] == '+' && number[1] != '0' && number.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
