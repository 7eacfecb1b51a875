using System.Text.Json.Nodes;
using CustomerService.AgentConsole.Operations;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.AgentConsole.Tests.Operations;

public sealed class ConversationLogTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_somebody_wrote_is_covered_from_those_who_may_not_read_it()
    {
        var note = new JournalEntry(7, Grain.Conversation("c"), 3, At, new RunCompleted("m-1", MessageSignals.Unknown, "human", "chat", 1.5, """{"note":"my number is 4711"}"""));

        var covered = ConversationLog.Line(note, withTexts: false);

        Assert.DoesNotContain("4711", covered.ToJson(), StringComparison.Ordinal);
        Assert.Contains("4711", ConversationLog.Line(note, withTexts: true).ToJson(), StringComparison.Ordinal);
        Assert.Equal(("conversation.run_completed", "messageId m-1", "human"), (covered.Name, covered.Cause, covered.Event["resolutionType"]!.GetValue<string>()));
    }

    [Fact]
    public void The_reason_of_a_failed_run_is_the_programs_own_and_stays()
    {
        var failed = ConversationLog.Line(new JournalEntry(8, Grain.Conversation("c"), 4, At, new RunFailed("m-1", "chat", 1, "the order system does not answer")), withTexts: false);

        Assert.Equal("the order system does not answer", failed.Event["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_log_is_the_conversations_and_its_deliveries_in_the_order_of_time()
    {
        var journal = new ListedJournal(
            new JournalEntry(1, Grain.Conversation("c"), 1, At, new ConversationReopened()),
            new JournalEntry(5, Grain.Conversation("c"), 2, At.AddSeconds(9), new ConversationReopened()),
            new JournalEntry(3, Grain.Delivery("c"), 1, At.AddSeconds(4), new ConversationReopened()),
            new JournalEntry(4, Grain.Conversation("other"), 1, At.AddSeconds(5), new ConversationReopened()));

        var lines = await ConversationLog.ReadAsync(journal, "c", withTexts: true);

        Assert.Equal([1, 3, 5], lines.Select(line => line.Position));
        Assert.All(lines, line => Assert.Equal("conversation.reopened", JsonNode.Parse(line.ToJson())!["event"]!["$type"]!.GetValue<string>()));
    }
}
