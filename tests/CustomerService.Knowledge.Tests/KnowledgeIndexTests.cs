using System.Text;

namespace CustomerService.Knowledge.Tests;

public sealed class KnowledgeIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public KnowledgeIndexTests()
    {
        Write("shoes", "title: Cleaning shoes\nintents: [shoe_care]", "Use a soft brush.\n\n## Leather\n\nPolish it with wax.");
        Write("hats", "title: Storing hats", "Hats rest on a stand.");
        Write("secret", "title: Secret of shoes\ninternal: true", "Shoes are marked up twice.");
        Write("gold", "title: Golden laces\ntiers: [gold]", "Golden laces are free.");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Words_AreFoundInOtherForms()
    {
        var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Equal("shoes", await FirstAsync(index, "How do I clean a shoe?"));
        Assert.Equal("hats", await FirstAsync(index, "where to STORE my hat"));
        Assert.Null(await FirstAsync(index, "umbrella"));
    }

    [Fact]
    public async Task Passage_IsTheSectionThatSpeaksOfIt()
    {
        var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Equal("Leather\n\nPolish it with wax.", (await index.SearchAsync(new("leather shoes polish", null))).Hits[0].Passage);
        Assert.Equal("Use a soft brush.", (await index.SearchAsync(new("brush shoes", null))).Hits[0].Passage);
    }

    [Fact]
    public async Task Hit_NamesItsSentenceAndWhereItStands()
    {
        Write("boots", "title: Waterproof boots\nversion: 4", "Boots come in brown.\n\n## In the rain\n\nWalk slowly. Grease boots every 2.5 months against rain. Dry them after.");
        var index = KnowledgeIndex.Open(_folder.Path);

        var hit = (await index.SearchAsync(new("grease boots rain", null))).Hits[0];

        Assert.Equal("Grease boots every 2.5 months against rain.", hit.Sentence);
        Assert.Equal("In the rain", hit.Citation.Heading);
        Assert.Equal("article:boots@4", hit.Citation.Source.ToString());
        Assert.Equal(hit.Article.Hash, hit.Citation.Hash);
    }

    [Fact]
    public async Task Translation_IsPreferred_AndWhatWasNotTranslatedComesInEnglish()
    {
        Write("shoes-de", "title: Schuhe putzen\nlanguage: de\nid: shoes\nintents: [shoe_care]", "Eine weiche Bürste nehmen.");
        Write("paypal", "title: Paying by PayPal\nintents: [paypal]", "PayPal is accepted.");
        var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Equal("en", (await index.SearchAsync(new("paypal", "paypal", "de"))).Hits[0].Article.Language);
        Assert.All((await index.SearchAsync(new("cleaning shoes brush", null, "de"))).Hits, hit => Assert.NotEqual("shoes", hit.Article.Language == "en" ? hit.Article.Id : ""));
    }

    [Fact]
    public async Task InternalArticle_TakesNothingFromThePublicOnesConfidence()
    {
        Write("shoes-internal", "title: Cleaning shoes\ninternal: true\nintents: [shoe_care]", "Use a soft brush.");
        var index = KnowledgeIndex.Open(_folder.Path);

        var forCustomer = await index.SearchAsync(new("cleaning shoes", "shoe_care"));
        var forAgent = await index.SearchAsync(new("cleaning shoes", "shoe_care", IncludeInternal: true));

        Assert.Equal(forCustomer.Hits[0].Score, forAgent.Hits.First(hit => !hit.Article.Internal).Score, 0.02);
    }

    [Fact]
    public async Task Intent_FindsAnArticleWithoutASharedWord_AndAddsToOneWith()
    {
        var index = KnowledgeIndex.Open(_folder.Path);

        var alone = (await index.SearchAsync(new("mine look awful", "shoe_care")));
        var words = (await index.SearchAsync(new("cleaning shoes", null)));
        var both = (await index.SearchAsync(new("cleaning shoes", "shoe_care")));

        Assert.Equal("shoes", alone.Hits[0].Article.Id);
        Assert.True(both.Confidence > words.Confidence);
        Assert.True(both.Confidence > alone.Confidence);
        Assert.InRange(both.Confidence, 0, 1);
    }

    [Fact]
    public async Task InternalArticle_IsFoundOnlyWhenAskedFor()
    {
        var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Equal("shoes", await FirstAsync(index, "secret shoes"));
        var hit = (await index.SearchAsync(new("secret shoes", null, IncludeInternal: true))).Hits[0];
        Assert.Equal("secret", hit.Article.Id);
        Assert.True(hit.Article.Internal);
    }

    [Theory]
    [InlineData("gold", true)]
    [InlineData("Gold", true)]
    [InlineData("silver", false)]
    [InlineData(null, false)]
    public async Task ArticleForATier_IsFoundForThatTierOnly(string? tier, bool found)
    {
        var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Equal(found, (await index.SearchAsync(new("golden laces", null, CustomerTier: tier))).Hits.Any(hit => hit.Article.Id == "gold"));
    }

    [Fact]
    public async Task Language_ChoosesItsArticles_AndEnglishWhereThereAreNone()
    {
        Write("shoes-de", "title: Schuhe putzen\nlanguage: de\nid: shoes\nintents: [shoe_care]", "Eine weiche Bürste nehmen.");
        var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Equal("Schuhe putzen", (await index.SearchAsync(new("bürste", "shoe_care", "de"))).Hits[0].Article.Title);
        Assert.Equal("Cleaning shoes", (await index.SearchAsync(new("brosse", "shoe_care", "fr"))).Hits[0].Article.Title);
        Assert.Equal("Cleaning shoes", (await index.SearchAsync(new("brush", "shoe_care", "und"))).Hits[0].Article.Title);
    }

    [Fact]
    public async Task Limit_CutsTheHits()
    {
        var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Single((await index.SearchAsync(new("shoes hats", null, Limit: 1))).Hits);
        Assert.Empty((await index.SearchAsync(new("shoes hats", null, Limit: 0))).Hits);
    }

    [Theory]
    [InlineData("\"shoes\" NEAR(hats) AND body:* NOT ^-+ (")]
    [InlineData("shoes'; DROP TABLE articles; --")]
    [InlineData("shoes \0 \uD800 \u200B 😀 {{ inputs.secret }}")]
    public async Task SearchSyntaxInAMessage_IsOnlyWords(string text)
    {
        var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Contains((await index.SearchAsync(new(text, null))).Hits, hit => hit.Article.Id == "shoes");
    }

    [Fact]
    public async Task EndlessText_IsSearchedByItsBeginning()
    {
        var index = KnowledgeIndex.Open(_folder.Path);
        var text = new StringBuilder("hats ");
        while (text.Length < 100_000)
            text.Append("and then ");

        Assert.Equal("hats", await FirstAsync(index, text.ToString()));
        Assert.Empty((await index.SearchAsync(new("", null))).Hits);
    }

    [Fact]
    public async Task Reload_TakesTheNewArticles()
    {
        var index = KnowledgeIndex.Open(_folder.Path);
        Assert.Null(await FirstAsync(index, "umbrella"));

        Write("umbrellas", "title: Drying an umbrella", "Leave it open.");
        index.Reload(_folder.Path);

        Assert.Equal("umbrellas", await FirstAsync(index, "umbrella"));
        Assert.Equal(5, index.ArticleCount);
    }

    [Fact]
    public async Task ReloadWithBadArticles_NamesThemAll_AndKeepsTheFormerOnes()
    {
        var index = KnowledgeIndex.Open(_folder.Path);
        _folder.Write("bad-one.md", "no front matter");
        _folder.Write("below/bad-two.md", "---\ntitle: T\nwrong: x\n---\nText");
        _folder.Write("below/hats.md", "---\ntitle: More hats\n---\nText");
        File.WriteAllBytes(_folder.Write("latin.md", ""), [.. "---\ntitle: T\n---\n"u8, 0xE9]);

        var error = Assert.Throws<KnowledgeLoadException>(() => index.Reload(_folder.Path));

        Assert.Equal(4, error.Problems.Length);
        Assert.Contains(error.Problems, problem => problem.Contains("bad-one.md:1:", StringComparison.Ordinal));
        Assert.Contains(error.Problems, problem => problem.Contains("bad-two.md:3:", StringComparison.Ordinal));
        Assert.Contains(error.Problems, problem => problem.Contains("the id 'hats' (en) is already that of", StringComparison.Ordinal));
        Assert.Contains(error.Problems, problem => problem.Contains("latin.md:4: the file is not UTF-8", StringComparison.Ordinal));
        Assert.Equal("hats", await FirstAsync(index, "hats"));
        Assert.Equal(4, index.ArticleCount);
    }

    [Fact]
    public async Task MissingOrEmptyFolder_IsRefusedWithTheFix()
    {
        using var empty = new TemporaryFolder();
        empty.Write("README.md", "About this folder.");
        empty.Write("_draft.md", "Not yet.");

        Assert.Contains("add a file", Assert.Throws<KnowledgeLoadException>(() => KnowledgeIndex.Open(empty.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("no such folder", Assert.Throws<KnowledgeLoadException>(() => KnowledgeIndex.Open(empty.Path + "-not")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchesDuringReloads_AlwaysFind()
    {
        var index = KnowledgeIndex.Open(_folder.Path);
        using var stop = new CancellationTokenSource();
        var searches = Enumerable.Range(0, 4).Select(reader => Task.Run(async () =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested || count < 50; count++)
                Assert.Equal("hats", await FirstAsync(index, $"hats unheard{reader}of{count}"));
            return count;
        })).ToList();
        for (var reload = 0; reload < 30; reload++)
            index.Reload(_folder.Path);
        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(searches), count => Assert.True(count >= 50));
    }

    private static async Task<string?> FirstAsync(KnowledgeIndex index, string text) => (await index.SearchAsync(new(text, null))).Hits.FirstOrDefault()?.Article.Id;

    private void Write(string name, string front, string body) => _folder.Write(name + ".md", $"---\n{front}\n---\n{body}\n");
}
