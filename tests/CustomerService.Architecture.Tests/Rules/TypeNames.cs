using System.Text.RegularExpressions;

namespace CustomerService.Architecture.Tests.Rules;

/// <summary>A type is named by what it is. These endings say nothing about that.</summary>
internal static partial class TypeNames
{
    public static IEnumerable<string> Violations(string path, string source) =>
        from line in source.Split('\n').Select((text, index) => (Text: Code(text), Number: index + 1))
        from Match declaration in Declaration().Matches(line.Text)
        let name = declaration.Groups["name"].Value
        where Empty().IsMatch(name)
        select $"{path}({line.Number}) declares {name}: name it by what it is; '{Empty().Match(name).Value}' says nothing.";

    // A declaration stands before any comment or text on its line.
    private static string Code(string line) => line.AsSpan().IndexOfAny('"', '/') is >= 0 and var end ? line[..end] : line;

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record)\s+(?!class\b|struct\b)(?<name>@?[A-Z]\w*)\s*(?:[<({:;]|where\b|$)")]
    private static partial Regex Declaration();

    // A whole last word: Database and Metadata are fine. A knowledge base is the field's own term.
    [GeneratedRegex("(?:Helpers?|Utils?|Utility|Utilities|Managers?|Common|Shared|(?<!Knowledge)Base|Impl|Data|Info|Processors?|Service)$")]
    private static partial Regex Empty();
}
