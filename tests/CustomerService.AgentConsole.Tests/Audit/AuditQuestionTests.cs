using CustomerService.AgentConsole.Audit;
using CustomerService.Grains.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CustomerService.AgentConsole.Tests.Audit;

public sealed class AuditQuestionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Question_IsTheSame_AsAnAddressSaysIt()
    {
        var asked = new AuditQuestion { Who = " ann&co ", Act = "staff.", Outcome = ActOutcome.Denied, From = new DateOnly(2026, 3, 4), Until = new DateOnly(2026, 3, 5) };

        var read = AuditQuestion.Of(new QueryCollection(QueryHelpers.ParseQuery(asked.ToQuery())));

        Assert.Equal("who=ann%26co&act=staff.&outcome=denied&from=2026-03-04&until=2026-03-05", asked.ToQuery());
        Assert.Equal(asked.ToFilter() with { Who = "ann&co" }, read.ToFilter());
        Assert.Equal("", new AuditQuestion().ToQuery());
        Assert.Equal(new AuditQuestion().ToFilter(), AuditQuestion.Of(new QueryCollection(QueryHelpers.ParseQuery("outcome=7&from=soon"))).ToFilter());
    }

    [Theory]
    [InlineData("", "", null, null, null, true)]
    [InlineData("ANN", "", null, null, null, true)]
    [InlineData("nn", "", null, null, null, false)]
    [InlineData("", "queue.", null, null, null, true)]
    [InlineData("", "staff.", null, null, null, false)]
    [InlineData("", "", ActOutcome.Denied, null, null, false)]
    [InlineData("", "", null, "2026-03-04", "2026-03-04", true)]
    [InlineData("", "", null, "2026-03-05", null, false)]
    [InlineData("", "", null, null, "2026-03-03", false)]
    public void Filter_TakesWhatIsAskedFor(string who, string act, ActOutcome? outcome, string? from, string? until, bool matches)
    {
        var question = new AuditQuestion { Who = who, Act = act, Outcome = outcome, From = Day(from), Until = Day(until) };

        Assert.Equal(matches, question.ToFilter().Matches(new ActNoted(1, Noon, "ann", "queue.pause", null, "queue/a", ActOutcome.Allowed, null, null, null, "")));
    }

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
