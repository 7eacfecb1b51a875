using System.Collections.Immutable;
using CustomerService.Reporting.Figures;

namespace CustomerService.Reporting.Tests.Figures;

public sealed class AgentFiguresTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 7, 10, 0, 0, TimeSpan.Zero);
    private static readonly FiguresQuestion Week = new(Start, Start.AddDays(7), TimeZoneInfo.Utc);

    [Fact]
    public void CaseThatNobodyElseHadAndThatDidNotComeBack_IsSettledAtOnce()
    {
        var figures = AgentFigures.Of(
            Week,
            [
                Case(Part("ada", PartEnd.Settled)),
                Case(Part("ada", PartEnd.Settled)) with { Reopenings = 1 },
                Case(Part("ada", PartEnd.PassedOn), Part("bob", PartEnd.Settled)),
                Case(Part("ada", PartEnd.Settled)) with { SettledAt = null },
                Case(Part("bob", PartEnd.Settled)) with { OpenedAt = Start.AddDays(-1) },
            ]);

        Assert.Equal(["ada", "bob"], figures.Select(agent => agent.AgentId));
        Assert.True(figures[0].Now is { Cases: 4, Settled: 2, SettledAtOnce: 1, PassedOn: 1 });
        Assert.True(figures[1].Now is { Cases: 1, Settled: 1, SettledAtOnce: 0 });
        Assert.True(figures[1].Before is { Cases: 1, SettledAtOnce: 1 });
    }

    [Fact]
    public void TimesAndRatings_AreTheAgentsOwn()
    {
        var figures = AgentFigures.Of(
            Week,
            [
                Case(Part("ada", PartEnd.PassedOn) with { HeldSeconds = 100, ResponseSeconds = [10, 20] }, Part("bob", PartEnd.Settled) with { HeldSeconds = 7, Rating = 2 }, Part("ada", PartEnd.Settled) with { HeldSeconds = 50, Rating = 5 }),
                Case(Part("ada", PartEnd.None) with { HeldSince = Start, HeldSeconds = 1_000 }),
            ]);

        Assert.Equal((new Quantiles(2, 10, 20), new Quantiles(1, 150, 150), 5.0), (figures[0].Now.Response, figures[0].Now.Handling, figures[0].Now.Satisfaction));
        Assert.Equal(2.0, figures[1].Now.Satisfaction);
    }

    [Fact]
    public void Improvements_AreTold_OnlyWithEnoughCases()
    {
        AgentMeasures Measured(int cases, int seconds) => AgentFigures.Of(
            Week, [.. Enumerable.Range(0, cases).Select(_ => Case(Part("ada", PartEnd.Settled) with { ResponseSeconds = [seconds] }))])[0].Now;
        var team = Measured(200, 60);

        Assert.Equal(new Improvement("slower_answers", 90, 60, 20), Assert.Single(Improvement.Of(Measured(20, 90), team)));
        Assert.Equal("faster_answers", Assert.Single(Improvement.Of(Measured(20, 30), team)).Key);
        Assert.Empty(Improvement.Of(Measured(19, 90), team));
        Assert.Empty(Improvement.Of(Measured(20, 65), team));
    }

    [Fact]
    public void DifferencesThatChanceMakes_AreNotTold()
    {
        AgentMeasures Passing(int cases, int passed) => AgentFigures.Of(
            Week, [.. Enumerable.Range(0, cases).Select(i => Case(Part("ada", i < passed ? PartEnd.PassedOn : PartEnd.Settled)))])[0].Now;
        var team = Passing(1_000, 200);

        Assert.DoesNotContain(Improvement.Of(Passing(20, 6), team), told => told.Key == "passes_on_more");
        Assert.Contains(Improvement.Of(Passing(20, 12), team), told => told.Key == "passes_on_more");
    }

    private static CasePart Part(string agent, PartEnd end) => new() { AgentId = agent, From = Start, End = end };

    private static CaseRow Case(params ImmutableArray<CasePart> parts) => new() { ConversationId = "c", Number = 1, OpenedAt = Start, SettledAt = Start.AddHours(1), Parts = parts };
}
