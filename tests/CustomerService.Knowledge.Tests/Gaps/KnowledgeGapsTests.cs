namespace CustomerService.Knowledge.Tests.Gaps;

public sealed class KnowledgeGapsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly UnansweredQuestion[] Questions =
    [
        Ask("Do you offer gift wrapping?", "product_question"),
        Ask("can you wrap it as a gift for my mother"),
        Ask("is gift wrapping possible, and what does the wrapping cost", "product_question"),
        Ask("gift wrap please"),
        Ask("Can I pick up my order in the Berlin store?"),
        Ask("pick up in store instead of delivery", "change_address"),
        Ask("is there a store where I can pick up"),
        Ask("what is the meaning of life"),
        Ask("Verpacken Sie auch als Geschenk?", language: "de"),
        Ask("Kann man das als Geschenk verpacken lassen", language: "de"),
        Ask("ギフト包装はできますか", language: "ja"),
        Ask("プレゼント用のギフト包装をお願いします", language: "ja"),
    ];

    [Fact]
    public void Questions_AreGroupedByWhatTheyAsk_BiggestFirst()
    {
        var gaps = KnowledgeGaps.Group(Questions);

        Assert.Equal([4, 3, 2, 2, 1], gaps.Select(gap => gap.Size));
        Assert.All(gaps[0].Examples, example => Assert.Contains("wrap", example, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("product_question", gaps[0].Intent);
        Assert.All(gaps[1].Examples, example => Assert.Contains("store", example, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["de", "ja"], gaps.Where(gap => gap.Size == 2).Select(gap => gap.Language));
        Assert.Equal(gaps[0].Title, gaps[0].Examples[0]);
        Assert.Equal(4, gaps[0].Conversations);
    }

    [Fact]
    public void Order_DoesNotMatter()
    {
        var gaps = KnowledgeGaps.Group(Questions);

        Assert.Equal(gaps.Select(Text), KnowledgeGaps.Group(Questions.Reverse()).Select(Text));
        static string Text(KnowledgeGap gap) => $"{gap.Size} {gap.Title} {string.Join('/', gap.Examples)} {gap.Intent}";
    }

    [Fact]
    public void TheSameQuestionAgain_CountsButIsShownOnce()
    {
        var gap = Assert.Single(KnowledgeGaps.Group([Questions[0], Questions[0] with { ConversationId = "other", At = Start.AddDays(2) }]));

        Assert.Equal((2, 2, 1), (gap.Size, gap.Conversations, gap.Examples.Length));
        Assert.Equal((Questions[0].At, Start.AddDays(2)), (gap.First, gap.Last));
    }

    [Theory]
    [InlineData("")]
    [InlineData("??? 😀")]
    public void TextWithoutWords_IsAGroupOfItsOwn(string text) => Assert.Equal(2, KnowledgeGaps.Group([Ask(text), Questions[0]]).Length);

    private static UnansweredQuestion Ask(string text, string? intent = null, string language = "en") => new(text, language, intent, null, "c-" + text, Start.AddMinutes(text.Length));
}
