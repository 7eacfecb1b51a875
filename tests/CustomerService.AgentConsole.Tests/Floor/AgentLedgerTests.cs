using CustomerService.AgentConsole.Floor;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;
using static CustomerService.AgentConsole.Tests.Told;

namespace CustomerService.AgentConsole.Tests.Floor;

public sealed class AgentLedgerTests
{
    private static readonly AgentView Ada = new("ada", "Ada", "available", 3, 2, ["billing"], [], [], ["c-7"])
    {
        PresenceSince = Noon.AddMinutes(-300),
        Work = [new HeldConversation("c-7", "billing-7") { Queue = "billing", Channel = "chat", Since = Noon.AddMinutes(-30) }],
    };

    private readonly AgentLedger _ledger = new();

    private AgentOnFloor Now => Assert.Single(_ledger.All);

    [Fact]
    public void An_agent_is_followed_from_signing_on_to_signing_off()
    {
        Tell(-60, new AgentConfigured("Ada", ["billing"], [], 3));
        Assert.Equal((FloorState.Offline, "Ada", 3), (Now.State, Now.Title, Now.Capacity));

        Tell(-50, new PresenceChanged("available") { Cause = "agent" });
        Assert.Equal((FloorState.Free, Noon.AddMinutes(-50)), (Now.State, Now.Since));
        Tell(-40, new WorkStarted("c-1", "billing-1", "chat", 2));
        Assert.Equal((FloorState.Busy, 2, "billing"), (Now.State, Now.Units, Assert.Single(Now.Work).Queue));
        Tell(-30, new WrapUpStarted("c-1", "billing-1"));
        Assert.Equal(FloorState.WrappingUp, Now.State);
        Tell(-20, new WorkEnded("c-1", "billing-1", "resolved", null));
        Tell(-15, new ReadinessChanged(false, "missed_offers"));
        Assert.Equal((FloorState.NotReady, "missed_offers"), (Now.State, Now.Cause));
        Tell(-10, new PresenceChanged("away") { Activity = "lunch", Cause = "sam", Reason = "it is two o'clock" });
        Assert.Equal((FloorState.Away, "lunch", "it is two o'clock"), (Now.State, Now.Activity, Now.Reason));
    }

    [Fact]
    public void Work_that_was_taken_over_came_from_no_queue()
    {
        _ledger.Introduce(Ada, Noon);

        Tell(-1, new WorkStarted("c-9", "taken.c-9-2", "chat", 1));

        Assert.Equal([("c-7", "billing"), ("c-9", null)], Now.Work.Select(work => (work.ConversationId, work.Queue)));
    }

    [Fact]
    public void One_of_whom_the_last_day_says_nothing_is_known_by_their_own_record()
    {
        Assert.Equal<string>(["ada"], _ledger.Unknown(["ada"]));

        _ledger.Introduce(Ada, Noon);

        Assert.Empty(_ledger.Unknown(["ada"]));
        Assert.Equal((FloorState.Busy, Noon.AddMinutes(-300)), (Now.State, Now.Since));
        var totals = _ledger.TimelineOf("ada", Noon.AddHours(-8), Noon)!.Totals;
        Assert.Equal((300 * 60, 30 * 60), (totals.SecondsByState["available"], totals.BusySeconds));
    }

    [Fact]
    public void One_of_whom_something_was_told_and_not_who_they_are_is_asked_for_once()
    {
        Tell(-60, new PresenceChanged("away"));
        Assert.Empty(_ledger.All);
        Assert.Equal<string>(["ada"], _ledger.Unknown([]));

        _ledger.Introduce(Ada, Noon);

        Assert.Equal((FloorState.Busy, "away"), (Now.State, Now.Presence)); // What the journal told is newer than nothing, and its news follows.
        Assert.Empty(_ledger.Unknown([]));
    }

    [Fact]
    public void What_is_older_is_forgotten_and_how_it_began_is_not()
    {
        Tell(-900, new AgentConfigured("Ada", ["billing"], [], 3));
        Tell(-890, new PresenceChanged("away"));
        Tell(-880, new PresenceChanged("available"));
        Tell(-870, new WorkStarted("c-1", "billing-1", "chat", 1));
        Tell(-860, new WorkEnded("c-1", "billing-1", "resolved", null));
        Tell(-850, new WorkStarted("c-2", "billing-2", "chat", 1));
        Tell(-60, new WorkEnded("c-2", "billing-2", "resolved", null));
        var before = _ledger.TimelineOf("ada", Noon.AddHours(-8), Noon)!;

        _ledger.Forget(Noon);

        var after = _ledger.TimelineOf("ada", Noon.AddHours(-8), Noon)!;
        Assert.Equal<AgentInterval>(before.Intervals, after.Intervals);
        Assert.Equal(before.Totals.BusySeconds, after.Totals.BusySeconds);
        Assert.Equal(420 * 60, after.Totals.BusySeconds);
        Assert.Equal(0, _ledger.TimelineOf("ada", Noon.AddMinutes(-865), Noon.AddMinutes(-861))!.Totals.BusySeconds);
    }

    [Fact]
    public void Occupancy_is_the_busy_part_of_the_time_in_which_work_could_come()
    {
        Tell(-300, new AgentConfigured("Ada", ["billing"], [], 3));
        Tell(-200, new PresenceChanged("available"));
        Tell(-200, new WorkStarted("c-1", "billing-1", "chat", 1));
        Tell(-45, new WorkEnded("c-1", "billing-1", "resolved", null));
        Tell(-15, new PresenceChanged("away"));

        Assert.Equal(15 / 45.0, Occupancies.OfLastHour(_ledger.TimelineOf("ada", Noon.AddHours(-8), Noon))!.Value, 6);
        Assert.Null(Occupancies.OfLastHour(_ledger.TimelineOf("ada", Noon.AddHours(-1), Noon.AddMinutes(120))));
        Assert.Null(Occupancies.OfLastHour(null));
    }

    private void Tell(double minutes, JournalEvent happened) => _ledger.Add(At(minutes, Grain.Agent("ada"), happened));
}
