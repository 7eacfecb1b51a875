using System.Text;

namespace CustomerService.Knowledge;

/// <summary>Names that other systems gave, as names of ours.</summary>
internal static class ImportNames
{
    private const int LongestId = 60;

    /// <summary>Lower-case letters, digits and dashes; null where none are left, as of a Japanese title.</summary>
    internal static string? Id(string name)
    {
        var id = new StringBuilder();
        foreach (var letter in TextFold.Of(name))
        {
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
                id.Append(letter);
            else if (id.Length > 0 && id[^1] != '-')
                id.Append('-');
        }
        var text = id.ToString().Trim('-');
        return text.Length == 0 ? null : text.Length <= LongestId ? text : text[..LongestId].TrimEnd('-');
    }

    /// <summary>"en-US" and "en_us" are en; null where it is no language's code.</summary>
    internal static string? Language(string? locale)
    {
        var code = locale?.Split('-', '_')[0].Trim().ToLowerInvariant();
        return code is { Length: 2 } && code.All(char.IsAsciiLetterLower) ? code : null;
    }

    /// <summary>One line, without what would break one.</summary>
    internal static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
