namespace CustomerService.Knowledge.Tests;

/// <summary>The articles that the product ships, and the question lists beside these tests.</summary>
internal static class ShippedArticles
{
    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "content", "knowledge");

    internal static KnowledgeIndex Index { get; } = KnowledgeIndex.Open(Folder);

    internal static IEnumerable<string[]> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Questions", file))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries));
}
