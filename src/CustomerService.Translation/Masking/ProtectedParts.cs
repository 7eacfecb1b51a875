using System.Text.RegularExpressions;

namespace CustomerService.Translation.Masking;

/// <summary>Finds what must come through a translation untouched: links, addresses, placeholders, the owner's terms, names, and what has digits.</summary>
internal static class ProtectedParts
{
    // Linear in the text, whatever somebody sends.
    private static readonly Regex Links = Pattern("""(?:https?://|www\.)[^\s<>"'（）「」『』、。]+""");
    private static readonly Regex Emails = Pattern(@"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+");
    private static readonly Regex Placeholders = Pattern(@"\{\{[^{}]{1,80}\}\}|\{[A-Za-z0-9_.]{1,40}\}|%[A-Za-z_]{2,40}%");

    /// <param name="terms">The owner's terms in the text's language, in any case, each with what takes its place.</param>
    /// <param name="names">Names of people, in the case in which they are written.</param>
    /// <param name="everyNumber">Small whole numbers too, which services keep as a rule and need for their grammar ("3 parcels").</param>
    /// <returns>In the order of the text, none touching another's characters.</returns>
    public static IReadOnlyList<ProtectedPart> Find(
        string text, IEnumerable<KeyValuePair<string, string>> terms, IEnumerable<string> names, bool everyNumber)
    {
        var parts = new List<ProtectedPart>();
        foreach (Match match in Links.Matches(text))
            Add(match.Index, match.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}').Length, null);
        foreach (Match match in Emails.Matches(text))
            Add(match.Index, match.Length, null);
        foreach (Match match in Placeholders.Matches(text))
            Add(match.Index, match.Length, null);
        foreach (var (term, restored) in terms.OrderByDescending(term => term.Key.Length))
            AddWhole(term, restored, StringComparison.OrdinalIgnoreCase);
        foreach (var name in WholeAndParts(names))
            AddWhole(name, null, StringComparison.Ordinal);
        foreach (var (start, length) in DigitTokens.In(text, everyNumber))
            Add(start, length, null);
        return Joined(parts.OrderBy(part => part.Start));

        void AddWhole(string word, string? restored, StringComparison comparison)
        {
            for (var at = text.IndexOf(word, comparison); at >= 0; at = text.IndexOf(word, at + word.Length, comparison))
            {
                if (!Joins(text, at - 1, at) && !Joins(text, at + word.Length - 1, at + word.Length))
                    Add(at, word.Length, restored);
            }
        }

        void Add(int start, int length, string? restored)
        {
            if (length > 0 && !parts.Exists(part => start < part.End && part.Start < start + length))
                parts.Add(new ProtectedPart(start, length, restored ?? text.Substring(start, length)));
        }
    }

    /// <summary>Parts that touch are one: two covers side by side would look like one word.</summary>
    private static List<ProtectedPart> Joined(IEnumerable<ProtectedPart> parts)
    {
        var joined = new List<ProtectedPart>();
        foreach (var part in parts)
        {
            if (joined.Count > 0 && joined[^1] is var last && last.End == part.Start)
                joined[^1] = new ProtectedPart(last.Start, last.Length + part.Length, last.Restored + part.Restored);
            else
                joined.Add(part);
        }

        return joined;
    }

    /// <summary>Whether two neighbours belong to one word; scripts without spaces between words never say so.</summary>
    private static bool Joins(string text, int left, int right) =>
        left >= 0 && right < text.Length && char.IsLetterOrDigit(text[left]) && char.IsLetterOrDigit(text[right])
        && text[left] < '\u3040' && text[right] < '\u3040';

    private static IEnumerable<string> WholeAndParts(IEnumerable<string> names) => names
        .Where(name => !string.IsNullOrWhiteSpace(name))
        .SelectMany(name => name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Prepend(name.Trim()))
        .Where(name => name.Length > 1 && (char.IsUpper(name[0]) || name[0] >= '\u3040'))
        .Distinct(StringComparer.Ordinal)
        .OrderByDescending(name => name.Length);

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
}
