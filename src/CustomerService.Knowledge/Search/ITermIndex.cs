namespace CustomerService.Knowledge;

/// <summary>Where the articles' terms are kept: in memory, or in a database.</summary>
internal interface ITermIndex
{
    /// <summary>In which articles each term stands.</summary>
    /// <param name="language">Only articles in it.</param>
    /// <param name="terms">By <see cref="Term.Key"/>, distinct.</param>
    /// <returns>One for each of <paramref name="terms"/>, in their order.</returns>
    ValueTask<IReadOnlyList<TermMatches>> FindAsync(string language, IReadOnlyList<string> terms, CancellationToken cancellation);
}

/// <param name="Weight">How much the term says; see <see cref="TermWeighting.OfTerm"/>.</param>
/// <param name="Articles">Those that have it.</param>
internal sealed record TermMatches(double Weight, TermMatch[] Articles)
{
    internal bool Known => Articles.Length > 0;
}

/// <param name="Row">The article's place in its language.</param>
/// <param name="Saturation">0…1.</param>
internal readonly record struct TermMatch(int Row, double Saturation);
