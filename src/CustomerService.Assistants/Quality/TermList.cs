using System.Buffers;
using System.Collections.Immutable;

namespace CustomerService.Assistants.Quality;

/// <summary>
/// A list of words and phrases, found in a text whole and in any case. A term that ends in <c>*</c> stands for every word that begins so
/// (<c>garanti*</c>); Japanese terms are found anywhere, since nothing parts words there.
/// </summary>
public sealed class TermList
{
    private readonly SearchValues<string> _values;
    private readonly StringComparison _comparison;

    /// <param name="exactCase">Whether a capital matters: the German Sie is somebody else than sie.</param>
    public TermList(IEnumerable<string> terms, bool exactCase = false)
    {
        _comparison = exactCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        Terms = [.. terms.Select(term => PlainText.Of(term).Trim()).Where(term => term.TrimEnd('*').Length > 0).Distinct(StringComparer.FromComparison(_comparison))];
        _values = SearchValues.Create([.. Terms.Select(Word)], _comparison);
    }

    public ImmutableArray<string> Terms { get; }

    /// <summary>The first term that stands in the text, as the list writes it; null when none does.</summary>
    public string? FirstIn(string text) => Find(text, 0)?.Term;

    /// <summary>How often terms stand in the text.</summary>
    public int CountIn(string text)
    {
        var count = 0;
        for (var at = 0; Find(text, at) is var (term, start); at = start + Math.Max(1, Word(term).Length))
            count++;
        return count;
    }

    /// <summary>Both lists in one.</summary>
    internal TermList With(TermList other) => other.Terms.IsEmpty ? this : Terms.IsEmpty ? other : new(Terms.Concat(other.Terms), _comparison == StringComparison.Ordinal);

    private (string Term, int Start)? Find(string text, int from)
    {
        if (Terms.IsEmpty)
            return null;
        for (var start = from; start < text.Length; start++)
        {
            var found = text.AsSpan(start).IndexOfAny(_values);
            if (found < 0)
                return null;
            start += found;
            foreach (var term in Terms)
            {
                var word = Word(term);
                if (text.AsSpan(start).StartsWith(word, _comparison) && StandsAlone(text, start, start + word.Length, open: word.Length < term.Length))
                    return (term, start);
            }
        }

        return null;
    }

    private static string Word(string term) => term.TrimEnd('*');

    private static bool StandsAlone(string text, int start, int end, bool open) =>
        (start == 0 || !char.IsLetterOrDigit(text[start - 1]) || IsUnparted(text[start]) || IsUnparted(text[start - 1]))
        && (open || end >= text.Length || !char.IsLetterOrDigit(text[end]) || IsUnparted(text[end - 1]) || IsUnparted(text[end]));

    // Kana and Chinese characters.
    private static bool IsUnparted(char c) => c >= '\u2E80';
}
