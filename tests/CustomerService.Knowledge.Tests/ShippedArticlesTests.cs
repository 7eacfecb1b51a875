using Xunit.Abstractions;

namespace CustomerService.Knowledge.Tests;

/// <summary>The product's own articles, asked in customers' words: this list holds the search's constants in place.</summary>
public sealed class ShippedArticlesTests(ITestOutputHelper output)
{
    private readonly KnowledgeIndex _index = ShippedArticles.Index;

    [Fact]
    public void Questions_FindTheirArticle()
    {
        var questions = ShippedArticles.Lines("on-topic.txt").Select(parts => new
        {
            Expected = parts[0],
            Intent = parts[1] == "-" ? null : parts[1],
            Text = parts[2],
        }).ToList();
        var first = 0;
        var confident = 0;
        foreach (var question in questions)
        {
            var result = _index.Search(new KnowledgeQuery(question.Text, question.Intent));
            var found = result.Hits.FirstOrDefault()?.Article.Id;
            first += found == question.Expected ? 1 : 0;
            confident += result.Confidence >= 0.4 ? 1 : 0;
            output.WriteLine($"{(found == question.Expected ? "  " : "X ")}{result.Confidence:0.00} {question.Intent ?? "-",-18} {question.Text} → {string.Join(", ", result.Hits.Take(3).Select(hit => $"{hit.Article.Id} {hit.Score:0.00}"))}");
        }
        output.WriteLine($"{first}/{questions.Count} first, {confident} confident");
        Assert.True(first >= 0.95 * questions.Count, $"only {first} of {questions.Count} questions found their article first");
        Assert.True(confident >= 0.95 * questions.Count, $"only {confident} of {questions.Count} were answered with confidence");
    }

    [Fact]
    public void OffTopicText_HasLowConfidence()
    {
        var questions = ShippedArticles.Lines("off-topic.txt").ToList();
        var unsure = 0;
        foreach (var parts in questions)
        {
            var result = _index.Search(new KnowledgeQuery(parts[1], parts[0] == "-" ? null : parts[0]));
            unsure += result.Confidence < 0.4 ? 1 : 0;
            output.WriteLine($"{(result.Confidence < 0.4 ? "  " : "X ")}{result.Confidence:0.00} {parts[1]} → {string.Join(", ", result.Hits.Take(3).Select(hit => $"{hit.Article.Id} {hit.Score:0.00}"))}");
        }
        Assert.True(unsure >= 0.95 * questions.Count, $"{questions.Count - unsure} of {questions.Count} off-topic texts were answered with confidence");
    }

    [Fact]
    public void Articles_AreWhole()
    {
        var articles = ArticleFolder.Read(ShippedArticles.Folder);

        Assert.True(articles.Length >= 30);
        Assert.True(articles.Count(article => article.Internal) >= 5);
        Assert.All(articles, article => Assert.NotNull(article.Updated));
        Assert.Contains(articles, article => article.Id == "return-item" && article.Steps.Length == 5);
    }

    [Fact]
    public void InternalArticles_AreFoundForAgentsOnly()
    {
        var forCustomer = _index.Search(new KnowledgeQuery("goodwill limits for a complaint", "complaint", Limit: 50));
        var forAgent = _index.Search(new KnowledgeQuery("goodwill limits for a complaint", "complaint", IncludeInternal: true, Limit: 50));

        Assert.DoesNotContain(forCustomer.Hits, hit => hit.Article.Internal);
        Assert.Contains(forAgent.Hits, hit => hit.Article.Internal && hit.Article.Id == "complaint-handling");
    }
}
