using System.Text;

namespace CustomerService.Knowledge;

/// <summary>
/// Letters as people mean them: lower case, without accents, full-width and half-width forms as the usual ones. The runtime's own
/// normalization leaves all but ASCII as it is where globalization is invariant, hence the tables.
/// </summary>
internal static class TextFold
{
    private const string Accented = "àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥìíîïĩīĭįıĵķĺļľłñńņňòóôõöøōŏőŕŗřśŝşšțţťùúûüũūŭůűųŵýÿŷźżž";
    private const string Plain = "aaaaaaaaacccccddeeeeeeeeegggghiiiiiiiiijkllllnnnnooooooooorrrsssstttuuuuuuuuuuwyyyzzz";

    // U+FF66 to U+FF9D, in their order.
    private const string Katakana = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

    private static readonly Dictionary<char, char> Unaccented = Accented.Zip(Plain).ToDictionary(pair => pair.First, pair => pair.Second);

    internal static string Of(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
            Append(folded, letter);
        return folded.ToString();
    }

    private static void Append(StringBuilder folded, char letter)
    {
        if (char.IsAscii(letter))
        {
            folded.Append(char.ToLowerInvariant(letter));
            return;
        }
        var lower = char.ToLowerInvariant(letter);
        _ = lower switch
        {
            'ß' => folded.Append("ss"),
            'œ' => folded.Append("oe"),
            'æ' => folded.Append("ae"),
            '’' or 'ʼ' => folded.Append('\''),
            '\u3000' => folded.Append(' '),
            >= '！' and <= '～' => folded.Append(char.ToLowerInvariant((char)(lower - '！' + '!'))),
            >= 'ｦ' and <= 'ﾝ' => folded.Append(Katakana[lower - 'ｦ']),
            // Marks that follow their letter: accents, and the half-width signs that voice a kana.
            >= '\u0300' and <= '\u036F' => folded,
            'ﾞ' or '\u3099' => Voice(folded, 1),
            'ﾟ' or '\u309A' => Voice(folded, 2),
            _ => folded.Append(Unaccented.GetValueOrDefault(lower, lower)),
        };
    }

    // In Unicode's table a voiced kana stands one behind its plain one, a half-voiced one two.
    private static StringBuilder Voice(StringBuilder folded, int by)
    {
        if (folded.Length > 0 && folded[^1] is (>= 'か' and <= 'ほ') or (>= 'カ' and <= 'ホ'))
            folded[^1] = (char)(folded[^1] + by);
        return folded;
    }
}
