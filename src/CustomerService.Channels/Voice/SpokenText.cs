using System.Text.RegularExpressions;

namespace CustomerService.Channels.Voice;

/// <summary>A written answer, as it can be said: without marks that are only for the eye.</summary>
internal static partial class SpokenText
{
    public static string Of(string written)
    {
        var text = LinkedWords().Replace(written, "$1");
        text = Address().Replace(text, match => match.Groups[1].Value);
        text = LineStart().Replace(text, "");
        text = Marks().Replace(text, "");
        // A line's end is a pause.
        return Lines().Replace(text.Trim(), match => match.Index > 0 && ".!?:;,。！？、：".Contains(text.Trim()[match.Index - 1], StringComparison.Ordinal) ? " " : ". ");
    }

    /// <summary><c>[words](address)</c>: the words.</summary>
    [GeneratedRegex(@"!?\[([^\]\n]{1,500})\]\([^)\s]{1,2000}\)", RegexOptions.NonBacktracking)]
    private static partial Regex LinkedWords();

    /// <summary>An address: where it is, and no more.</summary>
    [GeneratedRegex(@"https?://([\w.-]+)[^\s]*", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    /// <summary>Headings, quotations, bullets.</summary>
    [GeneratedRegex(@"(?m)^[ \t]*(?:#{1,6}|>|[-*•])[ \t]+", RegexOptions.NonBacktracking)]
    private static partial Regex LineStart();

    [GeneratedRegex(@"\*\*|__|`+|~~", RegexOptions.NonBacktracking)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Lines();
}
