using System.Text;

namespace CustomerService.Assistants.Quality;

/// <summary>Digits with at most one separator between groups, as people write card and telephone numbers.</summary>
/// <param name="Groups">How many digits stand in each group.</param>
internal readonly record struct DigitRun(int Start, int End, string Digits, IReadOnlyList<int> Groups)
{
    /// <summary>Whether a letter, or a sign that makes it an id (<c>#</c>, <c>_</c>), stands right before or a letter right after.</summary>
    public bool Touches(string text) =>
        (Start > 0 && (char.IsLetter(text[Start - 1]) || text[Start - 1] is '#' or '_'))
        || (End < text.Length && (char.IsLetter(text[End]) || text[End] == '_'));
}

internal static class DigitRuns
{
    /// <summary>Runs of at least eight digits.</summary>
    public static IEnumerable<DigitRun> In(string plain)
    {
        for (var i = 0; i < plain.Length; i++)
        {
            if (!char.IsAsciiDigit(plain[i]))
                continue;
            var run = ReadAt(plain, i);
            i = run.End;
            if (run.Digits.Length >= 8)
                yield return run;
        }
    }

    private static DigitRun ReadAt(string plain, int start)
    {
        var digits = new StringBuilder();
        var groups = new List<int>();
        var position = start;
        while (true)
        {
            var group = position;
            while (position < plain.Length && char.IsAsciiDigit(plain[position]))
                digits.Append(plain[position++]);
            groups.Add(position - group);
            var next = position + SeparatorLength(plain, position);
            if (next == position || next >= plain.Length || !char.IsAsciiDigit(plain[next]))
                return new(start, position, digits.ToString(), groups);
            position = next;
        }
    }

    private static int SeparatorLength(string plain, int at)
    {
        var end = at;
        while (end < plain.Length && end - at < 2 && plain[end] is (' ' or '-' or '.' or '/' or '(' or ')'))
            end++;
        return end - at;
    }
}
