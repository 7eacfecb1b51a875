using System.Collections.Frozen;

namespace CustomerService.Knowledge;

/// <summary>
/// The words of a customer's text that are worth searching for: lower case, distinct, without the ones that say nothing.
/// Only letters and digits pass, so a text can never be read as search syntax.
/// </summary>
internal static class QueryWords
{
    /// <summary>Characters looked at. What a customer wants is said by then.</summary>
    internal const int MaxText = 4_000;

    /// <summary>Words kept. More blur the search and cost time.</summary>
    internal const int MaxWords = 24;

    private const int LongestWord = 40;

    private static readonly FrozenSet<string> StopWords = """
        a about actually after again all already also am an and any anybody anyone anything are as ask at away be because been
        before being but by can cannot could did do does doing don done each either else even ever every for from get gets getting
        give go going gone gonna got guys had has have having he hello help her here hey hi him his how i if in into is it its just
        kind know let like ll looking make many may maybe me mean might more most much must my need needed nor not now of off oh ok
        okay on once one only or other our ours out over own please put quite re really regarding said same say see she should since
        so some somebody someone something still such sure take tell than thank thanks that the their them then there these they
        thing things think this those though through to too tried trying try up us use ve very via want wanted wants was way we
        well went were what when where whether which while who whom whose why will wish with within without won wonder wondering
        would yes yet you your yours hasn haven isn aren wasn weren doesn didn wouldn couldn shouldn im ive dont doesnt didnt cant
        wont isnt whats hows id possible question questions
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsStopWord = StopWords.GetAlternateLookup<ReadOnlySpan<char>>();

    internal static List<string> Of(string text)
    {
        var words = new List<string>(MaxWords);
        var rest = text.AsSpan(0, Math.Min(text.Length, MaxText));
        Span<char> lower = stackalloc char[LongestWord];
        while (words.Count < MaxWords && Next(ref rest, out var word))
        {
            if (word.Length is < 2 or > LongestWord)
                continue;
            var length = word.ToLowerInvariant(lower);
            var candidate = lower[..length];
            if (!IsStopWord.Contains(candidate) && !Contains(words, candidate))
                words.Add(candidate.ToString());
        }
        return words;
    }

    private static bool Next(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> word)
    {
        var start = 0;
        while (start < rest.Length && !char.IsLetterOrDigit(rest[start]))
            start++;
        var end = start;
        while (end < rest.Length && char.IsLetterOrDigit(rest[end]))
            end++;
        word = rest[start..end];
        rest = rest[end..];
        return !word.IsEmpty;
    }

    private static bool Contains(List<string> words, ReadOnlySpan<char> candidate)
    {
        foreach (var word in words)
        {
            if (candidate.SequenceEqual(word))
                return true;
        }
        return false;
    }
}
