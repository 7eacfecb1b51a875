using System.Collections.Immutable;
using CustomerService.Knowledge;

namespace CustomerService.Assistants.Responses;

/// <summary>A public article as a source of answers.</summary>
/// <param name="Answer">What a customer is told: the article's opening, and the section that speaks most about the question.</param>
/// <param name="Text">All that the article says, for a model to write from.</param>
/// <param name="Score">0…1.</param>
internal sealed record ArticleSource(string Id, string Title, string Answer, string Text, double Score, ImmutableArray<string> Intents)
{
    private const int LongestText = 4_000;

    /// <summary>From an article that was found.</summary>
    public static ArticleSource Of(KnowledgeHit hit)
    {
        var article = hit.Article;
        var text = article.PlainText.Length <= LongestText ? article.PlainText : article.PlainText[..LongestText];
        return new(article.Id, article.Title, AnswerOf(article, hit.Passage), text, hit.Score, article.Intents);
    }

    // The opening says what holds in general; where it is itself what fits best, the next section says how.
    private static string AnswerOf(Article article, string passage)
    {
        if (article.Sections.Length < 2)
            return passage;
        var opening = article.Sections[0];
        var section = passage == opening ? article.Sections[1] : passage;
        return opening + "\n\n" + section;
    }
}
