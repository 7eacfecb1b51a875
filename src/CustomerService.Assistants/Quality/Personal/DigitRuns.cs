using System.Text;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>Digits that stand together, within a run.</summary>
internal readonly record struct DigitGroup(int Start, int Length);

/// <summary>Digits with little between their groups, as people write card and telephone numbers.</summary>
internal readonly record struct DigitRun(int Start, int End, string Digits, IReadOnlyList<DigitGroup> Groups)
{
    /// <summary>Whether a letter, or a sign that makes it an id (<c>#</c>, <c>_</c>), stands right before or a letter right after.</summary>
    public bool Touches(string text) =>
        (Start > 0 && (char.IsAsciiLetter(text[Start - 1]) || text[Start - 1] is '#' or '_' or ':' && Start > 1 && char.IsAsciiDigit(text[Start - 2])))
        || (End < text.Length && (char.IsAsciiLetter(text[End]) || text[End] is '_' or '%'));

    /// <summary>Whether the groups have these lengths.</summary>
    public bool Is(params ReadOnlySpan<int> lengths)
    {
        if (Groups.Count != lengths.Length)
            return false;
        for (var i = 0; i < lengths.Length; i++)
        {
            if (Groups[i].Length != lengths[i])
                return false;
        }

        return true;
    }

    /// <summary>Its groups from one to another, as a run of its own.</summary>
    public DigitRun Part(int first, int last)
    {
        var from = Groups.Take(first).Sum(group => group.Length);
        var length = Groups.Skip(first).Take(last - first + 1).Sum(group => group.Length);
        return new(Groups[first].Start, Groups[last].Start + Groups[last].Length, Digits.Substring(from, length), [.. Groups.Skip(first).Take(last - first + 1)]);
    }
}

internal static class DigitRuns
{
    private const int MostBetween = 3;

    /// <summary>Runs of at least so many digits.</summary>
    /// <param name="overLines">Whether a run may go on in the next line.</param>
    public static IEnumerable<DigitRun> In(string plain, int least, bool overLines = false)
    {
        for (var i = 0; i < plain.Length; i++)
        {
            if (!char.IsAsciiDigit(plain[i]))
                continue;
            var run = ReadAt(plain, i, overLines);
            i = run.End;
            if (run.Digits.Length >= least)
                yield return run;
        }
    }

    private static DigitRun ReadAt(string plain, int start, bool overLines)
    {
        var digits = new StringBuilder();
        var groups = new List<DigitGroup>();
        var position = start;
        while (true)
        {
            var group = position;
            while (position < plain.Length && char.IsAsciiDigit(plain[position]))
                digits.Append(plain[position++]);
            groups.Add(new(group, position - group));
            var next = position + SeparatorLength(plain, position, overLines);
            if (next == position || next >= plain.Length || !char.IsAsciiDigit(plain[next]))
                break;
            position = next;
        }

        // "4 1 1 1 1 …" is one number, not many.
        if (groups.Count >= 7 && groups.TrueForAll(group => group.Length == 1))
            groups = [new(start, digits.Length)];
        return new(start, position, digits.ToString(), groups);
    }

    private static int SeparatorLength(string plain, int at, bool overLines)
    {
        var end = at;
        while (end < plain.Length && end - at < MostBetween && (plain[end] is ' ' or '-' or '.' or '/' or '(' or ')' or '_' or '·' or '•' or '・' or 'ー' || (overLines && plain[end] is '\n' or '\r')))
            end++;
        return end - at;
    }
}
