using System.Collections.Immutable;

namespace CustomerService.AgentConsole.Administration;

/// <summary>One line of a comparison.</summary>
/// <param name="Before">Its number in the former text; null: it was added.</param>
/// <param name="After">Its number in the new text; null: it was removed.</param>
public sealed record ComparedLine(int? Before, int? After, string Text)
{
    public bool IsSame => Before is not null && After is not null;
}

/// <summary>What changed from one text to another, line by line: the longest common part stays.</summary>
public static class LineDifference
{
    /// <summary>Beyond this many pairs of lines, what lies between the common beginning and end counts as replaced: the table would be too large.</summary>
    private const long MostCompared = 4_000_000;

    public static ImmutableArray<ComparedLine> Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start])
            start++;
        var end = 0;
        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)])
            end++;

        var lines = ImmutableArray.CreateBuilder<ComparedLine>();
        for (var line = 0; line < start; line++)
            lines.Add(new ComparedLine(line + 1, line + 1, old[line]));
        Between(old.AsSpan(start..^end), now.AsSpan(start..^end), start, lines);
        for (var line = end; line > 0; line--)
            lines.Add(new ComparedLine(old.Length - line + 1, now.Length - line + 1, old[^line]));
        return lines.DrainToImmutable();
    }

    /// <summary>The changed lines alone, each with some unchanged ones around it; null stands for what was left out.</summary>
    public static IEnumerable<ComparedLine?> Changes(ImmutableArray<ComparedLine> all, int around = 3)
    {
        var last = -1;
        for (var i = 0; i < all.Length; i++)
        {
            if (!Enumerable.Range(Math.Max(0, i - around), Math.Min(all.Length - 1, i + around) - Math.Max(0, i - around) + 1).Any(near => !all[near].IsSame))
                continue;
            if (i > last + 1)
                yield return null;
            yield return all[i];
            last = i;
        }

        if (last >= 0 && last < all.Length - 1)
            yield return null;
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static void Between(ReadOnlySpan<string> old, ReadOnlySpan<string> now, int offset, ImmutableArray<ComparedLine>.Builder lines)
    {
        var common = (long)old.Length * now.Length <= MostCompared ? CommonLengths(old, now) : null;
        var (i, j) = (0, 0);
        while (i < old.Length || j < now.Length)
        {
            if (common is not null && i < old.Length && j < now.Length && old[i] == now[j])
                lines.Add(new ComparedLine(offset + ++i, offset + ++j, old[i - 1]));
            else if (i < old.Length && (common is null || j == now.Length || common[i + 1, j] >= common[i, j + 1]))
                lines.Add(new ComparedLine(offset + ++i, null, old[i - 1]));
            else
                lines.Add(new ComparedLine(null, offset + ++j, now[j - 1]));
        }
    }

    /// <summary>How many lines the two have in common from each pair of places on.</summary>
    private static int[,] CommonLengths(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        return common;
    }
}
