using System.Text.RegularExpressions;

namespace CustomerService.Architecture.Tests.Rules;

/// <summary>No file says where somebody's checkout or home lies.</summary>
internal static partial class MachinePaths
{
    public static IEnumerable<string> Violations(string path, string text) =>
        from line in text.Split('\n').Select((text, index) => (Text: text, Number: index + 1))
        where Private().IsMatch(line.Text)
        select $"{path}({line.Number}) holds the path of one machine: {Private().Match(line.Text).Value}";

    // Also written with doubled backslashes, as JSON and C# do.
    [GeneratedRegex(@"(?<![\w.])/(?:home|Users|work|root|tmp/wt)/[\w.]+|\b[A-Za-z]:\\+Users\\+\w+|file:///(?:home|Users|work|root)")]
    private static partial Regex Private();
}
