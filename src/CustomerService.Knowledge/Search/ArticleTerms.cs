namespace CustomerService.Knowledge;

/// <summary>How often a term stands in each part of an article.</summary>
internal readonly record struct TermCounts(int Title, int Tags, int Headings, int Body);

/// <summary>An article as its terms: what any index of it is made from.</summary>
/// <param name="Counts">By <see cref="Term.Key"/>.</param>
/// <param name="Length">Terms in its body.</param>
internal sealed record ArticleTerms(IReadOnlyDictionary<string, TermCounts> Counts, int Length)
{
    internal static ArticleTerms Of(Article article)
    {
        var counts = new Dictionary<string, TermCounts>(StringComparer.Ordinal);
        var length = 0;
        Add(article.Title, count => count with { Title = count.Title + 1 });
        foreach (var tag in article.Tags)
            Add(tag, count => count with { Tags = count.Tags + 1 });
        // Intents are named in English, whatever the article's language.
        if (article.Language == "en")
        {
            foreach (var intent in article.Intents)
                Add(intent.Replace('_', ' '), count => count with { Tags = count.Tags + 1 });
        }
        foreach (var section in article.Sections)
        {
            if (section.Heading is { } heading)
                Add(heading, count => count with { Headings = count.Headings + 1 });
            length += Add(section.Body, count => count with { Body = count.Body + 1 });
        }
        return new ArticleTerms(counts, length);

        int Add(string text, Func<TermCounts, TermCounts> more)
        {
            var terms = 0;
            foreach (var term in TextTerms.Of(text, article.Language))
            {
                counts[term.Key] = more(counts.GetValueOrDefault(term.Key));
                terms++;
            }
            return terms;
        }
    }
}
