using System.Collections.Concurrent;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using static CustomerService.Grains.Orleans.Tests.Answerer;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Tests.Deaths;

/// <summary>What a host committed that then died before it carried anything out: the silos that live do it, and nobody has to call for that.</summary>
public sealed class DeadHostTests(DeadHostTests.Cluster fixture) : IClassFixture<DeadHostTests.Cluster>
{
    private readonly TestCluster cluster = fixture.Cluster;

    [RequiresFact("postgresql")]
    public async Task ItsWork_IsDoneOnce()
    {
        var id = Grain.Conversation("left-work");

        await fixture.CommitAndDieAsync(id, new ReceiveMessage(Message("m-1")));

        Assert.Equal("About m-1.", (await cluster.EventAsync<MessageSent>(id)).Text);
        Assert.Equal(1, fixture.Performed(id));
    }

    [RequiresFact("postgresql")]
    public async Task ItsTells_ArriveInTheirOrder()
    {
        var id = Grain.Conversation("left-tells");
        var queue = Grain.Queue("left-tells");
        var handoff = new HandoffPackage(queue.Key, 3, "The customer asked for a person.", "Help", [], []);
        var outcome = new RunOutcome { Signals = MessageSignals.Unknown, ResolutionType = ResolutionTypes.Human, Handoff = handoff };

        await fixture.CommitAndDieAsync(
            id, new ReceiveMessage(Message("m-1")), new CompleteRun("m-1", outcome),
            new Snooze("ana", TimeProvider.System.GetUtcNow().AddDays(1), "Tomorrow."));

        await cluster.EventAsync<ConversationEnqueued>(queue);
        await cluster.EventAsync<ConversationWithdrawn>(queue);
        var view = await cluster.AskAsync<QueueView>(queue, new GetQueue());
        Assert.Equal(0, view.Waiting);
    }

    [RequiresFact("postgresql")]
    public async Task ItsAlarms_Ring()
    {
        var id = Grain.Conversation("left-alarm");
        var heard = new Heard();
        using var subscription = cluster.Journal.Subscribe(id, heard.Add);
        var handoff = new HandoffPackage("left-alarm", 3, "The customer asked for a person.", "Help", [], []);
        var outcome = new RunOutcome { Signals = MessageSignals.Unknown, ResolutionType = ResolutionTypes.Human, Handoff = handoff };

        await fixture.CommitAndDieAsync(
            id, new ReceiveMessage(Message("m-1")), new CompleteRun("m-1", outcome), new Snooze("ana", TimeProvider.System.GetUtcNow() - (OtherHost.DiedAgo / 2), "Later."));

        await heard.UntilAsync(entry => entry.Event is StatusChanged { From: ConversationStatus.Snoozed });
    }

    [RequiresFact("postgresql")]
    public async Task WorkThatALivingSiloDoes_IsNotDoneByWhereTheGrainGoes()
    {
        var id = Grain.Conversation("moves-while-it-runs");
        var begun = fixture.HoldUp(id);
        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
        await begun;

        // Twice, so that it comes into memory in at least one silo that does not do the work.
        for (var moves = 0; moves < 2; moves++)
        {
            var home = cluster.SiloOf(id);
            await cluster.Cluster.MigrateAsync(cluster.Cluster.Client.TurnGrainOf(id), cluster.Silos.First(silo => !silo.SiloAddress.Equals(home)).SiloAddress);
            await cluster.AskAsync<ConversationView>(id, new GetConversation());
            Assert.NotEqual(home, cluster.SiloOf(id));
        }

        fixture.GoOn(id);
        Assert.Equal("About m-1.", (await cluster.EventAsync<MessageSent>(id)).Text);
        Assert.Equal(1, fixture.Performed(id));
    }

    /// <summary>Two silos, whose work a test can count and hold up.</summary>
    public sealed class Cluster : ClusterFixture
    {
        private readonly ConcurrentDictionary<GrainId, int> performed = new();
        private readonly ConcurrentDictionary<GrainId, (TaskCompletionSource Begun, TaskCompletionSource GoOn)> held = new();

        public int Performed(GrainId grain) => performed.GetValueOrDefault(grain);

        /// <returns>Ends when the work has begun.</returns>
        public Task HoldUp(GrainId grain) => (held[grain] = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously))).Begun.Task;

        public void GoOn(GrainId grain) => held[grain].GoOn.SetResult();

        public async Task CommitAndDieAsync(GrainId grain, params Command[] commands) =>
            Assert.All(await OtherHost.CommitAsync(Database, grain, commands), reply => Assert.IsNotType<Refused>(reply));

        protected override Task<TestCluster> StartAsync(string database) =>
            TestCluster.StartAsync(database, performers: (_, grains) => [new Counting(this, new Answerer(grains))]);

        private sealed class Counting(Cluster all, Answerer answerer) : IWorkPerformer
        {
            public Type Handles => answerer.Handles;

            public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
            {
                all.performed.AddOrUpdate(origin, 1, (_, count) => count + 1);
                if (all.held.TryGetValue(origin, out var hold))
                {
                    hold.Begun.TrySetResult();
                    await hold.GoOn.Task.WaitAsync(cancellation);
                }

                return await answerer.PerformAsync(origin, work, cancellation);
            }
        }
    }
}
