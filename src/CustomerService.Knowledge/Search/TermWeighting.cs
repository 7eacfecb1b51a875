namespace CustomerService.Knowledge;

/// <summary>What a term's presence in an article is worth: BM25 over an article's parts, as 0…1 so that it can be compared between queries.</summary>
/// <param name="articles">How many there are in the language.</param>
/// <param name="averageLength">Terms in a body, on average.</param>
internal sealed class TermWeighting(int articles, double averageLength)
{
    // Titles and tags are written to be found by; a word there says more than one in passing. Of tags there are many.
    private const double TitleWeight = 6;
    private const double TagsWeight = 2.5;
    private const double HeadingsWeight = 2;

    // BM25's usual constants: how fast repetition stops to matter, and how much a long text is held against it.
    private const double HalfSaturated = 1.2;
    private const double LengthShare = 0.6;

    /// <summary>Inverse document frequency: a term in few articles says more than one in most.</summary>
    internal double OfTerm(int found) => Math.Log(1 + (articles - found + 0.5) / (found + 0.5));

    /// <summary>How full of the term the article is, 0…1.</summary>
    internal double Saturation(TermCounts counts, int length)
    {
        var body = counts.Body / (1 - LengthShare + LengthShare * length / Math.Max(1, averageLength));
        var weight = TitleWeight * counts.Title + TagsWeight * counts.Tags + HeadingsWeight * counts.Headings + body;
        return weight / (weight + HalfSaturated);
    }
}
