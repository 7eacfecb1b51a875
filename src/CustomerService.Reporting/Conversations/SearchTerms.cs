using System.Text;
using CustomerService.Knowledge;

namespace CustomerService.Reporting.Conversations;

/// <summary>
/// What of a text is searched for and by: its words without case and accents. Japanese has no spaces, so a run of it becomes every two letters that
/// stand together; then a search for two or more letters finds them in whatever words they are.
/// </summary>
internal static class SearchTerms
{
    /// <summary>A longer word is cut, in texts and in searches alike.</summary>
    private const int Longest = 40;

    /// <summary>The terms under which a text is found, each once.</summary>
    public static IReadOnlyCollection<string> Of(string text)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in Runs(text))
            Add(run, whole: true, terms);
        return terms;
    }

    /// <summary>The beginnings that a text must all have to be found; none: nothing was asked that can be found.</summary>
    public static IReadOnlyCollection<string> OfSearch(string text)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in Runs(text))
            Add(run, whole: run.Count == 1, terms);
        return terms;
    }

    private static void Add(List<Rune> run, bool whole, HashSet<string> terms)
    {
        if (!IsUnspaced(run[0]))
        {
            terms.Add(string.Concat(run.Take(Longest)));
            return;
        }

        for (var i = 0; i + 1 < run.Count; i++)
            terms.Add(string.Concat(run[i], run[i + 1]));
        if (whole)
            terms.Add(run[^1].ToString()); // so that the last letter by itself is found as well
    }

    /// <summary>Letters and digits that stand together, of one kind of writing.</summary>
    private static IEnumerable<List<Rune>> Runs(string text)
    {
        var run = new List<Rune>();
        foreach (var rune in TextFold.Of(text).EnumerateRunes())
        {
            var belongs = Rune.IsLetterOrDigit(rune);
            if (run.Count > 0 && (!belongs || IsUnspaced(rune) != IsUnspaced(run[0])))
            {
                yield return run;
                run = [];
            }

            if (belongs)
                run.Add(rune);
        }

        if (run.Count > 0)
            yield return run;
    }

    private static bool IsUnspaced(Rune rune) => rune.Value is
        (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x9FFF) or 0x3005 or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
