using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Agents;

/// <summary>Timelines of what a real agent's grain recorded.</summary>
public sealed class AgentTimelineTests
{
    private static readonly DateTimeOffset Start = Subject<AgentBehaviour, AgentState>.Start;

    private readonly Subject<AgentBehaviour, AgentState> agent = new("ada");
    private readonly List<JournalEntry> journal = [];

    private void At(double minute, params ReadOnlySpan<Command> commands)
    {
        agent.Now = Start.AddMinutes(minute);
        foreach (var command in commands)
        {
            foreach (var recorded in agent.Handle(command).Effects.OfType<Record>())
                journal.Add(new JournalEntry(journal.Count + 1, Grain.Agent("ada"), journal.Count + 1, agent.Now, recorded.Event));
        }
    }

    private AgentTimeline Between(double from, double until) => AgentTimelineReader.Read("ada", Start.AddMinutes(from), Start.AddMinutes(until), journal);

    private static ReceiveOffer Offer(int number, int units = 1) => new($"billing-{number}", "billing", $"c-{number}", Start)
    {
        Units = units,
        WrapUp = new WrapUpPolicy(0, [], CodeRequired: false),
    };

    /// <summary>Signs in at 0, works on c-1 from 10 to 30 (wrap-up from 25), on c-2 with two units from 20 to 40, is at lunch from 40 to 60, leaves at 90.</summary>
    private void PlayADay()
    {
        At(0, new ConfigureAgent("Ada", ["billing"], [], 4) { Desk = new DeskPolicy { Activities = [new AgentActivity("lunch", Available: false)] } }, new SetPresence("available"));
        At(10, Offer(1), new AcceptOffer("billing-1"), new ConfirmOffer("billing-1"));
        At(20, Offer(2, units: 2), new AcceptOffer("billing-2"), new ConfirmOffer("billing-2"));
        At(25, new ReleaseWork("c-1") { WrapUp = true });
        At(30, new CompleteWrapUp("c-1", null, null));
        At(35, new SetPresence("") { Activity = "lunch", WhenFree = true });
        At(40, new ReleaseWork("c-2"));
        At(60, new SetPresence("available"));
        At(70, Offer(3), new RescindOffer("billing-3", "no answer") { Outcome = OfferStates.TimedOut });
        At(90, new SetPresence("offline"));
    }

    [Fact]
    public void Day_IsToldInIntervalsWithoutGaps()
    {
        PlayADay();

        var timeline = Between(-10, 100);

        Assert.Equal(
            [
                (-10, "offline", null, false, 0, 0), (0, "available", null, true, 0, 0), (10, "available", null, true, 1, 0), (20, "available", null, true, 3, 0),
                (25, "available", null, true, 3, 1), (30, "available", null, true, 2, 0), (35, "available", null, false, 2, 0), (40, "away", "lunch", false, 0, 0),
                (60, "available", null, true, 0, 0), (90, "offline", (string?)null, false, 0, 0),
            ],
            timeline.Intervals.Select(each => ((int)(each.From - Start).TotalMinutes, each.Presence, each.Activity, each.Ready, each.Units, each.WrappingUp)));
        Assert.Equal(timeline.Intervals.Skip(1).Select(each => each.From).Append(timeline.Until), timeline.Intervals.Select(each => each.Until));
        Assert.Equal("when_free", timeline.Intervals[6].Cause);
    }

    [Fact]
    public void Totals_AddUp()
    {
        PlayADay();

        var totals = Between(-10, 100).Totals;

        Assert.Equal([("available", 70 * 60), ("lunch", 20 * 60), ("offline", 20 * 60)], totals.SecondsByState.Select(state => (state.Key, (int)state.Value)));
        Assert.Equal((70 * 60, 30 * 60, 0, 5 * 60), (totals.AvailableSeconds, totals.BusySeconds, totals.WrapUpSeconds, totals.NotReadySeconds));
        Assert.Equal((10 + (5 * 3) + (5 * 3) + (10 * 2)) * 60, totals.UnitSeconds);
        Assert.Equal(30.0 / 70, totals.Occupancy!.Value, 6);
        Assert.Equal([("released", 1), ("resolved", 1)], totals.Ended.Select(outcome => (outcome.Key, outcome.Value)));
        Assert.Equal((20 * 60, 3, 1), (totals.MeanHandleSeconds, totals.Offers, totals.OffersMissed));
    }

    [Fact]
    public void PartOfADay_BeginsAsWhatCameBeforeLeftIt()
    {
        PlayADay();

        var timeline = Between(22, 28);

        Assert.Equal([(22, 3, 0), (25, 3, 1)], timeline.Intervals.Select(each => ((int)(each.From - Start).TotalMinutes, each.Units, each.WrappingUp)));
        Assert.Equal((360, 1), (timeline.Totals.BusySeconds, timeline.Totals.Occupancy));
        Assert.Empty(timeline.Totals.Ended);
        Assert.Null(timeline.Totals.MeanHandleSeconds);
        Assert.Equal(0, timeline.Totals.Offers);
    }

    [Fact]
    public void ConnectionThatIsLost_IsTimeWithoutReadiness()
    {
        At(0, new ConfigureAgent("Ada", ["billing"], [], 4), new SetPresence("available"), new ConnectionOpened("desk-1"));
        At(10, new ConnectionLost("desk-1"));
        At(10.5, new ReviewPresence());
        At(20, new ConnectionOpened("desk-2"));

        var timeline = Between(0, 30);

        Assert.Equal([true, false, true], timeline.Intervals.Select(each => each.Ready));
        Assert.Equal("connection", timeline.Intervals[1].Cause);
        Assert.Equal(9.5 * 60, timeline.Totals.NotReadySeconds);
    }

    [Fact]
    public void AgentWithoutHistory_IsOfflineAllTheTime()
    {
        var timeline = Between(0, 60);

        Assert.Equal("offline", Assert.Single(timeline.Intervals).Presence);
        Assert.Null(timeline.Totals.Occupancy);
    }

    [Fact]
    public void WorkOfJournalsThatLackItsStart_IsLeftOut()
    {
        journal.Add(new JournalEntry(1, Grain.Agent("ada"), 1, Start.AddMinutes(5), new WorkEnded("c-1", "billing-1", "released", null)));

        Assert.Empty(Between(0, 10).Totals.Ended);
    }

    [Fact]
    public void Reader_SaysWhenItHasReadEnough()
    {
        PlayADay();
        var reader = new AgentTimelineReader("ada", Start, Start.AddMinutes(30));

        Assert.Equal(journal.Count(entry => entry.At < Start.AddMinutes(30)), journal.TakeWhile(reader.Add).Count());
    }
}
