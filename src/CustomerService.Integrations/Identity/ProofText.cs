using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace CustomerService.Integrations.Identity;

/// <summary>Finds email addresses, postcodes and names in what a customer writes.</summary>
internal static partial class ProofText
{
    // Who one is is said briefly; longer texts are stories, and their end is not searched.
    private const int MaxText = 2_000;

    internal static CustomerProof Find(string text, bool asked)
    {
        text = Spaced(text.Length > MaxText ? text[..MaxText] : text, out var japanese);
        var emails = Distinct(EmailPattern().Matches(text), match => Folded.Email(match.Value.TrimEnd('.')));
        var rest = EmailPattern().Replace(text, " | ");
        var announced = AnnouncedPostalCode().Matches(rest);
        var codes = announced.Count > 0
            ? Distinct(announced, match => Folded.PostalCode(match.Groups["code"].Value))
            : Distinct((japanese ? JapanesePostalCode() : PostalCodePattern()).Matches(rest), match => Folded.PostalCode(match.Value));
        rest = PostalCodePattern().Replace(AnnouncedPostalCode().Replace(rest, " | "), " | ");
        if (japanese)
            rest = JapanesePostalCode().Replace(rest, " | ");
        return new CustomerProof(
            emails.Length == 1 ? emails[0] : null,
            codes.Length <= CustomerProof.MostPostalCodes ? codes : [],
            NameText.Find(rest, expected: asked || emails.Length > 0 || codes.Length > 0));
    }

    /// <summary>
    /// Full-width letters and digits as everybody else's, and a space where Japanese meets them: it writes none there.
    /// </summary>
    private static string Spaced(string text, out bool japanese)
    {
        japanese = text.AsSpan().ContainsAnyInRange('\u3000', '\uFFEF');
        if (!japanese)
            return text;
        var spaced = new StringBuilder(text.Length + 16);
        var before = ' ';
        foreach (var written in text)
        {
            var letter = written switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(written - 0xFEE0),
                '\u3000' => ' ',
                'ー' or '－' or '‐' or '−' when char.IsAsciiDigit(before) => '-',
                _ => written,
            };
            if (IsJapanese(letter) != IsJapanese(before) && letter != ' ' && before != ' ')
                spaced.Append(' ');
            spaced.Append(before = letter);
        }

        return spaced.ToString();
    }

    internal static bool IsJapanese(char letter) => letter is >= '\u3005' and <= '\u9FFF';

    private static ImmutableArray<string> Distinct(MatchCollection matches, Func<Match, string> fold) =>
        [.. matches.Select(fold).Where(value => value.Length > 0).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex(@"[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}]{2,24}", RegexOptions.CultureInvariant)]
    private static partial Regex EmailPattern();

    // "zip 28236", "postcode: SW1A 1AA", "PLZ 10117", "código postal 28001", "〒150-0001": after such a word any country's code is taken.
    [GeneratedRegex(@"(?:\b(?:zip(?:\s?code)?|post(?:al)?\s?code|plz|postleitzahl|c[oó]digo\s+postal|code\s+postal|c\.?\s?p\.?)(?![\p{L}])|郵便番号|〒)(?:\s*(?:is|was|of|nr|no|es|est(?:\s+le)?|ist|lautet|は|が)\b)?[\s:=.,]{0,4}(?<code>(?:[A-Za-z]{1,2}\d[A-Za-z\d]?\s?\d[A-Za-z]{2}|\d{5}-\d{4}|\d{3}-\d{4}|\d{4}\s[A-Z]{2}|[A-Za-z]?\d[A-Za-z\d]{2,8})(?![\w-]))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnnouncedPostalCode();

    // In a Japanese text: the country's own form, or five digits.
    [GeneratedRegex(@"(?<![\d-])(?:\d{3}-\d{4}|\d{5})(?![\d-]|\.\d)", RegexOptions.CultureInvariant)]
    private static partial Regex JapanesePostalCode();

    // Without such a word: US and most of Europe (five digits), United Kingdom, Canada.
    [GeneratedRegex(@"(?<![\w#$€£@.-])(?:\d{5}(?:-\d{4})?|[A-Za-z]{1,2}\d[A-Za-z\d]?\s?\d[A-Za-z]{2}|[A-Za-z]\d[A-Za-z]\s?\d[A-Za-z]\d)(?![\w-]|\.\d)", RegexOptions.CultureInvariant)]
    private static partial Regex PostalCodePattern();
}
