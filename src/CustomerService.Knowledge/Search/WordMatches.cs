namespace CustomerService.Knowledge;

/// <summary>Where one word occurs, as FTS5 sees it (stemmed, folded), and how much it says.</summary>
/// <param name="Weight">Inverse document frequency: a word in few articles says more than one in most.</param>
/// <param name="Articles">Articles with the word, and how full of it each is, 0…1 (BM25's saturation).</param>
/// <param name="Sections">The same for the sections.</param>
internal sealed record WordMatches(double Weight, WordMatch[] Articles, WordMatch[] Sections)
{
    internal bool Known => Articles.Length > 0;
}

/// <param name="Row">Index of the article or section.</param>
/// <param name="Saturation">0…1.</param>
internal readonly record struct WordMatch(int Row, double Saturation);
