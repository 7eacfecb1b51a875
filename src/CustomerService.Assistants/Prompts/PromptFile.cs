using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerService.Assistants.Settings;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Assistants.Prompts;

/// <summary>Reads one prompt: a first line <c>&lt;!-- version 3 --&gt;</c>, then the instructions.</summary>
internal static partial class PromptFile
{
    /// <summary>What may stand in double braces.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = ["business", "words"];

    private const int LongestText = 20_000;
    private const string VersionMark = "<!-- version ";
    private const string VersionEnd = " -->";

    /// <param name="path">How messages name it.</param>
    /// <exception cref="ContentFormatException">It can't be used; the message names line, column and fix.</exception>
    public static Prompt Parse(string name, string path, string text, JsonElement schema)
    {
        text = text.ReplaceLineEndings("\n");
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        if (!first.StartsWith(VersionMark, StringComparison.Ordinal) || !first.EndsWith(VersionEnd, StringComparison.Ordinal)
            || !int.TryParse(first.AsSpan()[VersionMark.Length..^VersionEnd.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version < 1)
            throw Fault(path, 1, 1, $"the first line must be '{VersionMark}1{VersionEnd}', with a number that you raise at each change: traces name it.");
        var body = end < 0 ? "" : text[(end + 1)..].Trim();
        if (body.Length == 0)
            throw Fault(path, 2, 1, "there are no instructions; write them under the version line.");
        if (body.Length > LongestText)
            throw Fault(path, 2, 1, string.Create(CultureInfo.InvariantCulture, $"the instructions have {body.Length:N0} characters; {LongestText:N0} are allowed."));
        foreach (Match match in Braces().Matches(text))
        {
            var placeholder = match.Groups[1].Value.Trim();
            if (!Placeholders.Contains(placeholder))
                throw Fault(path, match.Index, text, $"there is no placeholder '{placeholder}'. {Suggestion.For(placeholder, [.. Placeholders])}");
        }

        return new Prompt(name, version, Braces().Replace(body, match => "{{" + match.Groups[1].Value.Trim() + "}}"), schema);
    }

    private static ContentFormatException Fault(string path, int at, string text, string problem)
    {
        var before = text.AsSpan(0, at);
        return Fault(path, before.Count('\n') + 1, at - before.LastIndexOf('\n'), problem);
    }

    private static ContentFormatException Fault(string path, int line, int column, string problem) => new($"{path}({line},{column}): {problem}");

    [GeneratedRegex(@"\{\{([^{}\n]*)\}\}")]
    private static partial Regex Braces();
}
