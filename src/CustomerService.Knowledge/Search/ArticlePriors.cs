namespace CustomerService.Knowledge;

/// <summary>The priors of all articles at one time.</summary>
internal sealed class ArticlePriors(IReadOnlyDictionary<(string ArticleId, string Language), FeedbackCount> votes, DateTimeOffset now)
{
    internal double Of(Article article, string? tier) =>
        Prior.Of(article, votes.GetValueOrDefault((article.Id, article.Language)), now) + (article.IsForTier(tier) ? Prior.OfOwnTier : 0);
}
