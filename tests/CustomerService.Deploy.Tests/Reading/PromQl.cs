using System.Text.RegularExpressions;

namespace CustomerService.Deploy.Reading;

/// <summary>What an expression of Prometheus' language names.</summary>
internal static partial class PromQl
{
    private static readonly HashSet<string> Words = ["and", "or", "unless", "on", "ignoring", "group_left", "group_right", "by", "without", "bool", "offset", "inf", "nan"];

    /// <summary>The figures that are asked for.</summary>
    public static IEnumerable<string> Metrics(string expression) =>
        Name().Matches(Bare(expression)).Select(match => match.Value).Where(name => !Words.Contains(name.ToLowerInvariant())).Distinct();

    /// <summary>Figures with the labels that they are filtered by.</summary>
    public static IEnumerable<(string Metric, string Label)> Filters(string expression) =>
        from Match selector in Selector().Matches(Strings().Replace(expression, "\"\""))
        from Match label in Matcher().Matches(selector.Groups["matchers"].Value)
        select (selector.Groups["metric"].Value, label.Groups["label"].Value);

    /// <summary>The labels that are grouped or joined by.</summary>
    public static IEnumerable<string> Groupings(string expression) =>
        from Match grouping in Grouping().Matches(Strings().Replace(expression, "\"\""))
        from label in grouping.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        select label;

    private static string Bare(string expression) =>
        Grouping().Replace(Matchers().Replace(Ranges().Replace(Strings().Replace(expression, "\"\""), ""), ""), " ");

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Strings();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Ranges();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Matchers();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\((?<labels>[^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"(?<metric>[a-zA-Z_:][\w:]*)\s*\{(?<matchers>[^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(?<label>\w+)\s*(?:=~|!~|!=|=)")]
    private static partial Regex Matcher();

    // No number, no part of one (15m), and no function.
    [GeneratedRegex(@"(?<![\w:.$])[a-zA-Z_:][\w:]*(?![\w:]|\s*\()")]
    private static partial Regex Name();
}
