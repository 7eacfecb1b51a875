using System.Collections.Frozen;

namespace CustomerService.Knowledge;

/// <summary>The terms in memory: a table from each to the articles that have it, weighed once.</summary>
internal sealed class MemoryTermIndex : ITermIndex
{
    private readonly FrozenDictionary<string, LanguageTerms> _languages;

    internal MemoryTermIndex(IEnumerable<LanguageArticles> languages) =>
        _languages = languages.ToFrozenDictionary(language => language.Language, language => new LanguageTerms(language), StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<TermMatches>> FindAsync(string language, IReadOnlyList<string> terms, CancellationToken cancellation)
    {
        var found = new TermMatches[terms.Count];
        for (var at = 0; at < found.Length; at++)
            found[at] = _languages[language].Find(terms[at]);
        return new(found);
    }

    private sealed class LanguageTerms
    {
        private readonly FrozenDictionary<string, TermMatches> _terms;
        private readonly TermMatches _unknown;

        internal LanguageTerms(LanguageArticles language)
        {
            var matches = new Dictionary<string, List<TermMatch>>(StringComparer.Ordinal);
            var weighting = language.Weighting;
            for (var row = 0; row < language.Terms.Length; row++)
            {
                var article = language.Terms[row];
                foreach (var (term, counts) in article.Counts)
                {
                    if (!matches.TryGetValue(term, out var list))
                        matches[term] = list = [];
                    list.Add(new TermMatch(row, weighting.Saturation(counts, article.Length)));
                }
            }
            _terms = matches.ToFrozenDictionary(pair => pair.Key, pair => new TermMatches(weighting.OfTerm(pair.Value.Count), [.. pair.Value]), StringComparer.Ordinal);
            _unknown = new TermMatches(weighting.OfTerm(0), []);
        }

        internal TermMatches Find(string term) => _terms.GetValueOrDefault(term, _unknown);
    }
}
