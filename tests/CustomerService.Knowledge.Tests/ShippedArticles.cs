namespace CustomerService.Knowledge.Tests;

/// <summary>The articles that the product ships, and the question lists beside these tests.</summary>
internal static class ShippedArticles
{
    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "content", "knowledge");

    internal static KnowledgeIndex Index { get; } = KnowledgeIndex.Open(Folder);

    internal static string Questions(string language) => Path.Combine(AppContext.BaseDirectory, "Questions", language + ".txt");
}
