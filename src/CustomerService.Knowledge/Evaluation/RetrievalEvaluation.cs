using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>Holds a knowledge base against questions whose answers are known.</summary>
public static class RetrievalEvaluation
{
    private const int HitsLookedAt = 10;

    /// <param name="knowledge">What is asked.</param>
    /// <param name="questions">All in <paramref name="language"/>.</param>
    /// <param name="intentOf">Understands a question as the running system would; null leaves the intent to the questions themselves.</param>
    public static async Task<RetrievalReport> RunAsync(
        IKnowledgeBase knowledge, IEnumerable<RetrievalQuestion> questions, string language, Func<string, (string? Intent, double Confidence)>? intentOf = null, CancellationToken cancellation = default)
    {
        var outcomes = ImmutableArray.CreateBuilder<RetrievalOutcome>();
        foreach (var question in questions)
        {
            var query = new KnowledgeQuery(question.Text, question.Intent, language, Limit: HitsLookedAt);
            if (intentOf is not null)
            {
                var (intent, confidence) = intentOf(question.Text);
                query = query with { Intent = intent, IntentConfidence = confidence };
            }
            var result = await knowledge.SearchAsync(query, cancellation);
            var found = result.Hits.Select(hit => hit.Article.Id).ToImmutableArray();
            outcomes.Add(new RetrievalOutcome(question, question.ArticleId is { } id ? found.IndexOf(id) + 1 : 0, result.Confidence, found));
        }
        return new RetrievalReport(outcomes.DrainToImmutable());
    }
}
