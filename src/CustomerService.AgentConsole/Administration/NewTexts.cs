namespace CustomerService.AgentConsole.Administration;

/// <summary>How new files begin.</summary>
internal static class NewTexts
{
    private const string FirstLanguage = "en";

    /// <summary>An article is a draft until somebody publishes it; other files begin empty.</summary>
    public static string Of(string path) => path.StartsWith("knowledge/", StringComparison.Ordinal) && path.EndsWith(".md", StringComparison.Ordinal) ? Article(path, "", []) : "";

    /// <param name="title">As a customer would say it.</param>
    /// <param name="notes">For whoever writes it, such as what customers asked; a comment, so no part of the article.</param>
    public static string Article(string path, string title, IReadOnlyCollection<string> notes) =>
        $"""
        ---
        title: "{title.ReplaceLineEndings(" ").Replace("\\", "", StringComparison.Ordinal).Replace("\"", "'", StringComparison.Ordinal)}"
        language: {LanguageOf(path)}
        status: draft
        ---

        {(notes.Count == 0 ? "" : $"<!--\n{string.Concat(notes.Select(note => $"- {note.ReplaceLineEndings(" ").Replace("--", "—", StringComparison.Ordinal)}\n"))}-->")}
        """;

    /// <summary>By its folder: <c>knowledge/de/returns.md</c> is German.</summary>
    public static string LanguageOf(string path) => path.Split('/') is [_, { Length: 2 } language, ..] ? language : FirstLanguage;
}
