using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>Answers questions from articles. Safe to call from many threads.</summary>
public interface IKnowledgeBase
{
    /// <summary>The articles that answer the query, best first. Never throws on a customer's text, whatever is in it.</summary>
    ValueTask<KnowledgeResult> SearchAsync(KnowledgeQuery query, CancellationToken cancellation = default);

    /// <summary>How many articles are published now.</summary>
    int ArticleCount { get; }
}

/// <summary>What to look for.</summary>
/// <param name="Text">The customer's words, as they came; the first 4,000 characters count.</param>
/// <param name="Intent">What the message was understood to want; an article that lists it is preferred, one that lists others is doubted.</param>
/// <param name="Language">Two-letter code. Where no article in that language answers, English ones are searched; <see cref="Article.Language"/> tells.</param>
/// <param name="CustomerTier">Articles for particular tiers are found for these tiers only.</param>
/// <param name="IncludeInternal">True to find agents' articles too; those hits carry <see cref="Article.Internal"/>.</param>
/// <param name="Limit">The most hits to return.</param>
public sealed record KnowledgeQuery(
    string Text,
    string? Intent,
    string Language = "en",
    string? CustomerTier = null,
    bool IncludeInternal = false,
    int Limit = 5)
{
    /// <summary>0…1: how sure it is that the intent is meant.</summary>
    public double IntentConfidence { get; init; } = 0.9;

    /// <summary>
    /// All that the message may want, where more is known than the one <see cref="Intent"/>, which then says nothing further. What their confidences lack of 1 is
    /// how likely it wants nothing that we know; an intent that no article names is as good as that.
    /// </summary>
    public ImmutableArray<LikelyIntent> Intents { get; init; } = [];
}

/// <summary>What a message may want.</summary>
/// <param name="Confidence">0…1.</param>
public readonly record struct LikelyIntent(string Intent, double Confidence);

/// <param name="Article">What was found. Check <see cref="Article.Internal"/> before showing it to a customer.</param>
/// <param name="Score">0…1: how likely this article answers the query; see <see cref="KnowledgeResult.Confidence"/>.</param>
/// <param name="Passage">The article's section that speaks most about the query, as plain text.</param>
public sealed record KnowledgeHit(Article Article, double Score, string Passage)
{
    /// <summary>The sentence of the passage that says most about the query.</summary>
    public string Sentence { get; init; } = Passage;

    /// <summary>Where the passage stands, for whoever wants to look it up.</summary>
    public required ArticleCitation Citation { get; init; }
}

/// <param name="Source">The article and its version, as answers name it.</param>
/// <param name="Heading">Of the section; null for what precedes the first heading.</param>
/// <param name="Hash">Tells the text from others of the same version.</param>
public sealed record ArticleCitation(ArticleSourceId Source, string Title, string? Heading, string Hash);

/// <param name="Hits">Best first; empty when nothing fits.</param>
/// <param name="Confidence">
/// 0…1: how likely the first hit answers the query, calibrated: of a hundred results with 0.8, about eighty are right. Below
/// <see cref="LeastConfidence"/> the honest reply is that there is no answer.
/// </param>
public sealed record KnowledgeResult(ImmutableArray<KnowledgeHit> Hits, double Confidence)
{
    /// <summary>From here on an article may be answered from: in the question lists nine of ten such answers are right.</summary>
    public const double LeastConfidence = 0.4;

    public static KnowledgeResult Nothing { get; } = new([], 0);

    /// <summary>The articles have no answer, whatever the hits are.</summary>
    public bool IsRefused => Confidence < LeastConfidence;
}
