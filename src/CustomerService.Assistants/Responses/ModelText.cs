using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using CustomerService.Assistants.Quality;

namespace CustomerService.Assistants.Responses;

/// <summary>
/// What a model wrote is text: markup is taken off, and links may lead only to where the sources or the owner do. What repeats the
/// instructions is no answer.
/// </summary>
internal static partial class ModelText
{
    /// <summary>So many words in a row from the instructions are no accident.</summary>
    private const int WordsOfALeak = 7;

    /// <summary>Text without markup: tags and what stands in script elements, images, and a link's wrapping (its address stays, to be judged).</summary>
    public static string Plain(string text)
    {
        // Twice, as what is written in entities would be markup again.
        for (var i = 0; i < 2; i++)
            text = Markup(WebUtility.HtmlDecode(text));
        return Invisible().Replace(text, "").Trim();
    }

    /// <summary>What speaks against a text; null: nothing.</summary>
    /// <param name="sources">The texts that it rests on.</param>
    /// <param name="ownHosts">Hosts that the owner allows.</param>
    /// <param name="instructions">What the model was told.</param>
    public static string? Problem(string text, IEnumerable<string> sources, ImmutableArray<string> ownHosts, string instructions)
    {
        var plain = PlainText.Of(text);
        if (DangerousScheme().Match(plain) is { Success: true } scheme)
            return $"it has a '{scheme.Groups[1].Value.ToLowerInvariant()}:' address.";
        HashSet<string>? known = null;
        foreach (var host in Hosts(plain))
        {
            known ??= [.. sources.SelectMany(source => Hosts(PlainText.Of(source)))];
            if (!known.Contains(host) && !ownHosts.Contains(host))
                return $"it links to {Cut(host)}, which is in none of the sources.";
        }

        return Repeats(plain, instructions) ? "it repeats its instructions." : null;
    }

    private static string Markup(string text)
    {
        text = Elements().Replace(text, " ");
        text = Tags().Replace(text, " ");
        text = Images().Replace(text, "$1 $2");
        text = Links().Replace(text, "$1 ($2)");
        return References().Replace(text, "$1");
    }

    private static IEnumerable<string> Hosts(string plain) => Addresses().Matches(plain).Select(match => match.Groups["host"].Value.TrimEnd('.').ToLowerInvariant())
        .Where(host => !host.All(letter => char.IsAsciiDigit(letter) || letter == '.') || host.Count(letter => letter == '.') == 3)
        .Select(host => host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host);

    private static bool Repeats(string text, string instructions)
    {
        var told = Words(instructions);
        var windows = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + WordsOfALeak <= told.Count; i++)
            windows.Add(string.Join(' ', told.Skip(i).Take(WordsOfALeak)));
        var said = Words(text);
        for (var i = 0; i + WordsOfALeak <= said.Count; i++)
        {
            if (windows.Contains(string.Join(' ', said.Skip(i).Take(WordsOfALeak))))
                return true;
        }

        return false;
    }

    private static List<string> Words(string text) => [.. Word().Matches(text).Select(match => match.Value.ToLowerInvariant())];

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60];

    [GeneratedRegex(@"<\s*(script|style|iframe|object|svg|template|noscript)\b.*?(?:<\s*/\s*\1\s*>|$)", RegexOptions.IgnoreCase | RegexOptions.Singleline, 500)]
    private static partial Regex Elements();

    [GeneratedRegex(@"<[/!?]?[a-zA-Z][^<>]*>|<!--.*?(?:-->|$)|<[/!?]?[a-zA-Z][^<>]*$", RegexOptions.Singleline, 500)]
    private static partial Regex Tags();

    [GeneratedRegex(@"!\[([^\]\n]*)\]\s*\(([^)\n]*)\)")]
    private static partial Regex Images();

    [GeneratedRegex(@"\[([^\]\n]*)\]\s*\(([^)\n]*)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^\s*\[[^\]\n]+\]:\s*(\S+).*$", RegexOptions.Multiline)]
    private static partial Regex References();

    [GeneratedRegex("[\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF\u00AD]")]
    private static partial Regex Invisible();

    [GeneratedRegex(@"\b(javascript|data|vbscript|file|blob|ftp|ws|wss)\s*:\s*[^\s]", RegexOptions.IgnoreCase)]
    private static partial Regex DangerousScheme();

    // With a scheme any host counts; without one, what ends like a domain, and for endings that are words too (it, me, de) what goes on like an address. What stands after an @ is an e-mail's, which the quality gate judges.
    [GeneratedRegex(@"(?:h(?:tt|xx)ps?\s*:\s*[\\/]{1,3}(?:[^\s/@]*@)?(?<host>[^\s/\\?#:()<>""'\]]+)|(?<![\w@.])[\\/]{2}(?<host>[\w-]+(?:\.[\w-]+)+)|(?<![\w@.-])(?<host>(?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+(?:(?:com|net|org|info|biz|io|dev|app|xyz|top|site|online|shop|store|club|live|link|click|example|test|invalid|local|internal|co|tv|cc|ru|cn|fr|jp|uk|eu|br|pl|nl|ch)(?!\w)|[a-z]{2,12}(?=[/:]\w))))", RegexOptions.IgnoreCase, 500)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
