using System.Collections.Immutable;
using CustomerService.Knowledge;

namespace CustomerService.Assistants.Responses;

/// <summary>A public article as a source of answers.</summary>
/// <param name="Passage">What speaks most about the question.</param>
/// <param name="Score">0…1.</param>
/// <param name="Article">The whole article, where this run's search found it.</param>
internal sealed record ArticleSource(string Id, string Title, string Passage, double Score, ImmutableArray<string> Intents, Article? Article = null)
{
    private const int LongestText = 4_000;

    /// <summary>As an answer names it, with the version that it rests on where the article is at hand.</summary>
    public string SourceId => Article?.SourceId.ToString() ?? ArticleSourceId.Prefix + Id;

    /// <summary>What a customer is told: the article's opening says what holds in general, the section that fits best says how.</summary>
    public string Answer
    {
        get
        {
            if (Article is not { Sections: [var opening, var next, ..] })
                return Passage;
            return opening.Text + "\n\n" + (Passage == opening.Text ? next.Text : Passage);
        }
    }

    /// <summary>All that the article says, for a model to write from.</summary>
    public string Text
    {
        get
        {
            var text = Article?.PlainText ?? Passage;
            return text.Length <= LongestText ? text : text[..LongestText];
        }
    }

    public static ArticleSource Of(KnowledgeHit hit) =>
        new(hit.Article.Id, hit.Article.Title, hit.Passage, hit.Score, hit.Article.Intents, hit.Article);
}
