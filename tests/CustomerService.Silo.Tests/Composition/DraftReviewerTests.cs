using CustomerService.Assistants.Quality;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Conversations;
using CustomerService.Knowledge;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Tests.Composition;

public sealed class DraftReviewerTests
{
    private static readonly string Content = Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content");
    private static readonly QualityRules Rules = QualityRulesFile.Load(Path.Combine(Content, "quality.yaml"));
    private static readonly KnowledgeIndex Articles = KnowledgeIndex.Open(Path.Combine(Content, "knowledge"));

    private static async Task<DraftReview> ReviewAsync(Draft draft, bool articles = true) =>
        await new DraftReviewer(Rules, () => articles ? Articles : null).ReviewAsync(draft, CancellationToken.None);

    [Fact]
    public async Task Card_BlocksForGood_AndIsTakenOut()
    {
        var review = await ReviewAsync(new Draft("We charged 4111 1111 1111 1111.", "chat") { Language = "en" });

        Assert.Equal(("card", true, true), review.Findings.Where(finding => finding.Check == "compliance").Select(finding => (finding.Kind, finding.Blocks, finding.Final)).Single());
        Assert.Equal("We charged [card].", review.Redacted);
    }

    [Fact]
    public async Task CardInTwoDrafts_IsSeen()
    {
        var review = await ReviewAsync(new Draft("1111 1111", "chat") { People = ["It is 4111 1111"] });

        Assert.Contains(review.Findings, finding => finding is { Kind: "card", Final: true });
    }

    [Fact]
    public async Task Rudeness_Blocks_WithAReasonItMayGo()
    {
        var review = await ReviewAsync(new Draft("Das ist doch Schwachsinn.", "chat") { Language = "de" });

        Assert.Contains(review.Findings, finding => finding is { Kind: "rude", Blocks: true, Final: false });
    }

    [Fact]
    public async Task Claims_AreJudgedByTheArticles_AndOnlyTold()
    {
        var right = await ReviewAsync(new Draft("You can return it within 30 days of delivery.", "chat") { Language = "en", Customer = ["Can I return it?"] });
        var wrong = await ReviewAsync(new Draft("You can return it within 77 days of delivery.", "chat") { Language = "en", Customer = ["Can I return it?"] });
        var unjudged = await ReviewAsync(new Draft("You can return it within 77 days of delivery.", "chat") { Language = "en" }, articles: false);

        Assert.Equal((1, true), (right.Accuracy, right.Passed));
        Assert.Contains(wrong.Findings, finding => finding is { Kind: "claim", Blocks: false });
        Assert.Empty(unjudged.Findings);
    }

    [Fact]
    public void KeptTexts_HaveNoGuardedDetails()
    {
        var message = new Interaction("m-2", ChannelNames.Chat, "visitor-1", "1111 1111, mail ann@shop.example", DateTimeOffset.UnixEpoch);
        var context = new RunContext("c-1", message, 2, "", [new TranscriptLine(1, Author.Customer, "my card is 4111 1111", DateTimeOffset.UnixEpoch)], null, null, null, 0);

        Assert.Equal("[card], mail ann@shop.example", KeptTexts.Of(context)(message.Content));
    }
}
