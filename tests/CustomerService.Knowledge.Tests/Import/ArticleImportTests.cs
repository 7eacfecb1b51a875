namespace CustomerService.Knowledge.Tests.Import;

public sealed class ArticleImportTests : IDisposable
{
    private readonly TemporaryFolder _source = new();
    private readonly TemporaryFolder _articles = new();

    public void Dispose()
    {
        _source.Dispose();
        _articles.Dispose();
    }

    [Fact]
    public void MarkdownWithForeignFrontMatter_KeepsWhatOursKnow()
    {
        _source.Write("Gift Wrapping.md", "---\nlayout: page\ntitle: \"Wrapping: how?\"\ncategories: gifts, wrapping\ndraft: true\nlastmod: 2026-02-03T04:05:06Z\nlang: en-GB\n---\n# Wrapping\n\nWe wrap it.\n");

        var report = Import();

        var article = ArticleFile.Read(Assert.Single(report.Added));
        Assert.Equal(("gift-wrapping", "Wrapping: how?", "en", true), (article.Id, article.Title, article.Language, article.IsDraft));
        Assert.Equal(["gifts", "wrapping"], article.Tags.ToArray());
        Assert.Equal(new DateOnly(2026, 2, 3), article.Updated);
        Assert.Equal("We wrap it.", article.PlainText);
    }

    [Fact]
    public void MarkdownWithoutFrontMatter_IsTitledByItsHeading_OrItsFile()
    {
        _source.Write("a.md", "# Opening *hours*\n\nFrom nine.");
        _source.Write("lost-keys.md", "Ask at the desk.");

        Assert.Equal(2, Import().Added.Length);

        Assert.Equal("Opening *hours*", Read("a").Title);
        Assert.Equal("lost keys", Read("lost-keys").Title);
    }

    [Fact]
    public void Html_KeepsHeadingsListsTablesAndLinks_AndDropsThePageAroundIt()
    {
        _source.Write("returns.html", """
            <!doctype html><html lang="de"><head><title>Shop</title><style>p{}</style></head><body>
            <nav><a href="/">Start</a></nav><header>Menü</header>
            <main><h1>Artikel zurückgeben</h1><p>Innerhalb von <b>30 Tagen</b>. Siehe <a href="https://shop.example/r?a=1">hier</a>.</p>
            <h2>So geht es</h2><ol><li>Konto öffnen<ul><li>Bestellungen</li></ul></li><li>Etikett drucken</li></ol>
            <table><tr><th>Weg</th><th>Preis</th></tr><tr><td>Post</td><td>0 | 1 €</td></tr></table>
            <script>alert('x')</script><!-- kein Text --></main><footer>© Shop</footer></body></html>
            """);

        Assert.Empty(Import().Problems);
        var article = ArticleFile.Read(Path.Combine(_articles.Path, "de", "returns.md"));

        Assert.Equal(("Artikel zurückgeben", "de"), (article.Title, article.Language));
        Assert.Contains("Innerhalb von **30 Tagen**. Siehe [hier](https://shop.example/r?a=1).", article.Body, StringComparison.Ordinal);
        Assert.Equal("So geht es", article.Sections[1].Heading);
        Assert.Equal(2, article.Steps.Length);
        Assert.Contains("Bestellungen", article.Steps[0], StringComparison.Ordinal);
        Assert.Contains("Post · 0 | 1 €", article.PlainText, StringComparison.Ordinal);
        Assert.All(new[] { "alert", "Menü", "©", "Start", "kein Text" }, stranger => Assert.DoesNotContain(stranger, article.PlainText, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<a href=\"javascript:alert(1)\">click</a>", "click")]
    [InlineData("<img src=x onerror=alert(1)>text<svg onload=alert(1)><text>drawn</text></svg>", "text")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>")]
    [InlineData("<p>[x](javascript:alert(1)) # no heading</p>", "[x](javascript:alert(1)) # no heading")]
    [InlineData("<p>open<b>closed", "openclosed")]
    public void HostileHtml_IsOnlyText(string html, string text)
    {
        _source.Write("evil.html", $"<title>T</title><body>{html}</body>");

        Import();
        var article = Read("evil");

        Assert.Equal(text, article.PlainText);
        Assert.DoesNotContain("](javascript", article.Body.Replace("\\[x\\](", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("<", article.Body.Replace("\\<", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void EndlessNesting_ExhaustsNothing()
    {
        _source.Write("deep.html", "<title>Deep</title><body>" + string.Concat(Enumerable.Repeat("<div><b>", 5_000)) + "bottom");

        Import();

        Assert.Contains("bottom", Read("deep").PlainText, StringComparison.Ordinal);
    }

    [Fact]
    public void HelpCenterExport_BringsArticles_AndNamesWhatItSkips()
    {
        _source.Write("export.json", """
            {"articles": [
              {"id": 3601, "title": "Track a parcel", "body": "<p>Open <b>Orders</b>.</p>", "locale": "en-us", "section_id": 7, "draft": false, "promoted": true, "label_names": ["tracking", "parcel"], "updated_at": "2026-01-05T10:00:00Z"},
              {"id": 3602, "title": "Suivre un colis", "body": "<p>Ouvrez Commandes.</p>", "locale": "fr", "section_id": 7, "draft": true},
              {"id": 3603, "title": "For staff", "body": "<p>Secret.</p>", "locale": "en-us", "user_segment_id": 12},
              {"id": 3604, "body": "<p>No title.</p>"},
              {"id": 3605, "title": "Empty", "body": "<script>x</script>"},
              "what"],
             "sections": [{"id": 7, "name": "Delivery", "category_id": 1}], "categories": [{"id": 1, "name": "Orders"}]}
            """);

        var report = Import();

        Assert.Equal(3, report.Added.Length);
        var article = Read("article-3601");
        Assert.Equal(("Track a parcel", "en", false, new DateOnly(2026, 1, 5)), (article.Title, article.Language, article.Internal, article.Updated!.Value));
        Assert.Equal(["tracking", "parcel", "Delivery", "Orders"], article.Tags.ToArray());
        Assert.True(ArticleFile.Read(Path.Combine(_articles.Path, "fr", "article-3602.md")).IsDraft);
        Assert.True(Read("article-3603").Internal);
        Assert.Equal(3, report.Problems.Length);
        Assert.Contains("export.json: articles[3] (id 3604): it has no \"title\".", report.Problems[0], StringComparison.Ordinal);
        Assert.Contains("articles[4] (id 3605, \"Empty\"): its \"body\" has no text.", report.Problems[1], StringComparison.Ordinal);
        Assert.Contains("articles[5]: it is no object.", report.Problems[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Again_ChangesNothing_AChangedSourceChangesItsArticle_AndAnEditHereIsLeft()
    {
        _source.Write("one.md", "# One\n\nFirst.");
        _source.Write("two.md", "# Two\n\nSecond.");
        Import();

        Assert.Equal((0, 0, 2, 0), Counts(Import()));

        _source.Write("one.md", "# One\n\nFirst, changed.");
        Assert.Equal((0, 1, 1, 0), Counts(Import()));

        File.AppendAllText(Path.Combine(_articles.Path, "two.md"), "Our own line.\n");
        _source.Write("two.md", "# Two\n\nSecond, changed.");
        Assert.Equal((0, 0, 1, 1), Counts(Import()));
        Assert.Contains("Our own line.", Read("two").Body, StringComparison.Ordinal);

        Assert.Equal((0, 1, 1, 0), Counts(Import(overwrite: true)));
        Assert.Equal("Second, changed.", Read("two").Body);
    }

    [Fact]
    public void ArticleOfOurOwn_IsNeverWrittenOverByAnImport()
    {
        _articles.Write("one.md", "---\ntitle: Ours\n---\nOurs.");
        _source.Write("one.md", "# One\n\nTheirs.");

        Assert.Equal((0, 0, 0, 1), Counts(Import()));
        Assert.Equal("Ours", Read("one").Title);
    }

    [Fact]
    public void BadFiles_AreNamed_AndTheGoodOnesTaken()
    {
        _source.Write("good.md", "# Good\n\nText.");
        _source.Write("empty.md", "# Only a title");
        _source.Write("yaml.md", "---\ntitle: [\n---\nText");
        _source.Write("broken.json", "{\"articles\": [\n  {");
        _source.Write("other.json", "[]");
        _source.Write("page.html", "<nav>menu</nav>");
        File.WriteAllBytes(_source.Write("latin.md", ""), [.. "# A\n\n"u8, 0xE9]);
        _source.Write("sub/good.md", "# Good again\n\nText.");

        var report = Import();

        Assert.Single(report.Added);
        Assert.Equal(7, report.Problems.Length);
        Assert.Contains(report.Problems, problem => problem.Contains("broken.json:2:", StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.Contains("yaml.md:", StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.Contains("latin.md: the file is not UTF-8", StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.Contains("the id 'good' (en) is already that of", StringComparison.Ordinal));
    }

    [Fact]
    public void TitlesThatLookLikeMarkup_StayTitles()
    {
        _source.Write("odd.md", "---\ntitle: 'He said: \"#1\" \\ [x]'\ntags: ['a: b', '- c', 'yes']\n---\nText");

        Import();

        Assert.Equal("He said: \"#1\" \\ [x]", Read("odd").Title);
        Assert.Equal(["a: b", "- c", "yes"], Read("odd").Tags.ToArray());
    }

    private ImportReport Import(bool overwrite = false) => new ArticleImport(_articles.Path, "en").Run(_source.Path, overwrite);

    private Article Read(string id) => ArticleFile.Read(Path.Combine(_articles.Path, id + ".md"));

    private static (int Added, int Changed, int Unchanged, int Left) Counts(ImportReport report) =>
        (report.Added.Length, report.Changed.Length, report.Unchanged.Length, report.Left.Length);
}
