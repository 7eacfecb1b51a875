using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Quality;

namespace CustomerService.Reporting.Tests.Quality;

public sealed class ReviewSampleTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 7, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2030, 1, 7);

    [Fact]
    public void WhatTheRulesNameIsAllChosen_AndOfTheRestSomeOfEachAgentByChance()
    {
        CaseRow[] cases =
        [
            Case("bad") with { Rating = 2 }, Case("fine") with { Rating = 3 }, Case("long") with { SettledAt = Start.AddHours(5) }, .. Enumerable.Range(0, 20).Select(i => Case($"a{i}")),
            .. Enumerable.Range(0, 20).Select(i => Case($"b{i}", "bob")),
        ];

        var sample = ReviewSample.Of(Day, cases, new SampleRules { LongerThanSeconds = 3_600 * 4, RandomPerAgent = 2 });

        Assert.Equal(["rated_low", "long", "chance", "chance", "chance", "chance"], sample.Select(each => each.Why));
        Assert.Equal((2, 2), (sample.Count(each => each is { Why: "chance", AgentId: "ada" }), sample.Count(each => each is { Why: "chance", AgentId: "bob" })));
    }

    [Fact]
    public void ChanceFollowsFromTheDay()
    {
        CaseRow[] cases = [.. Enumerable.Range(0, 200).Select(i => Case($"c{i}"))];
        IEnumerable<string> Chosen(DateOnly day, IEnumerable<CaseRow> of) => ReviewSample.Of(day, of, new SampleRules { RandomPerAgent = 5 }).Select(each => each.Case.ConversationId);

        Assert.Equal(Chosen(Day, cases), Chosen(Day, cases.Reverse()));
        Assert.NotEqual(Chosen(Day, cases), Chosen(Day.AddDays(1), cases));
    }

    [Fact]
    public void WhereNoPersonWrote_ThereIsNothingToReview_AndThereIsAMost()
    {
        var untouched = Case("c") with { Rating = 1, Parts = [] };

        Assert.Empty(ReviewSample.Of(Day, [untouched], new SampleRules()));
        Assert.Equal(3, ReviewSample.Of(Day, Enumerable.Range(0, 9).Select(i => Case($"c{i}") with { Rating = 1 }), new SampleRules { MostADay = 3 }).Length);
    }

    private static CaseRow Case(string id, string agent = "ada") => new()
    {
        ConversationId = id,
        Number = 1,
        OpenedAt = Start,
        SettledAt = Start.AddHours(1),
        Parts = [new CasePart { AgentId = agent, From = Start, Messages = 1, End = PartEnd.Settled }],
    };
}
