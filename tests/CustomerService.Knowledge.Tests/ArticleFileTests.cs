namespace CustomerService.Knowledge.Tests;

public sealed class ArticleFileTests
{
    private const string Whole = """
        ---
        title: Return an item
        language: en
        internal: true
        intents: [return_item, exchange_item]
        tags:
          - send back
          - label
        tiers: [gold]
        updated: 2026-10-31
        ---
        You *can* return **it** within `30` days, see [the page](https://example.com/returns).

        ## How

        1. Open **Orders**.
        2. Choose
           the order.
           - nested
        3. Print &amp; send.

        - not a step

        | Way | Cost |
        |---|---|
        | Post | 4.90 |

        <script>alert(1)</script>
        """;

    [Fact]
    public void WholeArticle_IsRead()
    {
        var article = ArticleFile.Parse("articles/return-item.md", Whole);

        Assert.Equal("return-item", article.Id);
        Assert.Equal("Return an item", article.Title);
        Assert.Equal("en", article.Language);
        Assert.True(article.Internal);
        Assert.Equal(["return_item", "exchange_item"], article.Intents.AsEnumerable());
        Assert.Equal(["send back", "label"], article.Tags.AsEnumerable());
        Assert.Equal(["gold"], article.Tiers.AsEnumerable());
        Assert.Equal(new DateOnly(2026, 10, 31), article.Updated);
        Assert.Equal("articles/return-item.md", article.SourceFile);
        Assert.StartsWith("You *can*", article.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void PlainText_HasNoMarkup()
    {
        var article = ArticleFile.Parse("a.md", Whole);

        Assert.StartsWith("You can return it within 30 days, see the page (https://example.com/returns).", article.PlainText, StringComparison.Ordinal);
        Assert.Contains("1. Open Orders.\n2. Choose the order.", article.PlainText, StringComparison.Ordinal);
        Assert.Contains("Post · 4.90", article.PlainText, StringComparison.Ordinal);
        Assert.DoesNotContain("script", article.PlainText, StringComparison.Ordinal);
        Assert.DoesNotContain("**", article.PlainText, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_AreTheOrderedItems()
    {
        var article = ArticleFile.Parse("a.md", Whole);

        Assert.Equal(3, article.Steps.Length);
        Assert.Equal("Open Orders.", article.Steps[0]);
        Assert.Equal("Print & send.", article.Steps[2]);
    }

    [Fact]
    public void Sections_BeginAtHeadings()
    {
        var article = ArticleFile.Parse("a.md", Whole);

        Assert.Equal(2, article.Sections.Length);
        Assert.StartsWith("How\n\n1. Open Orders.", article.Sections[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WindowsLineEndsAndByteOrderMark_AreBorne()
    {
        var article = ArticleFile.Parse("a.md", "\uFEFF" + "---\ntitle: T\n---\nText.\n".ReplaceLineEndings("\r\n"));

        Assert.Equal("Text.", article.PlainText);
        Assert.False(article.Internal);
        Assert.Equal("en", article.Language);
    }

    [Theory]
    [InlineData("", 1, "begin the file with '---'")]
    [InlineData("Just text", 1, "begin the file with '---'")]
    [InlineData("---\ntitle: T\nText", 1, "close it with a line '---'")]
    [InlineData("---\n---\nText", 1, "'title' is missing")]
    [InlineData("---\ntitle:\n---\nText", 2, "'title' must be one line")]
    [InlineData("---\ntitle: T\n---\n\n", 4, "the article has no text")]
    [InlineData("---\ntitle: T\nintrenal: true\n---\nText", 3, "unknown key 'intrenal'; known are id, title")]
    [InlineData("---\ntitle: T\ninternal: yes\n---\nText", 3, "write true (agents only) or false")]
    [InlineData("---\ntitle: T\n\nlanguage: english\n---\nText", 4, "use a two-letter code")]
    [InlineData("---\ntitle: T\nintents: return_item\n---\nText", 3, "'intents' must be a list")]
    [InlineData("---\ntitle: T\nintents: [Return Item]\n---\nText", 3, "'intents' has 'Return Item'")]
    [InlineData("---\ntitle: T\nid: a b\n---\nText", 3, "'id' is 'a b'")]
    [InlineData("---\ntitle: T\nupdated: 31.10.2026\n---\nText", 3, "write a day as 2026-01-31")]
    [InlineData("---\ntitle: T\ntags: [a, [b]]\n---\nText", 3, "'tags' must be a list of words")]
    [InlineData("---\ntitle: T\ntags: [a\n---\nText", 4, "not valid YAML")]
    [InlineData("---\ntitle: T\ntitle: U\n---\nText", 3, "not valid YAML")]
    [InlineData("---\n- title\n---\nText", 2, "must be lines of 'key: value'")]
    public void BadArticle_IsNamedByLineWithTheFix(string text, int line, string fix)
    {
        var error = Assert.Throws<ArticleFormatException>(() => ArticleFile.Parse("bad.md", text));

        Assert.Equal(line, error.Line);
        Assert.StartsWith($"bad.md:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Message, StringComparison.Ordinal);
    }
}
