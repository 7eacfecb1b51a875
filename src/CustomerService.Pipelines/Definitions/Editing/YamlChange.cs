using System.Collections.Immutable;

namespace CustomerService.Pipelines.Definitions.Editing;

/// <summary>One value of a YAML text that is to be another.</summary>
/// <param name="Path">The keys that lead to it.</param>
/// <param name="Value">The new value as YAML in one line, such as a word of <see cref="Word"/> or <c>[a, b]</c>; null: the key is taken out.</param>
internal sealed record YamlChange(ImmutableArray<string> Path, string? Value)
{
    /// <summary>A text as YAML, in quotes where it would be read as something else without them.</summary>
    public static string Word(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && !char.IsWhiteSpace(text[^1]) && IsPlain(text)
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Letters, digits, spaces and what hours, dates and names are written with.</summary>
    private static bool IsPlain(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is ' ' or '.' or '_' or '-' or ':' or '/')
        && !text.Contains(": ", StringComparison.Ordinal) && text[^1] != ':'
        && text is not ("true" or "false" or "null" or "True" or "False" or "Null" or "TRUE" or "FALSE" or "NULL");
}
