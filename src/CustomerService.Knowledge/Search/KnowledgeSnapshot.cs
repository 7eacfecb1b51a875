using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace CustomerService.Knowledge;

/// <summary>The articles that are published at one time, searchable and never changed.</summary>
internal sealed class KnowledgeSnapshot
{
    internal const string FallbackLanguage = "en";

    // Below this a shared filler word is all there is.
    private const double LeastScore = 0.01;

    private const int CachedResults = 4_096;

    private const int NearestByMeaning = 20;

    // Longer ones hardly come twice, and would fill the memory.
    private const int LongestCachedText = 400;

    private readonly FrozenDictionary<string, LanguageArticles> _languages;
    private readonly ITermIndex _terms;
    private readonly VectorSearch? _vectors;
    private readonly ArticlePriors _priors;
    private readonly BoundedCache<KnowledgeResult> _results = new(CachedResults);
    private readonly ConcurrentDictionary<Article, Passages> _passages;

    /// <param name="articles">Those that are published.</param>
    /// <param name="index">Makes the index of their terms.</param>
    /// <param name="vectors">Finds them by their meaning, too; null where no model does that.</param>
    /// <param name="priors">What is known of them whatever the question.</param>
    internal KnowledgeSnapshot(ImmutableArray<Article> articles, Func<IReadOnlyCollection<LanguageArticles>, ITermIndex> index, VectorSearch? vectors, ArticlePriors priors)
    {
        ArticleCount = articles.Length;
        _languages = articles.GroupBy(article => article.Language)
            .ToFrozenDictionary(group => group.Key, group => new LanguageArticles(group.Key, [.. group]), StringComparer.Ordinal);
        _terms = index(_languages.Values);
        _vectors = vectors;
        _priors = priors;
        _passages = new(ReferenceEqualityComparer.Instance);
    }

    private KnowledgeSnapshot(KnowledgeSnapshot former, ArticlePriors priors) =>
        (ArticleCount, _languages, _terms, _vectors, _passages, _priors) = (former.ArticleCount, former._languages, former._terms, former._vectors, former._passages, priors);

    /// <summary>The same articles, known better.</summary>
    internal KnowledgeSnapshot With(ArticlePriors priors) => new(this, priors);

    internal int ArticleCount { get; }

    internal IEnumerable<LanguageArticles> Languages => _languages.Values;

    internal async ValueTask<KnowledgeResult> SearchAsync(KnowledgeQuery query, CancellationToken cancellation)
    {
        if (query.Limit <= 0)
            return KnowledgeResult.Nothing;
        if (query.Text.Length > LongestCachedText)
            return await FindAsync(query, cancellation);
        // The other parts hold no '|', so the key is as distinct as its parts.
        var key = $"{Key(query)}|{query.Language}|{query.CustomerTier}|{query.IncludeInternal}|{query.Limit}|{query.Text}";
        if (_results.TryGet(key, out var known))
            return known;
        var result = await FindAsync(query, cancellation);
        // What was found while the model was away is no answer for later.
        if (_vectors is not { IsPaused: true })
            _results.Add(key, result);
        return result;
    }

    private async ValueTask<KnowledgeResult> FindAsync(KnowledgeQuery query, CancellationToken cancellation)
    {
        var own = _languages.GetValueOrDefault(query.Language);
        var result = own is null ? KnowledgeResult.Nothing : await FindAsync(own, query, null, cancellation);
        if (!result.IsRefused || query.Language == FallbackLanguage || !_languages.TryGetValue(FallbackLanguage, out var fallback))
            return result;
        // What was translated is found in the customer's own language or not at all.
        var other = await FindAsync(fallback, query, own?.Ids, cancellation);
        return other.Confidence > result.Confidence ? other : result;
    }

    private async ValueTask<KnowledgeResult> FindAsync(LanguageArticles language, KnowledgeQuery query, ImmutableHashSet<string>? except, CancellationToken cancellation)
    {
        var terms = QueryTerms.Of(query.Text, language.Language);
        var wanted = WantedIntents.Of(query, language);
        if (terms.Keys.Count == 0 && wanted is null && _vectors is null)
            return KnowledgeResult.Nothing;
        var found = await _terms.FindAsync(language.Language, terms.Keys, cancellation);
        var evidence = Evidence.Of(terms, found, language.Articles.Length);

        var candidates = new List<(int Row, double LogOdds)>();
        for (var row = 0; row < evidence.Length; row++)
        {
            var article = language.Articles[row];
            if (!MayFind(article, query) || except?.Contains(article.Id) == true)
                continue;
            var fit = wanted?.FitOf(article);
            if (evidence[row].Found > 0 || fit is { Fits: > 0 })
                candidates.Add((row, Likelihood.LogOdds(evidence[row], fit, _priors.Of(article, query.CustomerTier))));
        }
        var ranked = Scored(language, candidates);
        if (_vectors is not null)
        {
            var near = await _vectors.FindAsync(language, query.Text, NearestByMeaning, cancellation);
            ranked = RankFusion.Of(ranked, [.. near.Where(match => MayFind(language.Articles[match.Row], query) && except?.Contains(language.Articles[match.Row].Id) != true)]);
        }
        if (ranked.Count == 0)
            return KnowledgeResult.Nothing;

        var weights = Weights(terms, found);
        var hits = ranked.Take(query.Limit).Select(hit => Hit(language.Articles[hit.Row], hit.Score, weights)).ToImmutableArray();
        return new KnowledgeResult(hits, hits[0].Score);
    }

    private static string Key(KnowledgeQuery query) => query.Intents.IsDefaultOrEmpty
        ? string.Create(CultureInfo.InvariantCulture, $"{query.Intent}:{query.IntentConfidence:0.00}")
        : string.Join(',', query.Intents.Select(intent => string.Create(CultureInfo.InvariantCulture, $"{intent.Intent}:{intent.Confidence:0.00}")));

    // What agents are told of a matter is no rival of what customers are: each has its own probabilities.
    private static List<(int Row, double Score)> Scored(LanguageArticles language, List<(int Row, double LogOdds)> candidates)
    {
        var ranked = new List<(int Row, double Score)>(candidates.Count);
        foreach (var audience in candidates.GroupBy(candidate => language.Articles[candidate.Row].Internal))
        {
            var rows = audience.ToList();
            ranked.AddRange(rows.Zip(Likelihood.Of(rows.ConvertAll(row => row.LogOdds)), (row, score) => (row.Row, score)).Where(row => row.score >= LeastScore));
        }
        // Equal ones keep the articles' own order, so that the same question always gets the same answer.
        ranked.Sort(static (left, right) => right.Score.CompareTo(left.Score) is not 0 and var order ? order : left.Row.CompareTo(right.Row));
        return ranked;
    }

    private static bool MayFind(Article article, KnowledgeQuery query) =>
        (!article.Internal || query.IncludeInternal)
        && (article.Tiers.IsEmpty || article.IsForTier(query.CustomerTier));

    private KnowledgeHit Hit(Article article, double score, Dictionary<string, double> weights)
    {
        var (section, sentence) = _passages.GetOrAdd(article, static article => new Passages(article)).Best(weights);
        return new KnowledgeHit(article, score, section.Text)
        {
            Sentence = sentence,
            Citation = new ArticleCitation(article.SourceId, article.Title, section.Heading, article.Hash),
        };
    }

    private static Dictionary<string, double> Weights(QueryTerms terms, IReadOnlyList<TermMatches> found)
    {
        var weights = new Dictionary<string, double>(terms.Keys.Count, StringComparer.Ordinal);
        for (var at = 0; at < found.Count; at++)
            weights[terms.Keys[at]] = found[at].Weight * Evidence.ShareOf(at, terms);
        return weights;
    }
}
