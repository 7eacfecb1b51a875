namespace CustomerService.Knowledge;

/// <summary>What a question's terms say for an article.</summary>
/// <param name="Found">The weight of the terms that it has, each as far as the article is full of it.</param>
/// <param name="Share">0…1: that, of the weight of all the question's terms.</param>
internal readonly record struct Evidence(double Found, double Share)
{
    // A word that no article has says "off topic", but a name or a typo must not drown the rest; a number of the customer's says nothing.
    private const double UnknownShare = 0.5;

    // A gram is a part of a word, and there are several of them to each.
    private const double GramShare = 0.25;

    /// <summary>How much of its weight a term keeps: a word all of it.</summary>
    internal static double ShareOf(int term, QueryTerms query) => term < query.Words ? 1 : GramShare;

    /// <summary>For each article, by its row.</summary>
    internal static Evidence[] Of(QueryTerms query, IReadOnlyList<TermMatches> found, int articles)
    {
        var evidence = new Evidence[articles];
        var total = 0.0;
        for (var at = 0; at < found.Count; at++)
        {
            var weight = found[at].Weight * ShareOf(at, query);
            total += found[at].Known ? weight : query.Keys[at].Any(char.IsAsciiDigit) ? 0 : weight * UnknownShare;
            foreach (var (row, saturation) in found[at].Articles)
                evidence[row] = new Evidence(evidence[row].Found + weight * saturation, 0);
        }
        for (var row = 0; row < articles; row++)
            evidence[row] = evidence[row] with { Share = total > 0 ? Math.Min(1, evidence[row].Found / total) : 0 };
        return evidence;
    }
}
