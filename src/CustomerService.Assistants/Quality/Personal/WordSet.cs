using System.Collections.Frozen;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>Whole words, in any case.</summary>
internal sealed class WordSet
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;

    /// <param name="words">Separated by spaces.</param>
    public WordSet(string words) => _words = words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public bool Has(ReadOnlySpan<char> word) => _words.Contains(word);

    /// <summary>Whether every word between two places is one of them; there has to be one.</summary>
    public bool AreAll(ReadOnlySpan<char> text)
    {
        var words = 0;
        foreach (var range in text.SplitAny(' ', ',', '"', '»', '«', '“', '”', '「', '」', '\''))
        {
            if (text[range].IsEmpty)
                continue;
            if (!Has(text[range]))
                return false;
            words++;
        }

        return words > 0;
    }
}
