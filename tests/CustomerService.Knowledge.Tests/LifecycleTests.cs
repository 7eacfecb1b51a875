using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Knowledge.Tests;

/// <summary>Drafts, publishing and expiry.</summary>
public sealed class LifecycleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public LifecycleTests() => Write("hats", "title: Storing hats", "Hats rest on a stand.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Draft_IsFoundByNobody_AndListedForItsOwner()
    {
        Write("scarves", "title: Knitting scarves\nstatus: draft", "Scarves are knitted.");
        var index = KnowledgeIndex.Open(_folder.Path, _time);

        Assert.Empty((await index.SearchAsync(new("knitting scarves", null, IncludeInternal: true))).Hits);
        Assert.Equal(1, index.ArticleCount);
        Assert.True(Assert.Single(index.Articles, article => article.Id == "scarves").IsDraft);
    }

    [Fact]
    public async Task ScheduledArticle_AppearsAndGoesAtItsMinute_WithoutAnEdit()
    {
        Write("sale", "title: Winter sale\npublish_at: 2026-03-02T11:00+01:00\nexpire_at: 2026-03-02T12:00Z", "The winter sale is on.");
        var index = KnowledgeIndex.Open(_folder.Path, _time);
        using var watcher = new KnowledgeWatcher(index, _folder.Path, _time, NullLogger<KnowledgeWatcher>.Instance);

        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty((await index.SearchAsync(new("winter sale", null))).Hits);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("sale", Assert.Single((await index.SearchAsync(new("winter sale", null))).Hits).Article.Id);

        _time.Advance(TimeSpan.FromHours(2));
        Assert.Empty((await index.SearchAsync(new("winter sale", null))).Hits);
        Assert.NotEmpty((await index.SearchAsync(new("storing hats", null))).Hits);
    }

    [Fact]
    public void ChangeOfTheText_ChangesTheHash_AndTheVersionIsTheWritersOwn()
    {
        var first = ArticleFile.Parse("hats.md", "---\ntitle: Hats\nversion: 3\n---\nOn a stand.");
        var second = ArticleFile.Parse("hats.md", "---\ntitle: Hats\nversion: 3\n---\nIn a box.");
        var tagged = ArticleFile.Parse("hats.md", "---\ntitle: Hats\ntags: [cap]\n---\nOn a stand.");

        Assert.NotEqual(first.Hash, second.Hash);
        Assert.Equal(first.Hash, tagged.Hash);
        Assert.Matches("^[0-9a-f]{12}$", first.Hash);
        Assert.Equal("article:hats@3", first.SourceId.ToString());
        Assert.Equal(1, tagged.Version);
    }

    [Theory]
    [InlineData("status: hidden", ":3: 'status' is 'hidden'; write draft or published.")]
    [InlineData("version: 0", ":3: 'version' is '0'; write a whole number from 1.")]
    [InlineData("publish_at: 2026-03-02T09:00", ":3: 'publish_at' is '2026-03-02T09:00'; write a time with its offset")]
    [InlineData("expire_at: tomorrow", ":3: 'expire_at' is 'tomorrow'; write a time with its offset")]
    [InlineData("publish_at: 2026-03-02\nexpire_at: 2026-03-02", ":4: 'expire_at' is not after 'publish_at'")]
    public void WrongLifecycle_IsRefusedWithLineAndFix(string front, string message)
    {
        var error = Assert.Throws<ArticleFormatException>(() => ArticleFile.Parse("a.md", $"---\ntitle: T\n{front}\n---\nText"));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("article:return-item@3", "return-item", "en", 3)]
    [InlineData("article:return-item/de@12", "return-item", "de", 12)]
    [InlineData("article:return-item", "return-item", "en", 1)]
    public void Source_IsReadBack(string text, string id, string language, int version)
    {
        Assert.True(ArticleSourceId.TryParse(text, out var source));
        Assert.Equal(new ArticleSourceId(id, language, version), source);
    }

    [Theory]
    [InlineData("order:#W1")]
    [InlineData("article:")]
    [InlineData("article:x@0")]
    [InlineData("article:x@many")]
    [InlineData("article:x/german@1")]
    public void OtherText_IsNoArticle(string text) => Assert.False(ArticleSourceId.TryParse(text, out _));

    private void Write(string name, string front, string body) => _folder.Write(name + ".md", $"---\n{front}\n---\n{body}\n");
}
