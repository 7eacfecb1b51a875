using System.Globalization;
using MimeKit;

namespace CustomerService.Channels.Email.Reading;

/// <summary>Mail addresses in the one form in which they are compared.</summary>
public static class MailAddresses
{
    private const int Longest = 254;
    private static readonly IdnMapping Idn = new();

    /// <summary>Small letters, the domain in ASCII; null where it is no address that a mail could be sent to.</summary>
    public static string? Normalise(string? address)
    {
        var trimmed = address?.Trim() ?? "";
        var at = trimmed.LastIndexOf('@');
        if (at < 1 || at == trimmed.Length - 1 || trimmed.Length > Longest)
            return null;
        var (local, domain) = (trimmed[..at], trimmed[(at + 1)..].TrimEnd('.'));
        if (local.Any(IsOdd) || domain.Length == 0 || domain.Any(IsOdd))
            return null;
        try
        {
            return $"{local}@{(domain.StartsWith('[') ? domain : Idn.GetAscii(domain))}".ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The first one in a header that a mail could be sent to.</summary>
    public static (string Address, string Name)? First(InternetAddressList list)
    {
        foreach (var mailbox in list.Mailboxes)
        {
            if (Normalise(mailbox.Address) is { } address)
                return (address, Line(mailbox.Name));
        }

        return null;
    }

    /// <summary>Without what stands after a plus: <c>support+x@example.com</c> is <c>support@example.com</c>.</summary>
    public static string WithoutPlus(string address) =>
        address.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus && address.LastIndexOf('@') is var at && plus < at ? address[..plus] + address[at..] : address;

    /// <summary>A header's text as one line that shows what it is: no line breaks, no invisible characters that turn it around.</summary>
    public static string Line(string? text, int longest = 300)
    {
        var clean = string.Join(' ', string.Concat((text ?? "").Select(Visible)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return clean.Length <= longest ? clean : string.Concat(clean.AsSpan(0, char.IsHighSurrogate(clean[longest - 1]) ? longest - 1 : longest), "…");
    }

    private static string Visible(char character) => CharUnicodeInfo.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator => " ",
        UnicodeCategory.Format => "",
        _ => character.ToString(),
    };

    private static bool IsOdd(char character) => char.IsWhiteSpace(character) || char.IsControl(character) || character is '<' or '>' or ',' or ';' or '"' or '(' or ')' or '@' or '\\' or ':';
}
