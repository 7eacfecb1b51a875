using System.Reflection;

namespace CustomerService.Assistants.Models;

/// <summary>
/// Instructions for a model, from a file of Prompts/. They are fixed text: whatever comes from a customer, an article or a
/// record travels apart from them, as JSON.
/// </summary>
/// <param name="Version">From the file's first line; it is in the trace beside the answer.</param>
internal sealed record Prompt(string Name, int Version, string Text)
{
    public static Prompt Answer { get; } = Load("answer");

    public static Prompt Auto { get; } = Load("auto");

    public static Prompt Intent { get; } = Load("intent");

    public static Prompt Sentiment { get; } = Load("sentiment");

    /// <summary>For the trace.</summary>
    public override string ToString() => $"{Name} v{Version}";

    private static Prompt Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Prompts/{name}.md")
            ?? throw new InvalidOperationException($"The prompt Prompts/{name}.md is not in the program.");
        var text = new StreamReader(stream).ReadToEnd().ReplaceLineEndings("\n");
        const string mark = "<!-- version ";
        var end = text.IndexOf(" -->\n", StringComparison.Ordinal);
        if (!text.StartsWith(mark, StringComparison.Ordinal) || end < 0)
            throw new InvalidOperationException($"Prompts/{name}.md must begin with the line '<!-- version 1 -->'.");
        return new Prompt(name, int.Parse(text.AsSpan(mark.Length, end - mark.Length), System.Globalization.CultureInfo.InvariantCulture), text[(end + 5)..].Trim());
    }
}
