using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>Every text of an article that was ever in use, so that an answer's source can be shown as it was.</summary>
public interface IArticleHistory
{
    /// <summary>Keeps those that are not kept yet.</summary>
    ValueTask KeepAsync(IEnumerable<Article> articles, CancellationToken cancellation = default);

    /// <summary>All kept texts of an article in a language, oldest first.</summary>
    ValueTask<ImmutableArray<FormerText>> FindAsync(string articleId, string language, CancellationToken cancellation = default);
}

/// <param name="FirstSeen">When it came into use.</param>
/// <param name="Body">Markdown.</param>
public sealed record FormerText(ArticleSourceId Source, string Hash, DateTimeOffset FirstSeen, string Title, string Body);
