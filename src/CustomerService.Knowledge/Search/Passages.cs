using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>An article's sections and their sentences, each with its terms: where in the article the answer stands.</summary>
internal sealed class Passages
{
    private static readonly char[] SentenceEnds = ['.', '!', '?', '。', '！', '？', '\n'];

    private readonly ImmutableArray<Part> _sections;

    internal Passages(Article article) =>
        _sections = [.. article.Sections.Select(section => new Part(section, Keys(section.Text, article.Language), [.. Sentences(section.Body).Select(text => (text, Keys(text, article.Language)))]))];

    /// <summary>The section that speaks most about the question, and its most telling sentence.</summary>
    /// <param name="weight">By <see cref="Term.Key"/>: how much each term of the question says.</param>
    internal (ArticleSection Section, string Sentence) Best(IReadOnlyDictionary<string, double> weight)
    {
        // The first one where none is better: it says what holds in general.
        var best = _sections.MaxBy(section => Evidence(section.Terms, weight))!;
        return (best.Section, best.Sentences.IsEmpty ? best.Section.Text : best.Sentences.MaxBy(sentence => Evidence(sentence.Terms, weight)).Text);
    }

    private static double Evidence(ImmutableHashSet<string> terms, IReadOnlyDictionary<string, double> weight)
    {
        var evidence = 0.0;
        foreach (var (term, says) in weight)
            evidence += terms.Contains(term) ? says : 0;
        return evidence;
    }

    private static ImmutableHashSet<string> Keys(string text, string language) => [.. TextTerms.Of(text, language).Select(term => term.Key)];

    private static IEnumerable<string> Sentences(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOfAny(SentenceEnds, start);
            // A point inside a number or an address ends nothing.
            while (end >= 0 && text[end] == '.' && end + 1 < text.Length && !char.IsWhiteSpace(text[end + 1]))
                end = text.IndexOfAny(SentenceEnds, end + 1);
            end = end < 0 ? text.Length : end + 1;
            var sentence = text[start..end].Trim();
            // "1." is the number of a step, not a sentence.
            if (sentence.Any(char.IsLetter))
                yield return sentence;
            start = end;
        }
    }

    private sealed record Part(ArticleSection Section, ImmutableHashSet<string> Terms, ImmutableArray<(string Text, ImmutableHashSet<string> Terms)> Sentences);
}
