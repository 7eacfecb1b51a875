using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>Answers questions from articles. Safe to call from many threads.</summary>
public interface IKnowledgeBase
{
    /// <summary>The articles that answer the query, best first. Never throws on a customer's text, whatever is in it.</summary>
    KnowledgeResult Search(KnowledgeQuery query);

    int ArticleCount { get; }
}

/// <summary>What to look for.</summary>
/// <param name="Text">The customer's words, as they came; the first 4,000 characters count.</param>
/// <param name="Intent">What the message was understood to want; an article that lists it is preferred.</param>
/// <param name="Language">Two-letter code. Where no article is in that language, the English ones are searched.</param>
/// <param name="CustomerTier">Articles for particular tiers are found for these tiers only.</param>
/// <param name="IncludeInternal">True to find agents' articles too; those hits carry <see cref="Article.Internal"/>.</param>
/// <param name="Limit">The most hits to return.</param>
public sealed record KnowledgeQuery(
    string Text,
    string? Intent,
    string Language = "en",
    string? CustomerTier = null,
    bool IncludeInternal = false,
    int Limit = 5);

/// <param name="Article">What was found. Check <see cref="Article.Internal"/> before showing it to a customer.</param>
/// <param name="Score">0…1: how well this article fits, comparable between queries.</param>
/// <param name="Passage">The article's section that speaks most about the query, as plain text.</param>
public sealed record KnowledgeHit(Article Article, double Score, string Passage);

/// <param name="Hits">Best first; empty when nothing fits.</param>
/// <param name="Confidence">
/// 0…1: whether the first hit answers the query. From 0.4 on, words or intent speak for it; from 0.7 on, both or very clear words do.
/// Below 0.4 the text is most likely about something else, or one shared word is all there is.
/// </param>
public sealed record KnowledgeResult(ImmutableArray<KnowledgeHit> Hits, double Confidence)
{
    public static KnowledgeResult Nothing { get; } = new([], 0);
}
