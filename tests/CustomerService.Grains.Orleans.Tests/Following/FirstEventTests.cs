using CustomerService.Grains.Conversations;
using static CustomerService.Grains.Orleans.Tests.Answerer;

namespace CustomerService.Grains.Orleans.Tests.Following;

/// <summary>Here nothing happens after a message, so that no later event makes up for one that was missed.</summary>
public sealed class FirstEventTests(TurnTests.OneSilo fixture) : IClassFixture<TurnTests.OneSilo>
{
    private readonly TestCluster cluster = fixture.Cluster;

    [RequiresFact("postgresql")]
    public async Task WhoSubscribesAndThenAsks_HearsOfWhatHappenedMeanwhile() =>
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), async (n, _) =>
        {
            var id = Grain.Conversation($"meanwhile-{n}");
            var heard = new Heard();

            using var subscription = cluster.Journal.Subscribe(id, heard.Add);
            var asked = await cluster.AskAsync<ConversationView>(id, new GetConversation());
            await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));

            Assert.Equal(0, asked.LastSequence);
            await heard.UntilAsync(entry => entry.Event is MessageReceived);
        });
}
