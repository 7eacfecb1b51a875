using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>The articles in one language that may be found, in a fixed order.</summary>
internal sealed class LanguageArticles
{
    internal LanguageArticles(string language, ImmutableArray<Article> articles)
    {
        (Language, Articles) = (language, articles);
        Terms = [.. articles.Select(ArticleTerms.Of)];
        Weighting = new TermWeighting(articles.Length, Terms.Average(article => article.Length));
        Intents = [.. articles.Where(article => !article.Internal).SelectMany(article => article.Intents)];
        Ids = [.. articles.Select(article => article.Id)];
    }

    internal string Language { get; }

    internal ImmutableArray<Article> Articles { get; }

    /// <summary>Of each article.</summary>
    internal ImmutableArray<ArticleTerms> Terms { get; }

    internal TermWeighting Weighting { get; }

    internal ImmutableHashSet<string> Ids { get; }

    /// <summary>All that customers' articles answer.</summary>
    internal ImmutableHashSet<string> Intents { get; }

    /// <summary>The rows that each text with a vector belongs to, by the text's hash; made when first asked for.</summary>
    internal FrozenDictionary<string, int[]>? TextRows { get; set; }
}
