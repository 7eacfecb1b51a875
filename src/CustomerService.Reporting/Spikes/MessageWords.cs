using System.Collections.Immutable;

namespace CustomerService.Reporting.Spikes;

/// <summary>
/// The words of a message that may name a problem: each once, lower case. What holds a digit or an '@' is somebody's number or address and no word;
/// Japanese is cut where its script changes, since kanji and katakana carry the nouns.
/// </summary>
internal static class MessageWords
{
    private const int Shortest = 4;
    private const int Longest = 24;
    private const int MostWords = 40;
    private const int LongestText = 2_000;

    public static ImmutableArray<string> Of(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var rest = text.AsSpan(0, Math.Min(text.Length, LongestText));
        while (!rest.IsEmpty && words.Count < MostWords)
        {
            var start = 0;
            while (start < rest.Length && !char.IsLetterOrDigit(rest[start]))
                start++;
            var end = start;
            while (end < rest.Length && (char.IsLetterOrDigit(rest[end]) || rest[end] is '@' or '\'' or '’' or '.' && end + 1 < rest.Length && char.IsLetterOrDigit(rest[end + 1])))
                end++;
            Add(rest[start..end], words);
            rest = rest[Math.Min(rest.Length, end + 1)..];
        }

        return [.. words];
    }

    private static void Add(ReadOnlySpan<char> token, HashSet<string> words)
    {
        if (token.IsEmpty || token.ContainsAnyInRange('0', '9') || token.Contains('@'))
            return;
        if (!IsJapanese(token[0]) && !IsJapanese(token[^1]))
        {
            if (token.Length is >= Shortest and <= Longest)
                words.Add(token.ToString().ToLowerInvariant());
            return;
        }

        for (var start = 0; start < token.Length;)
        {
            var script = ScriptOf(token[start]);
            var end = start + 1;
            while (end < token.Length && ScriptOf(token[end]) == script)
                end++;
            // A single kanji or a run of hiragana is grammar more often than a thing.
            if (script is Script.Kanji or Script.Katakana && end - start is >= 2 and <= Longest)
                words.Add(token[start..end].ToString());
            start = end;
        }
    }

    private static bool IsJapanese(char c) => ScriptOf(c) != Script.Other;

    private static Script ScriptOf(char c) => c switch
    {
        >= '\u4E00' and <= '\u9FFF' => Script.Kanji,
        >= '\u30A0' and <= '\u30FF' => Script.Katakana,
        >= '\u3040' and <= '\u309F' => Script.Hiragana,
        _ => Script.Other,
    };

    private enum Script
    {
        Other,
        Hiragana,
        Katakana,
        Kanji,
    }
}
