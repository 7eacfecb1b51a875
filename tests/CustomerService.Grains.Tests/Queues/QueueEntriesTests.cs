using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Queues;

/// <summary>What a queue keeps beside its state, and how it comes back from there.</summary>
public sealed class QueueEntriesTests
{
    private static readonly GrainKind Kind = GrainCatalog.Find(GrainKinds.Queue);

    [Fact]
    public void Agents_AreEntriesOfTheirOwn_WrittenWhenSomethingChanged()
    {
        var queue = new TestQueue();

        var entry = Assert.Single(queue.Ready("ada").Effects.OfType<PutEntry>());

        Assert.Equal("\u001fada", entry.Key);
        Assert.DoesNotContain("ada", StateText(queue), StringComparison.Ordinal);
        queue.ChangesNothing(new AgentReady("ada", 1, [], queue.Now) { Present = true });
        queue.ChangesNothing(new AgentReady("bob", 0, [], queue.Now));
        Assert.Equal("\u001fada", Assert.Single(queue.Gone("ada").Effects.OfType<RemoveEntry>()).Key);
    }

    [Fact]
    public void OnePairOfAgentAndConversation_WritesEachEntryOnce()
    {
        var queue = new TestQueue();
        queue.Ready("ada");

        var effects = queue.Enqueue("c-1").Effects;

        Assert.Contains("billing-1", Assert.Single(effects.OfType<PutEntry>()).Payload, StringComparison.Ordinal);
        Assert.Single(queue.Claim("1", "ada").Effects.OfType<RemoveEntry>());
    }

    [Fact]
    public void State_StaysSmallHoweverManyThereAre()
    {
        var queue = new TestQueue(new QueuePolicy { Units = Enumerable.Range(0, 200).ToImmutableDictionary(i => $"channel-{i}", i => 1) });
        for (var i = 0; i < 300; i++)
        {
            queue.Ready($"agent-{i}", units: 2);
            queue.Enqueue($"c-{i}");
            queue.Enqueue($"d-{i}");
            queue.Claim($"{i + 1}", $"agent-{i}");
        }

        Assert.True(StateText(queue).Length < 1_500, StateText(queue));
    }

    [Fact]
    public void RestoredQueue_HasItsPolicyAgentsAndOffers()
    {
        var entries = new Dictionary<string, string>();
        var queue = new TestQueue();
        Keep(queue.Handle(new ConfigureQueue(new QueuePolicy { OfferSeconds = 10, MaxOffers = 9 })));
        Keep(queue.Handle(new PauseQueue("lead", "outage")));
        Keep(queue.Enqueue("c-1"));
        Keep(queue.Handle(new AgentReady("ada", 2, ["french"], queue.Now)
        {
            Present = true,
            Channels = ImmutableDictionary<string, int>.Empty.Add("voice", 1),
            Levels = ImmutableDictionary<string, int>.Empty.Add("french", 2),
            DelaySeconds = 3,
            QueueUnits = 1,
        }));
        Keep(queue.Ready("bob"));
        Keep(queue.Handle(new ResumeQueue("lead")));

        var restored = Restored(queue.State, entries);

        Assert.Equal(queue.View.ToString(), View(restored, queue.Now).ToString());
        Assert.Equal(JsonSerializer.Serialize(queue.View, GrainsJson.Default.QueueView), JsonSerializer.Serialize(View(restored, queue.Now), GrainsJson.Default.QueueView));
        Assert.Equal(queue.State.Floor.FindAgent("ada")!.Levels!["french"], restored.Floor.FindAgent("ada")!.Levels!["french"]);
        var turn = QueueBehaviour.Handle(restored, new ReviewLine(), queue.Now.AddSeconds(10));
        Assert.Equal(OfferStates.TimedOut, Assert.Single(turn.Effects.Recorded<OfferEnded>()).Outcome);

        void Keep(Turn<QueueState> turn)
        {
            foreach (var effect in turn.Effects)
            {
                if (effect is PutEntry put)
                    entries[put.Key] = put.Payload;
                if (effect is RemoveEntry remove)
                    entries.Remove(remove.Key);
            }
        }
    }

    [Fact]
    public void QueueOfVersion1_MovesItsAgentsAndOffersIntoEntries()
    {
        var now = new DateTimeOffset(2026, 3, 4, 10, 5, 10, TimeSpan.Zero);
        var stored = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "queue.v1.json"));
        var waiting = """{"conversationId":"c-9","priority":3,"since":"2026-03-04T10:04:00+00:00","skills":["french"],"offers":1,"joinedAtPlace":1,"letGoBy":"bob"}""";
        var state = Restored((QueueState)Kind.Read(stored, 1), new() { ["c-9"] = waiting });

        Assert.Equal((1, 1, 1), (View(state, now).Waiting, View(state, now).Offers, View(state, now).AgentsPresent));
        Assert.Equal(13, state.LastOffer);

        var turn = QueueBehaviour.Handle(state, new ClaimOffer("delivery-13", "ada"), now);

        Assert.Single(turn.Effects.Told<AssignAgent>(Grain.Conversation("c-9")));
        Assert.Equal("\u001fada", Assert.Single(turn.Effects.OfType<PutEntry>()).Key);
        Assert.Equal("c-9", Assert.Single(turn.Effects.OfType<RemoveEntry>()).Key);
        Assert.Null(turn.State.Unmoved);
    }

    [Fact]
    public void OfferOfVersion1_EndsByItsOwnOldAlarm()
    {
        var stored = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "queue.v1.json"));
        var waiting = """{"conversationId":"c-9","priority":3,"since":"2026-03-04T10:04:00+00:00","skills":[],"offers":0}""";
        var state = Restored((QueueState)Kind.Read(stored, 1), new() { ["c-9"] = waiting });

        var turn = QueueBehaviour.Handle(state, new ExpireOffer("delivery-13"), new DateTimeOffset(2026, 3, 4, 10, 5, 30, TimeSpan.Zero));

        Assert.Equal(OfferStates.TimedOut, Assert.Single(turn.Effects.Recorded<OfferEnded>()).Outcome);
        Assert.Equal("c-9→ada", turn.Effects.Made());
    }

    private static QueueState Restored(QueueState state, Dictionary<string, string> entries) => (QueueState)Kind.Restore(
        Kind.Read(Kind.Write(state), Kind.StateVersion), [.. entries.Select(entry => new IndexEntry(entry.Key, entry.Value))]);

    private static QueueView View(QueueState state, DateTimeOffset now) => (QueueView)QueueBehaviour.Handle(state, new GetQueue(), now).Reply;

    private static string StateText(TestQueue queue) => JsonSerializer.Serialize(queue.State, GrainsJson.Default.QueueState);
}
