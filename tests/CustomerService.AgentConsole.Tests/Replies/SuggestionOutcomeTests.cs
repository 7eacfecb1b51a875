using CustomerService.AgentConsole.Replies;

namespace CustomerService.AgentConsole.Tests.Replies;

public sealed class SuggestionOutcomeTests
{
    private const string Suggested = "You can return it within 30 days of delivery. The label is free and comes by e-mail.";

    [Theory]
    [InlineData(Suggested, "accepted", "none")]
    [InlineData("  You can return it  within 30 days of delivery.\nThe label is free and comes by e-mail. ", "accepted", "none")]
    [InlineData("You can return it within 14 days of delivery. The label is free and comes by e-mail.", "edited", "light")]
    [InlineData("Dear Eve, you can return it within 30 days. I have attached the label, which is free for you.", "edited", "heavy")]
    [InlineData("Please call us tomorrow.", "rejected", "none")]
    public void WhatWasSent_TellsWhatBecameOfTheSuggestion(string sent, string outcome, string change)
    {
        var use = SuggestionOutcome.Of("s-1", Suggested, sent);

        Assert.Equal(("s-1", outcome, change), (use.Id, use.Outcome, use.Change));
    }

    [Fact]
    public void WithoutSpaces_EachLetterCounts() =>
        Assert.Equal("light", SuggestionOutcome.Of("s-1", "ご注文の商品は本日発送いたしました。", "ご注文の商品は昨日発送いたしました。").Change);

    [Fact]
    public void NothingOfNothing_IsNoChange() => Assert.Equal(0, SuggestionOutcome.Changed("", " "));
}
