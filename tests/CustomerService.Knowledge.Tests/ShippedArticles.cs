namespace CustomerService.Knowledge.Tests;

/// <summary>The articles that the product ships, and the question lists beside these tests.</summary>
internal static class ShippedArticles
{
    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "content", "knowledge");

    internal static KnowledgeIndex Index { get; } = KnowledgeIndex.Open(Folder);

    internal static string Questions(string language) => Path.Combine(AppContext.BaseDirectory, "Questions", language + ".txt");

    /// <summary>
    /// Questions by other hands, who knew of the articles only their titles. They are asked with no customer known, so what is shown to a tier alone answers none of them. The
    /// first list has been read since, for the articles' tags; the second has not.
    /// </summary>
    internal static string FreshQuestions(string list, string language) => Path.Combine(AppContext.BaseDirectory, "Questions", list, language + ".txt");
}
