using CustomerService.Bench.Running;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Silo.Bench;

public sealed class ConversationLedgerTests
{
    private readonly ConversationLedger ledger = new();
    private readonly List<string> dealtWith = [];

    [Fact]
    public void A_run_deals_with_its_message()
    {
        Happen(Received("m-1"), Received("m-2"), Completed("m-1", ResolutionTypes.Automated));

        Assert.Equal(["m-1 Answered"], dealtWith);
        Assert.False(ledger.IsWithPerson);
    }

    [Fact]
    public void A_handoff_takes_what_waits_and_what_comes()
    {
        Happen(Received("m-1"), Received("m-2"), Completed("m-1", ResolutionTypes.Human), new HandedOff(new HandoffPackage("general", 0, "asked", "", [], [])), Received("m-3"));

        Assert.Equal(["m-1 HandedOver", "m-2 WithPerson", "m-3 WithPerson"], dealtWith);
        Assert.True(ledger.IsWithPerson);
    }

    [Fact]
    public void A_second_run_of_a_message_is_told_too()
    {
        Happen(Received("m-1"), Completed("m-1", ResolutionTypes.Automated), Completed("m-1", ResolutionTypes.Automated));

        Assert.Equal(["m-1 Answered", "m-1 Answered"], dealtWith);
    }

    private void Happen(params JournalEvent[] events)
    {
        foreach (var happened in events)
            ledger.Apply(happened, (message, outcome) => dealtWith.Add($"{message} {outcome}"));
    }

    private static MessageReceived Received(string id) => new(1, new Interaction(id, ChannelNames.Chat, "visitor", "Hello", DateTimeOffset.UnixEpoch));

    private static RunCompleted Completed(string id, string resolution) => new(id, MessageSignals.Unknown, resolution, ChannelNames.Chat, 0.1, null);
}
