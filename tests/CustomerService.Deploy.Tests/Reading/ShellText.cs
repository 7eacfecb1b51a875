using System.Text.RegularExpressions;

namespace CustomerService.Deploy.Reading;

/// <summary>The commands that pages tell their readers to type.</summary>
internal static partial class ShellText
{
    /// <summary>Each <c>./run …</c> in the code of these pages; plain flags mean <c>run</c>.</summary>
    public static IEnumerable<(string Place, string[] Words)> CommandsOf(IEnumerable<string> pages) =>
        from page in pages
        from Match call in Call().Matches(Checkout.Read(page).Replace("\\\n", " ", StringComparison.Ordinal))
        let words = call.Groups["words"].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        select ($"{page}: ./run {call.Groups["words"].Value.Trim()}", Named(words));

    // Words in capitals stand for the reader's own; the rest before the first flag is the command.
    private static string[] Named(string[] words)
    {
        var command = words.TakeWhile(word => Plain().IsMatch(word)).ToArray();
        var flags = words.SkipWhile(word => !word.StartsWith("--", StringComparison.Ordinal));
        return [.. command.Length == 0 ? ["run"] : command, .. flags];
    }

    [GeneratedRegex(@"\./run(?<words>(?:[ \t]+[^\s`#&;|]+)*)")]
    private static partial Regex Call();

    [GeneratedRegex("^[a-z][a-z-]*$")]
    private static partial Regex Plain();
}
