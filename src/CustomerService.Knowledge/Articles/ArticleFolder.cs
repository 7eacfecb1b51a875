using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>A folder of articles: every <c>*.md</c> below it but README.md and names that begin with '_' or '.'.</summary>
public static class ArticleFolder
{
    /// <summary>Reads all articles, in a fixed order.</summary>
    /// <exception cref="KnowledgeLoadException">The folder or any article in it cannot be used; it lists every problem, not the first only.</exception>
    public static ImmutableArray<Article> Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new KnowledgeLoadException(folder, ["there is no such folder; create it, or name another one."]);

        var articles = ImmutableArray.CreateBuilder<Article>();
        var problems = new List<string>();
        var sources = new Dictionary<(string Id, string Language), string>();
        foreach (var path in Files(folder))
        {
            try
            {
                var article = ArticleFile.Read(path);
                if (sources.TryAdd((article.Id, article.Language), path))
                    articles.Add(article);
                else
                    problems.Add($"{path}:1: the id '{article.Id}' ({article.Language}) is already that of {sources[(article.Id, article.Language)]}; give one of them another 'id'.");
            }
            catch (Exception error) when (error is ArticleFormatException or IOException or UnauthorizedAccessException)
            {
                problems.Add(error is ArticleFormatException ? error.Message : $"{path}:1: the file cannot be read ({error.Message}).");
            }
        }
        if (problems.Count > 0)
            throw new KnowledgeLoadException(folder, problems);
        return articles.Count > 0 ? articles.ToImmutable()
            : throw new KnowledgeLoadException(folder, ["it holds no article; add a file such as return-policy.md."]);
    }

    /// <summary>The article files, in a fixed order.</summary>
    internal static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) is var name && name[0] is not ('_' or '.')
                && !name.Equals("README.md", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);
}
