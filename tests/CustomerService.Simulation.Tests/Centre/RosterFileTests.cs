using CustomerService.Pipelines.Definitions;
using CustomerService.Simulation.Centre;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Tests.Centre;

public sealed class RosterFileTests
{
    private const string Text = """
        time_zone: Europe/Berlin
        people:
          reaction: { exponential: 4s }
          attention: { chat: 40% }
        agents:
          - group: orders
            count: 5
            absent: 1
            queues: [orders, general]
            helps: { returns: 1m, billing: 2m, account: 3m }
            skills: { orders: 4, language.de: 5 }
            capacity: 3
            channels: { chat: 3, voice: exclusive }
            shifts: [08:00-16:00, 10:00-18:00]
            days: mon-fri
            breaks:
              - { activity: lunch, length: 30m, between: 12:00-13:30 }
          - agent: anna
            queues: [billing]
            shift: 09:00-17:00
        """;

    [Fact]
    public void Group_IsSoManyAgentsWhoTakeTurns()
    {
        var roster = RosterFile.Parse(Text, "roster.yaml");

        Assert.Equal(["orders-1", "orders-2", "orders-3", "orders-4", "orders-5", "anna"], roster.Agents.Select(agent => agent.Id));
        Assert.Equal(["08:00-16:00", "10:00-18:00", "08:00-16:00"], roster.Agents.Take(3).Select(agent => agent.Shift.ToString()));
        Assert.Equal([720, 735, 750, 765, 780], roster.Agents.Take(5).Select(agent => Assert.Single(agent.Breaks).At));
        Assert.Equal([false, false, false, false, true], roster.Agents.Take(5).Select(agent => agent.IsAbsent));
        var first = roster.Agents[0];
        Assert.Equal(["orders", "general", "returns", "billing", "account"], first.Queues.AsEnumerable());
        Assert.Equal(120, first.Desk.QueueDelays["billing"]);
        Assert.Equal((4, 5, 3), (first.Skills["orders"], first.Skills["language.de"], first.Capacity));
        Assert.True(first.Desk.Channels["voice"].Exclusive);
        Assert.Equal((3, 0), (first.Desk.Channels["chat"].Max, first.Desk.Channels["email"].Max));
        Assert.True(first.WorksOn(new DateOnly(2026, 3, 2)));
        Assert.False(first.WorksOn(new DateOnly(2026, 3, 1)));
        Assert.True(roster.Agents[5].WorksOn(new DateOnly(2026, 3, 1)));
        Assert.Equal((0.4, 1d), (roster.Nature.Attention["chat"], roster.Nature.Attention["voice"]));
        Assert.Equal(new Distribution.Exponential(4), roster.Nature.Reaction);
    }

    [Theory]
    [InlineData("count: 5", "", "the group has no count")]
    [InlineData("agent: anna", "agent: orders-2", "the agent 'orders-2' is on the roster already, in line")]
    [InlineData("shift: 09:00-17:00", "shift: 17:00-09:00", "a shift is '17:00-09:00'")]
    [InlineData("between: 12:00-13:30", "between: 19:00-20:00", "the lunch lies outside every shift")]
    [InlineData("days: mon-fri", "days: mon-payday", "'mon-payday' names no days")]
    [InlineData("queues: [billing]", "", "these agents serve no queue")]
    [InlineData("voice: exclusive", "voice: often", "'voice' of 'channels' is a text")]
    [InlineData("orders: 4,", "orders: 7,", "'orders' of 'skills' is 7, where a number from 1 to 5 is expected")]
    public void Fault_ToldWithPlaceAndFix(string right, string wrong, string told)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => RosterFile.Parse(Text.Replace(right, wrong, StringComparison.Ordinal), "roster.yaml"));

        Assert.Contains("roster.yaml:", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Fix: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }
}
