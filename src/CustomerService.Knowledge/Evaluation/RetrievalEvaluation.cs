using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>Holds a knowledge base against questions whose answers are known.</summary>
public static class RetrievalEvaluation
{
    private const int HitsLookedAt = 10;

    /// <param name="knowledge">What is asked.</param>
    /// <param name="questions">All in <paramref name="language"/>.</param>
    /// <param name="understand">Adds what the running system would understand of a question; null leaves the intent to the questions themselves.</param>
    public static async Task<RetrievalReport> RunAsync(
        IKnowledgeBase knowledge, IEnumerable<RetrievalQuestion> questions, string language, Func<KnowledgeQuery, KnowledgeQuery>? understand = null, CancellationToken cancellation = default)
    {
        var outcomes = ImmutableArray.CreateBuilder<RetrievalOutcome>();
        foreach (var question in questions)
        {
            var query = new KnowledgeQuery(question.Text, question.Intent, language, Limit: HitsLookedAt);
            var result = await knowledge.SearchAsync(understand?.Invoke(query) ?? query, cancellation);
            // An article in another language than the customer's is not the one that was looked for.
            var found = result.Hits.Select(hit => hit.Article.Language == language ? hit.Article.Id : $"{hit.Article.Language}/{hit.Article.Id}").ToImmutableArray();
            outcomes.Add(new RetrievalOutcome(question, question.ArticleId is { } id ? found.IndexOf(id) + 1 : 0, result.Confidence, found));
        }
        return new RetrievalReport(outcomes.DrainToImmutable());
    }
}
