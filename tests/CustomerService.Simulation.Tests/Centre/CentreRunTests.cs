using CustomerService.Simulation.Centre;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Tests.Centre;

public sealed class CentreRunTests
{
    [Fact]
    public void OneAgent_ServesOneAfterTheOther()
    {
        var log = CentreRun.Play(SmallCentre.At(60, 0, 10, 200), SmallCentre.Agents(1), SmallCentre.Policy(), seed: 1);

        Assert.Equal([0, 50, 0], log.Contacts.Select(contact => Math.Round(contact.WaitSeconds!.Value, 1)));
        Assert.Equal([60, 120, 260], log.Contacts.Select(contact => Math.Round((contact.ResolvedAt!.Value - log.From).TotalSeconds, 1)));
        Assert.Equal(180, log.WorkSeconds["general"], 1);
        Assert.Empty(log.Refusals);
        Assert.Equal(0, log.Parked);
    }

    [Fact]
    public void TwoChatsAtOnce_ShareAttention()
    {
        // At 50 % attention each, two go on at two thirds of the full speed.
        var log = CentreRun.Play(SmallCentre.At(60, 0, 0), SmallCentre.Agents(1, "    capacity: 2\n"), SmallCentre.Policy(), seed: 1);

        Assert.All(log.Contacts, contact => Assert.Equal(90, (contact.ResolvedAt!.Value - log.From).TotalSeconds, 1));
    }

    [Fact]
    public void SameSeed_SameDay()
    {
        string Play() => string.Join('\n', CentreRun.Play(
            SmallCentre.Chats(200, hours: "00:00-01:00"), RosterFile.Parse("agents:\n  - { group: agent, count: 3, queues: [general], shift: 00:00-04:00 }", "roster.yaml"), SmallCentre.Policy(), seed: 5)
            .Contacts.Select(contact => FormattableString.Invariant($"{contact.Contact.Id} {contact.AnsweredBy} {contact.AnsweredAt:O} {contact.ResolvedAt:O}")));

        Assert.Equal(Play(), Play());
    }

    [Fact]
    public void CustomerWithoutPatience_GivesUp_AndIsCounted()
    {
        var figures = SmallCentre.Figures(SmallCentre.Chats(240, hours: "00:00-02:00", more: "    patience: 30s\n"), SmallCentre.Agents(2));

        Assert.True(figures.Total.GaveUp > 50);
        Assert.Equal(0, figures.Total.StillWaiting);
        Assert.Equal(figures.Total.Contacts, figures.Total.Answered + figures.Total.GaveUp);
        Assert.InRange(figures.Total.Wait!.Max, 0, 30);
    }

    [Fact]
    public void MoreAgents_RaiseTheServiceLevel()
    {
        var arrivals = SmallCentre.Chats(240, hours: "00:00-02:00");

        var few = SmallCentre.Figures(arrivals, SmallCentre.Agents(4));
        var many = SmallCentre.Figures(arrivals, SmallCentre.Agents(6));

        Assert.True(many.Total.ServiceLevel > few.Total.ServiceLevel);
        Assert.True(many.Total.Wait!.Mean < few.Total.Wait!.Mean);
        Assert.True(many.Total.Occupancy < few.Total.Occupancy);
    }

    [Fact]
    public void HelpersWithDelay_CutWaits()
    {
        var arrivals = SmallCentre.Chats(130, hours: "00:00-02:00");
        const string Two = "  - group: agent\n    count: 2\n    queues: [general]\n    shift: 00:00-24:00\n";

        var alone = SmallCentre.Figures(arrivals, SmallCentre.Roster(Two));
        var helped = SmallCentre.Figures(arrivals, SmallCentre.Roster(Two + "  - group: helper\n    count: 2\n    helps: { general: 60s }\n    shift: 00:00-24:00\n"));

        Assert.True(alone.Total.Wait!.P90 > 90);
        Assert.InRange(helped.Total.Wait!.P90, 10, 75);
    }

    [Fact]
    public void DeadComputer_StrandsNobody()
    {
        // Of two agents the first one's computer dies with a customer before them.
        var arrivals = SmallCentre.At(600, 0, 0) with
        {
            Incidents = [new Incident.AgentLost("agent-1") { At = new DateTimeOffset(2026, 3, 2, 0, 1, 0, TimeSpan.Zero), Lasts = TimeSpan.FromHours(1) }],
        };

        var log = CentreRun.Play(arrivals, SmallCentre.Agents(2), SmallCentre.Policy(), seed: 1);

        var returned = Assert.Single(log.Contacts, contact => contact.Returns == 1);
        Assert.Equal("agent-1", returned.AnsweredBy);
        Assert.NotNull(returned.ResolvedAt);
        Assert.Equal(600, (log.Contacts.Single(contact => contact.Returns == 0).ResolvedAt!.Value - log.From).TotalSeconds, 1);
        Assert.InRange((returned.ResolvedAt!.Value - log.From).TotalSeconds, 1_139, 1_141);
        Assert.Empty(log.Refusals);
    }

    [Fact]
    public void Break_BeginsWhenTheDeskIsEmpty_AndEnds()
    {
        var roster = SmallCentre.Roster(
            "  - agent: anna\n    queues: [general]\n    shift: 00:00-04:00\n    breaks: [{ activity: lunch, length: 30m, at: 01:00 }]\n");

        var log = CentreRun.Play(SmallCentre.At(600, 3_300, 3_800), roster, SmallCentre.Policy(), seed: 1);

        // The first is served until 1:05, five minutes into the break; the second waits until 1:35.
        Assert.Equal([0, 1_900], log.Contacts.Select(contact => Math.Round(contact.WaitSeconds!.Value)));
        Assert.Equal(1_800, log.AgentTime.Where(span => span.Doing == AgentDoing.Away).Sum(span => (span.Until - span.From).TotalSeconds), 1);
    }

    [Fact]
    public void CallbackAsked_KeepsThePlace_AndIsServed()
    {
        var arrivals = SmallCentre.At(600, 0, 10, 20);
        arrivals = arrivals with { Contacts = arrivals.Contacts.SetItem(1, arrivals.Contacts[1] with { CallbackAfterSeconds = 30, PatienceSeconds = 60 }) };

        var log = CentreRun.Play(arrivals, SmallCentre.Agents(1), SmallCentre.Policy(), seed: 1);

        Assert.Equal([0, 590, 1_180], log.Contacts.Select(contact => Math.Round(contact.WaitSeconds!.Value)));
        Assert.NotNull(log.Contacts[1].CallbackAskedAt);
        Assert.Null(log.Contacts[1].GaveUpAt);
        Assert.Empty(log.Refusals);
    }

    [Fact]
    public void WrapUp_KeepsTheAgentBusy()
    {
        var policy = SmallCentre.Policy("default_queue: general\nqueues:\n  general: { wrap_up: { seconds: 60s, codes: [done], required: true } }\n");
        var roster = SmallCentre.Agents(1) with { Nature = new HumanNature { Reaction = new Distribution.Exactly(0), WrapUp = new Distribution.Exactly(40) } };

        var log = CentreRun.Play(SmallCentre.At(100, 0, 10), roster, policy, seed: 1);

        Assert.Equal([0, 130], log.Contacts.Select(contact => Math.Round(contact.WaitSeconds!.Value)));
        Assert.Equal(80, log.AgentTime.Where(span => span.Doing == AgentDoing.WrappingUp).Sum(span => (span.Until - span.From).TotalSeconds), 1);
        Assert.Empty(log.Refusals);
    }

    [Theory]
    [InlineData("  - agent: anna\n    queues: [billing]\n    shift: 00:00-04:00\n", "the agent 'anna' serves the queue 'billing', which rules.yaml does not name")]
    public void PartsThatDoNotFit_AreRefused(string agents, string told)
    {
        var fault = Assert.Throws<InvalidDataException>(() => CentreRun.Play(SmallCentre.At(60, 0), SmallCentre.Roster(agents), SmallCentre.Policy(), seed: 1));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }
}
