using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>One loaded state of the articles, searchable and never changed.</summary>
internal sealed class KnowledgeSnapshot : IDisposable
{
    // A word that no article has says "off topic", but a name or a typo must not drown the rest.
    private const double UnknownWordShare = 0.8;

    // Below this a shared filler word is all there is.
    private const double LeastScore = 0.12;

    private const int CachedWords = 20_000;
    private const int CachedResults = 4_096;

    private readonly ImmutableArray<Article> _articles;
    private readonly int[] _firstSection;
    private readonly bool _hasOtherLanguages;
    private readonly FullTextDatabase _database;
    private readonly BoundedCache<WordMatches> _words = new(CachedWords);
    private readonly BoundedCache<KnowledgeResult> _results = new(CachedResults);

    internal KnowledgeSnapshot(ImmutableArray<Article> articles)
    {
        _articles = articles;
        _firstSection = new int[articles.Length + 1];
        for (var row = 0; row < articles.Length; row++)
            _firstSection[row + 1] = _firstSection[row] + articles[row].Sections.Length;
        _hasOtherLanguages = articles.Any(article => article.Language != "en");
        _database = new FullTextDatabase(articles);
    }

    internal int ArticleCount => _articles.Length;

    internal KnowledgeResult Search(KnowledgeQuery query)
    {
        if (query.Limit <= 0)
            return KnowledgeResult.Nothing;
        var words = QueryWords.Of(query.Text);
        if (words.Count == 0 && query.Intent is null)
            return KnowledgeResult.Nothing;
        // Words hold no '|', so the key is as distinct as its parts.
        var key = $"{string.Join(' ', words)}|{query.Intent}|{query.Language}|{query.CustomerTier}|{query.IncludeInternal}|{query.Limit}";
        return _results.GetOrAdd(key, (this, query, words), static (_, asked) => asked.Item1.Find(asked.query, asked.words));
    }

    public void Dispose() => _database.Dispose();

    private KnowledgeResult Find(KnowledgeQuery query, List<string> words)
    {
        var matches = words.ConvertAll(word => _words.GetOrAdd(word, _database, static (text, database) => database.Find(text)));
        var total = matches.Sum(match => match.Known ? match.Weight : match.Weight * UnknownWordShare);
        var evidence = new double[_articles.Length];
        foreach (var match in matches)
        {
            foreach (var (row, saturation) in match.Articles)
                evidence[row] += match.Weight * saturation;
        }

        var language = LanguageToSearch(query.Language);
        var ranked = new List<(int Row, double Score)>();
        for (var row = 0; row < _articles.Length; row++)
        {
            var article = _articles[row];
            var intentMatches = query.Intent is { } intent && article.Intents.Contains(intent);
            if ((evidence[row] <= 0 && !intentMatches) || !MayFind(article, query, language))
                continue;
            var score = Relevance.Combine(Relevance.OfWords(evidence[row], total), intentMatches);
            if (score >= LeastScore)
                ranked.Add((row, score));
        }
        if (ranked.Count == 0)
            return KnowledgeResult.Nothing;
        // Equal scores keep the articles' own order, so that the same question always gets the same answer.
        ranked.Sort(static (left, right) => right.Score.CompareTo(left.Score) is not 0 and var order ? order : left.Row.CompareTo(right.Row));

        var hits = ranked.Take(query.Limit).Select(hit => new KnowledgeHit(_articles[hit.Row], hit.Score, PassageOf(hit.Row, matches)));
        return new KnowledgeResult([.. hits], Relevance.Confidence(ranked[0].Score, ranked.Count > 1 ? ranked[1].Score : 0));
    }

    private static bool MayFind(Article article, KnowledgeQuery query, string language) =>
        article.Language == language
        && (!article.Internal || query.IncludeInternal)
        && (article.Tiers.IsEmpty || (query.CustomerTier is { } tier && article.Tiers.Contains(tier, StringComparer.OrdinalIgnoreCase)));

    private string LanguageToSearch(string language) =>
        _hasOtherLanguages && _articles.Any(article => article.Language == language) ? language : "en";

    private string PassageOf(int article, List<WordMatches> matches)
    {
        var (first, end) = (_firstSection[article], _firstSection[article + 1]);
        Span<double> evidence = end - first <= 64 ? stackalloc double[end - first] : new double[end - first];
        foreach (var match in matches)
        {
            foreach (var (row, saturation) in match.Sections)
            {
                if (row >= first && row < end)
                    evidence[row - first] += match.Weight * saturation;
            }
        }
        var best = 0;
        for (var section = 1; section < evidence.Length; section++)
        {
            if (evidence[section] > evidence[best])
                best = section;
        }
        return _articles[article].Sections[best];
    }
}
