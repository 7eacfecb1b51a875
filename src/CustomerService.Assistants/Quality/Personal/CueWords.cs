using System.Buffers;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>Words and phrases, each of which counts from the beginning of a word: "tel" is in no hotel. A longer word that begins so counts too.</summary>
internal sealed class CueWords
{
    private readonly SearchValues<string> _values;
    private readonly string[] _longestFirst;

    /// <param name="words">Separated by comma and space.</param>
    public CueWords(string words)
    {
        _longestFirst = [.. words.Split(", ").OrderByDescending(word => word.Length)];
        _values = SearchValues.Create(_longestFirst, StringComparison.OrdinalIgnoreCase);
    }

    public bool AreIn(string plain) => plain.AsSpan().ContainsAny(_values);

    /// <summary>Where the first of them begins and ends from a place on; null where none does.</summary>
    public (int Start, int End)? FirstIn(string plain, int from, int to)
    {
        for (var start = from; start < to; start++)
        {
            var found = plain.AsSpan(start, to - start).IndexOfAny(_values);
            if (found < 0)
                return null;
            start += found;
            if (BeginsWord(plain, start))
                return (start, start + LengthAt(plain, start));
        }

        return null;
    }

    /// <summary>Where the last of them begins that stands before a place; −1 where none does.</summary>
    public int LastIn(string plain, int at, int within)
    {
        var last = -1;
        for (var start = Math.Max(0, at - within); FirstIn(plain, start, at) is var (found, _); start = found + 1)
            last = found;
        return last;
    }

    /// <summary>The last of them between two places that is a word of its own, not the beginning of a longer one; null where none is.</summary>
    public (int Start, int End)? LastWhole(string plain, int from, int to)
    {
        (int, int)? last = null;
        for (var at = Math.Max(0, from); FirstIn(plain, at, to) is var (start, end); at = start + 1)
        {
            if (end == plain.Length || plain[start] >= '\u2E80' || plain[end] >= '\u2E80' || !char.IsLetter(plain[end]))
                last = (start, end);
        }

        return last;
    }

    private int LengthAt(string plain, int at)
    {
        foreach (var word in _longestFirst)
        {
            if (plain.AsSpan(at).StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return word.Length;
        }

        return 1;
    }

    // In Japanese words are not told apart.
    private static bool BeginsWord(string plain, int at) =>
        at == 0 || !char.IsLetter(plain[at]) || plain[at] >= '\u2E80' || !char.IsLetterOrDigit(plain[at - 1]) || plain[at - 1] >= '\u2E80';
}
