using CustomerService.AgentConsole.AtRisk;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;
using static CustomerService.AgentConsole.Tests.Told;

namespace CustomerService.AgentConsole.Tests.AtRisk;

public sealed class RiskRankingTests
{
    private static readonly ConversationRow Held = new() { Id = "c-1", Status = ConversationStatus.Assigned, AgentId = "ada" };
    private static readonly ConversationRow Waiting = new() { Id = "c-2", Status = ConversationStatus.Queued };

    [Fact]
    public void Nothing_is_wrong_where_nobody_is_kept_waiting()
    {
        Assert.Null(RiskRanking.Of(Held with { FirstResponseDue = Noon.AddHours(1), Tier = "platinum" }, default, Noon));
        Assert.Null(RiskRanking.Of(Waiting with { WaitingSince = Noon.AddMinutes(-2) }, new Pulse(1, 0.2, 0.2), Noon));
    }

    [Theory]
    [InlineData(ConversationStatus.Resolved)]
    [InlineData(ConversationStatus.Snoozed)]
    [InlineData(ConversationStatus.Assistant)]
    public void What_is_not_with_people_now_is_not_at_risk(ConversationStatus status) =>
        Assert.Null(RiskRanking.Of(Held with { Status = status, FirstResponseDue = Noon.AddHours(-1), Sentiment = -1 }, new Pulse(5, 1, -1), Noon));

    [Fact]
    public void Each_reason_is_told()
    {
        var held = Held with { NextResponseDue = Noon.AddMinutes(5), UnansweredSince = Noon.AddMinutes(-12), Sentiment = -0.7, Tier = "gold" };

        var risk = RiskRanking.Of(held, new Pulse(3, 0.4, -0.7), Noon)!;

        Assert.Equal(
            [RiskKind.PromiseDue, RiskKind.AskedAgain, RiskKind.MoodLow, RiskKind.MoodFalls, RiskKind.Unanswered, RiskKind.Valued],
            risk.Reasons.Select(reason => reason.Kind));
        Assert.Equal((3, "gold"), (risk.Reasons[1].Count, risk.Reasons[^1].Text));
    }

    [Fact]
    public void A_broken_promise_is_not_also_due_soon()
    {
        var risk = RiskRanking.Of(Held with { NextResponseDue = Noon.AddMinutes(-1), ResolutionDue = Noon.AddMinutes(5) }, default, Noon)!;

        Assert.Equal(new RiskReason(RiskKind.PromiseBroken, Noon.AddMinutes(-1)), Assert.Single(risk.Reasons));
    }

    [Fact]
    public void The_broken_come_first_then_what_is_due_soonest_then_who_waits()
    {
        ConversationRow[] rows =
        [
            Waiting with { Id = "waits", WaitingSince = Noon.AddMinutes(-15) },
            Held with { Id = "late", NextResponseDue = Noon.AddMinutes(-1) },
            Held with { Id = "later", NextResponseDue = Noon.AddMinutes(9) },
            Held with { Id = "soon", NextResponseDue = Noon.AddMinutes(1) },
            Held with { Id = "long late", NextResponseDue = Noon.AddMinutes(-40) },
            Held with { Id = "fine" },
        ];

        Assert.Equal(["long late", "late", "soon", "later", "waits"], RiskRanking.Of(rows, _ => default, Noon, 10).Select(risk => risk.Row.Id));
        Assert.Equal(2, RiskRanking.Of(rows, _ => default, Noon, 2).Length);
    }

    [Fact]
    public void The_same_weighs_more_for_a_customer_of_a_higher_tier()
    {
        var usual = RiskRanking.Of(Held with { NextResponseDue = Noon, Tier = "standard" }, default, Noon)!;
        var gold = RiskRanking.Of(Held with { NextResponseDue = Noon, Tier = "gold" }, default, Noon)!;

        Assert.True(gold.Weight > usual.Weight);
        Assert.DoesNotContain(usual.Reasons, reason => reason.Kind == RiskKind.Valued);
    }
}
