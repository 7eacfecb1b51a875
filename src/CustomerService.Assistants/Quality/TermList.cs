using System.Buffers;
using System.Collections.Immutable;

namespace CustomerService.Assistants.Quality;

/// <summary>A list of words and phrases, found in a text whole and in any case.</summary>
public sealed class TermList
{
    private readonly SearchValues<string> _values;

    public TermList(IEnumerable<string> terms)
    {
        Terms = [.. terms.Select(term => term.Trim()).Where(term => term.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        _values = SearchValues.Create([.. Terms], StringComparison.OrdinalIgnoreCase);
    }

    public ImmutableArray<string> Terms { get; }

    /// <summary>The first term that stands in the text as whole words, or null.</summary>
    public string? FirstIn(string text)
    {
        if (Terms.IsEmpty)
            return null;
        for (var start = 0; start < text.Length;)
        {
            var found = text.AsSpan(start).IndexOfAny(_values);
            if (found < 0)
                return null;
            start += found;
            if (start == 0 || !char.IsLetterOrDigit(text[start - 1]))
            {
                foreach (var term in Terms)
                {
                    if (text.AsSpan(start).StartsWith(term, StringComparison.OrdinalIgnoreCase) && EndsThere(text, start + term.Length))
                        return term;
                }
            }

            start++;
        }

        return null;
    }

    private static bool EndsThere(string text, int end) => end >= text.Length || !char.IsLetterOrDigit(text[end]);
}
