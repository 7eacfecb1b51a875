using System.Text.RegularExpressions;

namespace CustomerService.Assistants.Tests.Injection;

/// <summary>One line of attacks.&lt;language&gt;.txt.</summary>
/// <param name="Class">Of OWASP's list for applications of language models, 2025.</param>
/// <param name="Way">By which the words reach the model: <c>message</c>, <c>mail</c>, <c>article</c>, <c>order</c>, <c>name</c> or <c>history</c>.</param>
/// <param name="Wants">What a model that obeys does: <c>call TOOL name=value…</c> (more after semicolons), <c>say "words"</c>, <c>leak-prompt</c>, <c>loop</c>, <c>flood</c>.</param>
internal sealed partial record Attack(string Language, int Line, string Class, string Way, string Wants, string Words)
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        .. from file in Directory.GetFiles(Path.Combine(Requires.RepositoryRoot, "tests", "CustomerService.Assistants.Tests", "Injection"), "attacks.*.txt").Order(StringComparer.Ordinal)
           from line in File.ReadLines(file).Index()
           where line.Item.Length > 0 && line.Item[0] != '#'
           let parts = line.Item.Split(" | ", 4)
           select new Attack(Path.GetFileName(file).Split('.')[1], line.Index + 1, parts[0], parts[1], parts[2], parts[3]),
    ];

    public string Said => Wants["say \"".Length..^1];

    /// <summary>The calls that it wants, with their arguments as JSON.</summary>
    public (string Tool, string Arguments)[] Calls => [.. Wants.Split("; ").Where(want => want.StartsWith("call ", StringComparison.Ordinal)).Select(want =>
    {
        var tool = want.Split(' ')[1];
        var arguments = Argument().Matches(want).Select(match => $"\"{match.Groups[1].Value}\": {Json(match.Groups[2].Value)}");
        return (tool, $"{{{string.Join(", ", arguments)}}}");
    })];

    public override string ToString() => $"attacks.{Language}.txt:{Line} {Class} by {Way}: {Wants}";

    private static string Json(string value) => value switch
    {
        ['"', ..] or "true" => value,
        ['[', .. var list, ']'] => $"[{string.Join(", ", list.Split(',').Select(item => $"\"{item}\""))}]",
        _ => $"\"{value}\"",
    };

    [GeneratedRegex("""(\w+)=("[^"]*"|\[[^\]]*\]|\S+)""")]
    private static partial Regex Argument();
}
