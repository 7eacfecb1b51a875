using CustomerService.AgentConsole.Administration;
using CustomerService.Knowledge;

namespace CustomerService.AgentConsole.Tests.Administration;

public sealed class ArticleShelfTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly ArticleRow Returns = Assert.Single(ArticleShelf.Rows(
    [
        Shelved("knowledge/shop/returns.md", "en", "version: 2"),
        Shelved("knowledge/de/shop/returns.md", "de", "version: 1"),
        Shelved("knowledge/fr/shop/returns.md", "fr", "version: 2\nstatus: draft"),
        Shelved("knowledge/es/shop/returns.md", "es", "version: 2\npublish_at: 2026-03-03T00:00:00Z"),
    ]));

    [Theory]
    [InlineData("en", ArticleStanding.Published)]
    [InlineData("de", ArticleStanding.Behind)]
    [InlineData("fr", ArticleStanding.Draft)]
    [InlineData("es", ArticleStanding.NotNow)]
    [InlineData("ja", ArticleStanding.Missing)]
    public void Each_language_shows_how_the_article_stands_in_it(string language, ArticleStanding standing) => Assert.Equal(standing, ArticleShelf.Standing(Returns, language, Now));

    [Theory]
    [InlineData("ja", "knowledge/ja/shop/returns.md")]
    [InlineData("en", "knowledge/shop/returns.md")]
    public void A_missing_language_has_its_place_beside_the_others(string language, string path) => Assert.Equal(path, ArticleShelf.PathIn(Returns, language));

    [Theory]
    [InlineData("Can I pay by cheque?", "en", "knowledge/can-i-pay-by-cheque.md")]
    [InlineData("../../etc", "de", "knowledge/de/etc.md")]
    [InlineData("返品", "ja", "knowledge/ja/article.md")]
    public void A_new_article_has_a_file_named_after_it(string title, string language, string path) => Assert.Equal(path, ArticleShelf.NewPath(title, language));

    [Fact]
    public void Turning_an_article_into_a_draft_and_back_changes_nothing_else()
    {
        const string Text = "---\ntitle: Returns\nlanguage: en\n---\nstatus: of your return\n";

        var draft = ArticleShelf.WithDraft(Text, isDraft: true);

        Assert.True(ArticleFile.Parse("returns.md", draft).IsDraft);
        Assert.Equal(Text, ArticleShelf.WithDraft(draft, isDraft: false));
    }

    [Fact]
    public void An_article_that_begins_with_customers_questions_has_none_of_them_in_its_text()
    {
        var text = NewTexts.Article("knowledge/de/x.md", "Wie \"zahle\" ich?", ["Kann ich --> bar zahlen?"]) + "\n\nHier steht die Antwort.";

        var article = ArticleFile.Parse("x.md", text);

        Assert.Equal(("Hier steht die Antwort.", "de", true, "Wie 'zahle' ich?"), (article.PlainText, article.Language, article.IsDraft, article.Title));
    }

    private static ShelvedArticle Shelved(string path, string language, string more) =>
        new(path, ArticleFile.Parse(path, $"---\ntitle: Returns\nlanguage: {language}\n{more}\n---\nText.\n"));
}
