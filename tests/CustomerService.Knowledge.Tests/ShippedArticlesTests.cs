namespace CustomerService.Knowledge.Tests;

/// <summary>The product's own articles.</summary>
public sealed class ShippedArticlesTests
{
    private readonly KnowledgeIndex _index = ShippedArticles.Index;

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
    public async Task InternalArticles_AreFoundForAgentsOnly()
    {
        var forCustomer = await _index.SearchAsync(new KnowledgeQuery("goodwill limits for a complaint", "complaint", Limit: 50));
        var forAgent = await _index.SearchAsync(new KnowledgeQuery("goodwill limits for a complaint", "complaint", IncludeInternal: true, Limit: 50));

        Assert.DoesNotContain(forCustomer.Hits, hit => hit.Article.Internal);
        Assert.Contains(forAgent.Hits, hit => hit.Article.Internal && hit.Article.Id == "complaint-handling");
    }
}
