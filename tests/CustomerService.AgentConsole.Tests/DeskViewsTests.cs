using CustomerService.AgentConsole.Desk;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;

namespace CustomerService.AgentConsole.Tests;

public sealed class DeskViewsTests
{
    private static readonly AgentView Desk = new("ann", "Ann", "available", 3, 1, ["billing", "orders"], [], [Offered("c-3")], ["c-1"]) { Work = [new HeldConversation("c-1", "billing-1")] };

    [Theory]
    [InlineData("1", false, "mine")]
    [InlineData("5", false, "team")]
    [InlineData("s", true, "snoozed")]
    [InlineData("W", true, "waiting")]
    [InlineData("s", false, null)]
    [InlineData("6", false, null)]
    [InlineData("x", true, null)]
    public void Key_LeadsToItsView(string key, bool afterG, string? view) => Assert.Equal(view, DeskViews.Of(key, afterG));

    [Fact]
    public void EachView_HasALetterOfItsOwn() => Assert.Equal(DeskViews.All.Length, DeskViews.All.Select(view => view[0]).Distinct().Count());

    [Fact]
    public void Team_IsTheAgentsOwnQueues_AndNothingWithoutAny()
    {
        var team = DeskViews.FilterOf(DeskViews.Team, Desk)!;

        Assert.Equal(["billing", "orders"], team.Queues.AsEnumerable());
        Assert.DoesNotContain(ConversationStatus.Resolved, team.Statuses);
        Assert.Null(DeskViews.FilterOf(DeskViews.Team, Desk with { Queues = [] }));
    }

    [Fact]
    public void OwnViews_AskForOneselfOnly()
    {
        Assert.Equal(("ann", (bool?)false), (DeskViews.FilterOf(DeskViews.Waiting, Desk)!.AgentId, DeskViews.FilterOf(DeskViews.Waiting, Desk)!.Unanswered));
        Assert.Equal("ann", DeskViews.FilterOf(DeskViews.Snoozed, Desk)!.LastAgentId);
        Assert.Equal(ConversationOrder.SnoozedUntil, DeskViews.OrderOf(DeskViews.Snoozed));
        Assert.Equal(("c-1", "c-3"), (DeskViews.IdsOf(DeskViews.Mine, Desk).Single(), DeskViews.IdsOf(DeskViews.Offered, Desk).Single()));
        Assert.Equal(DeskViews.Mine, DeskViews.Named("no such view"));
    }

    private static AgentOffer Offered(string conversation) => new("billing-2", "billing", conversation, DateTimeOffset.UnixEpoch, Claimed: false);
}
