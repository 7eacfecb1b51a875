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
    public void Words_AreFoundInOtherForms()
    {
        using var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Equal("shoes", First(index, "How do I clean a shoe?"));
        Assert.Equal("hats", First(index, "where to STORE my hat"));
        Assert.Null(First(index, "umbrella"));
    }

    [Fact]
    public void Passage_IsTheSectionThatSpeaksOfIt()
    {
        using var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Equal("Leather\n\nPolish it with wax.", index.Search(new("leather shoes polish", null)).Hits[0].Passage);
        Assert.Equal("Use a soft brush.", index.Search(new("brush shoes", null)).Hits[0].Passage);
    }

    [Fact]
    public void Intent_FindsAnArticleWithoutASharedWord_AndAddsToOneWith()
    {
        using var index = KnowledgeIndex.Open(_folder.Path);

        var alone = index.Search(new("mine look awful", "shoe_care"));
        var words = index.Search(new("cleaning shoes", null));
        var both = index.Search(new("cleaning shoes", "shoe_care"));

        Assert.Equal("shoes", alone.Hits[0].Article.Id);
        Assert.True(both.Confidence > words.Confidence);
        Assert.True(both.Confidence > alone.Confidence);
        Assert.InRange(both.Confidence, 0, 1);
    }

    [Fact]
    public void InternalArticle_IsFoundOnlyWhenAskedFor()
    {
        using var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Equal("shoes", First(index, "secret shoes"));
        var hit = index.Search(new("secret shoes", null, IncludeInternal: true)).Hits[0];
        Assert.Equal("secret", hit.Article.Id);
        Assert.True(hit.Article.Internal);
    }

    [Theory]
    [InlineData("gold", true)]
    [InlineData("Gold", true)]
    [InlineData("silver", false)]
    [InlineData(null, false)]
    public void ArticleForATier_IsFoundForThatTierOnly(string? tier, bool found)
    {
        using var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Equal(found, index.Search(new("golden laces", null, CustomerTier: tier)).Hits.Any(hit => hit.Article.Id == "gold"));
    }

    [Fact]
    public void Language_ChoosesItsArticles_AndEnglishWhereThereAreNone()
    {
        Write("shoes-de", "title: Schuhe putzen\nlanguage: de\nid: shoes\nintents: [shoe_care]", "Eine weiche Bürste nehmen.");
        using var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Equal("Schuhe putzen", index.Search(new("bürste", "shoe_care", "de")).Hits[0].Article.Title);
        Assert.Equal("Cleaning shoes", index.Search(new("brosse", "shoe_care", "fr")).Hits[0].Article.Title);
        Assert.Equal("Cleaning shoes", index.Search(new("brush", "shoe_care", "und")).Hits[0].Article.Title);
    }

    [Fact]
    public void Limit_CutsTheHits()
    {
        using var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Single(index.Search(new("shoes hats", null, Limit: 1)).Hits);
        Assert.Empty(index.Search(new("shoes hats", null, Limit: 0)).Hits);
    }

    [Theory]
    [InlineData("\"shoes\" NEAR(hats) AND body:* NOT ^-+ (")]
    [InlineData("shoes'; DROP TABLE articles; --")]
    [InlineData("shoes \0 \uD800 \u200B 😀 {{ inputs.secret }}")]
    public void SearchSyntaxInAMessage_IsOnlyWords(string text)
    {
        using var index = KnowledgeIndex.Open(_folder.Path);

        Assert.Contains(index.Search(new(text, null)).Hits, hit => hit.Article.Id == "shoes");
    }

    [Fact]
    public void EndlessText_IsSearchedByItsBeginning()
    {
        using var index = KnowledgeIndex.Open(_folder.Path);
        var text = new StringBuilder("hats ");
        while (text.Length < 100_000)
            text.Append("and then ");

        Assert.Equal("hats", First(index, text.ToString()));
        Assert.Empty(index.Search(new("", null)).Hits);
    }

    [Fact]
    public void Reload_TakesTheNewArticles()
    {
        using var index = KnowledgeIndex.Open(_folder.Path);
        Assert.Null(First(index, "umbrella"));

        Write("umbrellas", "title: Drying an umbrella", "Leave it open.");
        index.Reload(_folder.Path);

        Assert.Equal("umbrellas", First(index, "umbrella"));
        Assert.Equal(5, index.ArticleCount);
    }

    [Fact]
    public void ReloadWithBadArticles_NamesThemAll_AndKeepsTheFormerOnes()
    {
        using var index = KnowledgeIndex.Open(_folder.Path);
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
        Assert.Equal("hats", First(index, "hats"));
        Assert.Equal(4, index.ArticleCount);
    }

    [Fact]
    public void MissingOrEmptyFolder_IsRefusedWithTheFix()
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
        using var index = KnowledgeIndex.Open(_folder.Path);
        using var stop = new CancellationTokenSource();
        var searches = Enumerable.Range(0, 4).Select(reader => Task.Run(() =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested || count < 50; count++)
                Assert.Equal("hats", First(index, $"hats unheard{reader}of{count}"));
            return count;
        })).ToList();
        for (var reload = 0; reload < 30; reload++)
            index.Reload(_folder.Path);
        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(searches), count => Assert.True(count >= 50));
    }

    private static string? First(KnowledgeIndex index, string text) => index.Search(new(text, null)).Hits.FirstOrDefault()?.Article.Id;

    private void Write(string name, string front, string body) => _folder.Write(name + ".md", $"---\n{front}\n---\n{body}\n");
}
