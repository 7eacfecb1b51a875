using System.Globalization;
using System.Text;

namespace CustomerService.Assistants.Quality;

/// <summary>Text as a reader's eye takes it: digits of any script are ASCII digits, full-width letters are ASCII, invisible characters are gone.</summary>
internal static class PlainText
{
    public static string Of(string text) => Ascii.IsValid(text) ? text : Mapped(text).Text;

    /// <summary>The same with each character's place in the original; null where every character stands in its old place.</summary>
    public static (string Text, List<int>? Origins) Mapped(string text)
    {
        if (Ascii.IsValid(text))
            return (text, null);
        var plain = new StringBuilder(text.Length);
        var origins = new List<int>(text.Length);
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            Append(plain, rune);
            while (origins.Count < plain.Length)
                origins.Add(position);
            position += rune.Utf16SequenceLength;
        }

        return (plain.ToString(), origins);
    }

    private static void Append(StringBuilder plain, Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        switch (category)
        {
            case UnicodeCategory.DecimalDigitNumber:
                plain.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                break;
            case UnicodeCategory.Format: // zero-width joiners, soft hyphens, direction marks, byte-order marks
            case UnicodeCategory.EnclosingMark: // the frame of a keycap
            case UnicodeCategory.NonSpacingMark when rune.Value is >= 0xFE00 and <= 0xFE0F:
                break;
            case UnicodeCategory.SpaceSeparator:
                plain.Append(' ');
                break;
            case UnicodeCategory.DashPunctuation:
                plain.Append('-');
                break;
            default:
                if (rune.Value is >= 0xFF01 and <= 0xFF5E)
                    plain.Append((char)(rune.Value - 0xFEE0));
                else if (rune.Value == 0x2212) // minus sign
                    plain.Append('-');
                else
                    plain.Append(rune.ToString());
                break;
        }
    }
}
