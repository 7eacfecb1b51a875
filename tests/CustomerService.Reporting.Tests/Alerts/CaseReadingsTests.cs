using CustomerService.Grains.Alerts;
using CustomerService.Reporting.Alerts;
using CustomerService.Reporting.Figures;

namespace CustomerService.Reporting.Tests.Alerts;

public sealed class CaseReadingsTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Counts_AreOfAll_OrOfEach_AndOnlyOfWhatIsNamed()
    {
        CaseRow[] cases = [Case("billing", "email"), Case("billing", "sms"), Case("general", "email"), Case(null, "sms")];

        Assert.Equal([("", 4.0)], Values(Rule(AlertFigures.NewCases), cases));
        Assert.Equal([("billing", 2.0), ("general", 1.0)], Values(Rule(AlertFigures.NewCases) with { Each = AlertParts.Queue }, cases));
        Assert.Equal([("email", 1.0), ("sms", 1.0)], Values(Rule(AlertFigures.NewCases) with { Each = AlertParts.Channel, Only = Only(AlertParts.Queue, "billing") }, cases));
        Assert.Equal([("", 0.0)], Values(Rule(AlertFigures.NewCases), []));
    }

    [Fact]
    public void Shares_AreNotKnownOfTooFew()
    {
        CaseRow[] cases = [.. Enumerable.Range(0, 9).Select(number => Case("billing", "sms") with { PromisesKept = number < 3 ? 1 : 0, PromisesBroken = number < 3 ? 0 : 1 })];

        Assert.Equal([("", null)], Values(Rule(AlertFigures.ServiceLevel), cases));
        Assert.Equal([("", 3 / 9.0)], Values(Rule(AlertFigures.ServiceLevel) with { LeastCases = 9 }, cases));
    }

    [Fact]
    public void EachFigureOfCases_HasItsValue()
    {
        CaseRow[] cases = [Case("billing", "sms") with { AssistantMessages = 1, FirstResponseAt = At.AddSeconds(30), Rating = 4, LastSentiment = -0.5, PromisesKept = 1, HandedOffAt = At, SettledAt = At }];

        Assert.Equal(
            [1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 30.0, 4.0, -0.5],
            AlertFigures.All.Where(figure => figure.Source == AlertSource.Cases).Select(figure => Values(Rule(figure.Name) with { LeastCases = 1 }, cases)[0].Value!.Value));
    }

    [Fact]
    public void Spike_IsHeldAgainstThePeriodsOfItsOwnSubject()
    {
        var rule = new AlertRule("rush", AlertFigures.Find(AlertFigures.NewCases)!, AlertKind.Spike) { Each = AlertParts.Queue };
        CaseRow[] period = [Case("billing", "sms"), Case("billing", "sms"), Case("general", "sms")];

        var readings = CaseReadings.Of(rule, [Case("billing", "sms"), Case("sales", "sms")], [period, period, period]);

        Assert.Equal([("billing", 2.0), ("sales", 0.0)], readings.Select(reading => (reading.Subject, reading.Usual!.Mean)));
    }

    private static List<(string Subject, double? Value)> Values(AlertRule rule, IEnumerable<CaseRow> cases) => [.. CaseReadings.Of(rule, cases, []).Select(reading => (reading.Subject, reading.Value))];

    private static AlertRule Rule(string figure) => new("rule", AlertFigures.Find(figure)!, AlertKind.Above);

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Only(string part, string name) => System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add(part, name);

    private static CaseRow Case(string? queue, string channel) => new() { ConversationId = "c-1", Number = 1, OpenedAt = At, Queue = queue, Channel = channel };
}
