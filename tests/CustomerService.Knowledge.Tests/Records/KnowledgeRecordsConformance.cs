namespace CustomerService.Knowledge.Tests.Records;

/// <summary>What votes and former texts must do, wherever they are kept.</summary>
internal static class KnowledgeRecordsConformance
{
    public static async Task Votes_AreCountedByArticleAndLanguage_OnceForEachConversation(Func<TimeProvider, KnowledgeRecords> open)
    {
        var records = open(TimeProvider.System);
        await records.RecordAsync("hats", "en", helped: true, "c-1");
        await records.RecordAsync("hats", "en", helped: true, "c-1");
        await records.RecordAsync("hats", "en", helped: false, "c-2");
        await records.RecordAsync("hats", "de", helped: false, "c-1");
        await records.RecordAsync("hats", "en", helped: false, "c-3");
        await records.RecordAsync("hats", "en", helped: true, "c-3");

        var counts = await open(TimeProvider.System).CountAsync();

        Assert.Equal(new FeedbackCount(2, 1), counts[("hats", "en")]);
        Assert.Equal(new FeedbackCount(0, 1), counts[("hats", "de")]);
    }

    public static async Task Resolution_CountsAQuarter_AndNothingWhereSomebodyVoted(Func<TimeProvider, KnowledgeRecords> open)
    {
        var records = open(TimeProvider.System);
        await records.RecordAsync("hats", "en", helped: false, "c-1");
        await records.RecordResolutionAsync("c-1", ["article:hats@1", "order:#W1"], byAssistant: true);
        await records.RecordResolutionAsync("c-2", ["article:hats@1", "article:coats/de@2"], byAssistant: true);
        await records.RecordResolutionAsync("c-3", ["article:hats@1"], byAssistant: false);

        var counts = await records.CountAsync();

        Assert.Equal(new FeedbackCount(0.25, 1.25), counts[("hats", "en")]);
        Assert.Equal(new FeedbackCount(0.25, 0), counts[("coats", "de")]);

        await records.RecordAsync("coats", "de", helped: false, "c-2");
        Assert.Equal(new FeedbackCount(0, 1), (await records.CountAsync())[("coats", "de")]);
    }

    public static async Task Texts_AreKeptOnce_AndFoundOldestFirst(Func<TimeProvider, KnowledgeRecords> open)
    {
        var time = new ManualTimeProvider();
        var records = open(time);
        var first = Article("On a stand.");
        await records.KeepAsync([first]);
        time.Advance(TimeSpan.FromHours(1));
        await records.KeepAsync([first, Article("In a box.")]);
        await records.KeepAsync([Article("In a bag.", version: 2)]);

        var texts = await open(time).FindAsync("hats", "en");

        Assert.Equal(["On a stand.", "In a box.", "In a bag."], texts.Select(text => text.Body));
        Assert.Equal([1, 1, 2], texts.Select(text => text.Source.Version));
        Assert.Equal(time.GetUtcNow() - TimeSpan.FromHours(1), texts[0].FirstSeen);
        Assert.Equal(first.Hash, texts[0].Hash);
        Assert.Empty(await records.FindAsync("hats", "de"));
    }

    private static Article Article(string body, int version = 1) => ArticleFile.Parse("hats.md", $"---\ntitle: Hats\nversion: {version}\n---\n{body}");
}
