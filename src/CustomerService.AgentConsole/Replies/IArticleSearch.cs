using System.Collections.Immutable;

namespace CustomerService.AgentConsole.Replies;

/// <summary>Searches the articles that agents may read, internal ones among them. The composition's; where there is none, nothing is searched.</summary>
public interface IArticleSearch
{
    /// <summary>What answers the question, best first.</summary>
    ValueTask<ImmutableArray<FoundArticle>> FindAsync(ArticleQuestion question, CancellationToken cancellation);
}

/// <summary>What an agent looks for.</summary>
/// <param name="Language">The customer's, ISO 639-1; where it has no answer, English articles are searched.</param>
/// <param name="Intent">What the customer was understood to want; null: not known.</param>
/// <param name="Tier">The customer's; null: not known.</param>
public sealed record ArticleQuestion(string Text, string Language, string? Intent, string? Tier);

/// <summary>An article that was found.</summary>
/// <param name="IsInternal">Agents alone may read it; nothing of it goes to a customer.</param>
/// <param name="Passage">The section that says most about the question, as plain text.</param>
public sealed record FoundArticle(string Id, string Title, string Language, bool IsInternal, string Passage, DateOnly? Updated);
