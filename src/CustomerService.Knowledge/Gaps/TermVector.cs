namespace CustomerService.Knowledge;

/// <summary>A text, or several together, as weighted terms.</summary>
internal sealed class TermVector
{
    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _intents = new(StringComparer.Ordinal);
    private double? _length;

    private double Length => _length ??= Math.Sqrt(_weights.Values.Sum(weight => weight * weight));

    internal static TermVector Of(QueryTerms terms, Func<string, double> weight)
    {
        var vector = new TermVector();
        for (var at = 0; at < terms.Keys.Count; at++)
            vector._weights[terms.Keys[at]] = weight(terms.Keys[at]) * Evidence.ShareOf(at, terms);
        return vector;
    }

    internal static TermVector Sum(IEnumerable<TermVector> vectors, IEnumerable<UnansweredQuestion> questions)
    {
        var sum = new TermVector();
        foreach (var (vector, question) in vectors.Zip(questions))
            sum.Add(vector, question.Intent);
        return sum;
    }

    internal void Add(TermVector other, string? intent)
    {
        foreach (var (term, weight) in other._weights)
            _weights[term] = _weights.GetValueOrDefault(term) + weight;
        if (intent is not null)
            _intents[intent] = _intents.GetValueOrDefault(intent) + 1;
        _length = null;
    }

    /// <summary>Whether most of what is in it has that intent.</summary>
    internal bool HasIntent(string intent) => _intents.GetValueOrDefault(intent) * 2 > _intents.Values.Sum();

    /// <summary>0…1: how alike they are.</summary>
    internal double Cosine(TermVector other)
    {
        var (few, many) = _weights.Count <= other._weights.Count ? (this, other) : (other, this);
        var product = 0.0;
        foreach (var (term, weight) in few._weights)
            product += weight * many._weights.GetValueOrDefault(term);
        return product <= 0 ? 0 : product / (Length * other.Length);
    }
}
