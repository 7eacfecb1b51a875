using CustomerService.AgentConsole.AtRisk;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using static CustomerService.AgentConsole.Tests.Told;

namespace CustomerService.AgentConsole.Tests.AtRisk;

public sealed class PulseLedgerTests
{
    private readonly PulseLedger _ledger = new();

    [Fact]
    public void Messages_are_counted_until_somebody_answers()
    {
        Tell("c-1", Message("m-1"));
        Tell("c-1", Message("m-2"));
        Tell("c-1", new MessageSent(3, "s-1", Author.System, null, "We are closed.", [], [], null));
        Assert.Equal(2, _ledger["c-1"].Asked);
        Assert.Equal<string>(["c-1"], _ledger.Uneasy(10));

        Tell("c-1", new MessageSent(4, "a-1", Author.Agent, "ada", "Hello", [], [], null));
        Assert.Equal(0, _ledger["c-1"].Asked);
        Assert.Empty(_ledger.Uneasy(10));
    }

    [Fact]
    public void A_mood_falls_from_the_best_it_was()
    {
        foreach (var mood in new[] { 0.5, 0.1, -0.2 })
            Tell("c-1", new RunCompleted("m-1", new MessageSignals("en", "order_status", 0.9, mood, [], "normal"), "human", "chat", 1, null));

        Assert.Equal(0.7, _ledger["c-1"].Fall, 6);
        Assert.Equal<string>(["c-1"], _ledger.Uneasy(10));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_settled_or_erased_is_forgotten(bool erased)
    {
        Tell("c-1", Message("m-1"));
        Tell("c-1", Message("m-2"));

        Tell("c-1", erased ? new ConversationErased("the rules") : new ConversationResolved("ada"));

        Assert.Equal(default, _ledger["c-1"]);
        Assert.Empty(_ledger.Uneasy(10));
    }

    [Fact]
    public void However_many_there_are_only_the_latest_are_kept()
    {
        var small = new PulseLedger(capacity: 10);
        foreach (var number in Enumerable.Range(0, 1_000))
        {
            small.Add(At(0, Grain.Conversation($"c-{number}"), Message("m-1")));
            small.Add(At(0, Grain.Conversation($"c-{number}"), Message("m-2")));
        }

        Assert.InRange(small.Uneasy(int.MaxValue).Length, 10, 20);
        Assert.Equal(2, small["c-999"].Asked);
        Assert.Equal(0, small["c-1"].Asked);
    }

    private static MessageReceived Message(string id) => new(1, new Interaction(id, "chat", "a-1", "Where is it?", Noon));

    private void Tell(string conversation, JournalEvent happened) => _ledger.Add(At(0, Grain.Conversation(conversation), happened));
}
