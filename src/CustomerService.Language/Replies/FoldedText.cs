using System.Text;

namespace CustomerService.Language;

/// <summary>
/// A customer's words in the form in which short replies are compared: lower case, Latin accents dropped, full-width letters and digits as
/// plain ones, apostrophes gone, anything else a space; one space between words and at both ends.
/// </summary>
public static class FoldedText
{
    private const string Accents = "àáâãäåāăąçćčďèéêëēĕėęěģğìíîïĩīĭįıķłĺľļñńňņòóôõöøōŏőŕřśşšťţùúûüũūŭůűųýÿźżž";
    private const string Plain = "aaaaaaaaacccdeeeeeeeeeggiiiiiiiiikllllnnnnooooooooorrsssttuuuuuuuuuuyyzzz";

    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length + 2).Append(' ');
        foreach (var letter in text)
        {
            var plain = Fold(letter);
            if (plain is '\'')
                continue;
            if (plain is 'ß')
                folded.Append("ss");
            else if (plain is 'œ')
                folded.Append("oe");
            else if (char.IsLetterOrDigit(plain) || plain is 'ー')
                folded.Append(plain);
            else if (folded[^1] != ' ')
                folded.Append(' ');
        }

        return folded[^1] == ' ' ? folded.ToString() : folded.Append(' ').ToString();
    }

    /// <summary>Whether a folded text has these words: as whole words, or anywhere where the script has no spaces.</summary>
    /// <param name="folded">From <see cref="Of"/>.</param>
    /// <param name="words">Folded too, without the spaces at the ends.</param>
    public static bool Has(string folded, string words) => IndexOf(folded, words, 0) >= 0;

    /// <summary>Where the words begin, from <paramref name="from"/> on; -1: they are not there.</summary>
    public static int IndexOf(string folded, string words, int from)
    {
        if (words.Length == 0)
            return -1;
        if (IsUnspaced(words[0]))
            return folded.IndexOf(words, from, StringComparison.Ordinal);
        for (var at = folded.IndexOf(words, from, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            if (Ends(folded, at - 1) && Ends(folded, at + words.Length))
                return at;
        }

        return -1;
    }

    /// <summary>Whether a letter belongs to a script that puts no spaces between words.</summary>
    public static bool IsUnspaced(char letter) => letter >= '\u3000';

    // "Ｌサイズ": between scripts a word ends without a space.
    private static bool Ends(string folded, int at) => at < 0 || at >= folded.Length || folded[at] == ' ' || IsUnspaced(folded[at]);

    private static char Fold(char letter)
    {
        if (letter is >= '\uFF01' and <= '\uFF5E')
            letter = (char)(letter - 0xFEE0);
        if (letter is '’' or '‘' or '`' or '´')
            return '\'';
        letter = char.ToLowerInvariant(letter);
        var accent = letter < 128 ? -1 : Accents.IndexOf(letter, StringComparison.Ordinal);
        return accent < 0 ? letter : Plain[accent];
    }
}
