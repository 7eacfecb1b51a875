using System.Buffers;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>
/// Passwords that a sentence tells with other words between, or before the word: "the password I chose is Blue!Kettle9", "uso Nube#77 como contraseña".
/// Only what looks chosen counts there, letters with digits or signs; plain words are left to <see cref="AnnouncedSecrets"/>.
/// </summary>
internal static class ToldPasswords
{
    private const int Within = 90;

    private static readonly SearchValues<char> Signs = SearchValues.Create("!#$*^~");

    // These mean something else too often for a plain word to count after them.
    private static readonly CueWords Others = new("clave, contra , pass , pass:, credentials, login details, zugangsdaten, anmeldedaten, identifiants, código de acceso, ログイン情報");

    // After these stands the thing itself.
    private static readonly WordSet Links = new(
        "is was be to used using it's its that's called reads says es era fue sería a por puse pongo uso usé dice pone llama est était fut serait c'est c’est par mis mets utilise dit ist war wäre heißt hieß lautet lautete auf verwende benutze nehme");

    public static void FindIn(string plain, List<Finding> found)
    {
        FindIn(plain, AnnouncedSecrets.Passwords, found);
        FindIn(plain, Others, found);
    }

    private static void FindIn(string plain, CueWords passwords, List<Finding> found)
    {
        for (var at = 0; passwords.FirstIn(plain, at, plain.Length) is var (start, end); at = end)
        {
            var sentence = Sentence.Around(plain, start);
            if (Before(plain, start, sentence) is var (from, to))
                Add(plain, from, to, found);
            AddAfter(plain, end, sentence, found);
        }
    }

    private static void Add(string plain, int from, int to, List<Finding> found)
    {
        var finding = new Finding(DetailKind.Secret, AnnouncedSecrets.Password, from, to, plain[from..to]);
        if (!found.Exists(other => other.Overlaps(finding)))
            found.Add(finding);
    }

    // There may be more than one: "the old one was …, the new one is …".
    private static void AddAfter(string plain, int at, Sentence sentence, List<Finding> found)
    {
        var linked = plain[at - 1] == ':';
        var to = Math.Min(sentence.End, at + Within);
        while (Word(plain, at, to) is var (start, end, quoted))
        {
            if (IsChosen(plain, start, end, certain: linked || quoted))
                Add(plain, start, end, found);
            linked = Links.Has(plain.AsSpan(start, end - start)) || plain[start] == '?' || (end < plain.Length && plain[end] is ':' or '=' or 'を' or 'に' or 'は');
            at = end;
        }
    }

    private static (int Start, int End)? Before(string plain, int at, Sentence sentence)
    {
        (int Start, int End)? last = null;
        var from = Math.Max(sentence.Start, at - Within);
        while (Word(plain, from, at) is var (start, end, _))
        {
            if (end < at && IsChosen(plain, start, end, certain: true) && CodeWords.Connects(plain.AsSpan(end, at - end)))
                last = (start, end);
            from = end;
        }

        return last;
    }

    /// <summary>The next word between two places, without the signs around it, and whether a quote or colon stands before it.</summary>
    private static (int Start, int End, bool Quoted)? Word(string plain, int at, int to)
    {
        var quoted = false;
        while (at < to && (char.IsWhiteSpace(plain[at]) || plain[at] is ',' or ':' or '=' or '"' or '“' or '„' or '«' or '»' or '”' or '「' or '『' or '」' or '』' or '(' or ')' or '\'' or '`' or '.' or '-' || plain[at] >= '\u2E80'))
            quoted = plain[at++] is ':' or '=' or '"' or '“' or '„' or '«' or '「' or '『' or 'は' or 'に' or 'を' || (quoted && plain[at - 1] == ' ');
        if (at >= to)
            return null;
        var end = at + 1; // whatever stands there is a word, so that every step leads further
        while (end < plain.Length && !char.IsWhiteSpace(plain[end]) && plain[end] < '\u2E80' && plain[end] is not ('"' or '”' or '»' or '“' or '`' or ',' or ';'))
            end++;
        while (end > at + 1 && plain[end - 1] is '.' or ')' or '?' or '\'' or ':' or '=')
            end--;
        return (at, end, quoted);
    }

    /// <summary>Whether a word mixes letters with digits or signs as no word of a language, address or id does.</summary>
    /// <param name="certain">Whether the sentence points at it.</param>
    private static bool IsChosen(string plain, int start, int end, bool certain)
    {
        var word = plain.AsSpan(start, end - start);
        if (word.Length < 6 || word.Contains("://", StringComparison.Ordinal) || (start > 0 && plain[start - 1] == '#') || word[0] == '#' || IsMail(word))
            return false;
        var (upper, lower, digits, signs) = (0, 0, 0, 0);
        for (var i = 0; i < word.Length; i++)
        {
            upper += char.IsUpper(word[i]) ? 1 : 0;
            lower += char.IsLower(word[i]) ? 1 : 0;
            digits += char.IsAsciiDigit(word[i]) ? 1 : 0;
            signs += word[i] is '!' or '#' or '$' or '*' or '^' or '~' or '&' or '%' or '@' or '_' or '+' or '?' or '=' ? 1 : 0;
        }

        if (upper + lower == 0 || digits + signs == 0)
            return false;
        // Order and product numbers are capitals and digits; a time or a size is digits with a unit.
        if (certain)
            return (lower > 0 || signs > 0) && !(char.IsAsciiDigit(word[0]) && lower < 3 && signs == 0);
        return signs > 0 && word.IndexOfAny(Signs) is > 0 and var sign && (sign < word.Length - 1 || digits > 0) && word.Length >= 8;
    }

    private static bool IsMail(ReadOnlySpan<char> word) => word.IndexOf('@') is > 0 and var at && word[at..].Contains('.');
}
