using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using static CustomerService.Grains.Orleans.Tests.Answerer;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Tests.Deaths;

/// <summary>A silo leaves in good order, as in a rolling restart, with work running and work waiting.</summary>
public sealed class StoppedSiloTests(CustomerService.Tests.PostgreSqlServer server) : IClassFixture<CustomerService.Tests.PostgreSqlServer>
{
    [RequiresFact("postgresql")]
    public async Task WorkThatRuns_IsEnded_AndWhatWaits_IsDoneElsewhere()
    {
        var gate = new Gate();
        await using var cluster = await TestCluster.StartAsync(
            await server.CreateMigratedAsync(), silos: 2, new OrleansOptions { Work = new WorkLimits(Workers: 1, Attempts: 3, TimeLimit: TimeSpan.FromSeconds(60)) },
            (services, grains) => [new OneByOne(services.GetRequiredService<IHostRoster>().Me, gate, new Answerer(grains))]);
        var first = Grain.Conversation("running");
        await cluster.AskAsync<MessageAccepted>(first, new ReceiveMessage(Message("m-1")));
        var leaving = await gate.Begun;
        var others = Enumerable.Range(0, 40).Select(n => Grain.Conversation($"waiting-{n}")).ToArray();
        foreach (var other in others)
            await cluster.AskAsync<MessageAccepted>(other, new ReceiveMessage(Message("m-1")));
        Assert.Contains(others, other => cluster.SiloOf(other)?.ToParsableString() == leaving);

        var stopping = cluster.Cluster.StopSiloAsync(cluster.Silos.Single(silo => silo.SiloAddress.ToParsableString() == leaving));
        gate.Open();
        await stopping;

        foreach (var id in others.Append(first))
            Assert.Equal("About m-1.", (await cluster.EventAsync<MessageSent>(id)).Text);
        Assert.Equal(1, gate.FirstRuns);
    }

    [RequiresFact("postgresql")]
    public async Task LastSilo_EndsWhatRuns_BeforeItsGrainsLeave()
    {
        var gate = new Gate();
        await using var cluster = await TestCluster.StartAsync(
            await server.CreateMigratedAsync(), silos: 1, performers: (services, grains) => [new OneByOne(services.GetRequiredService<IHostRoster>().Me, gate, new Answerer(grains))]);
        var id = Grain.Conversation("running");
        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
        await gate.Begun;

        var stopping = cluster.Cluster.StopSiloAsync(cluster.Silos.Single());
        gate.Open();
        await stopping;

        var events = await cluster.Store.ReadJournalAsync(id, 0, int.MaxValue);
        Assert.Contains(events, line => GrainFormat.Default.ReadEvent(line.Body) is MessageSent);
        Assert.Empty(await cluster.Store.ReadEffectsAsync(id));
    }

    private sealed class Gate
    {
        private readonly TaskCompletionSource<string> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int firstRuns;

        /// <summary>The silo whose only worker is busy.</summary>
        public Task<string> Begun => begun.Task;

        public int FirstRuns => Volatile.Read(ref firstRuns);

        public void Open() => opened.SetResult();

        public Task PassAsync(string silo, CancellationToken cancellation)
        {
            Interlocked.Increment(ref firstRuns);
            begun.TrySetResult(silo);
            return opened.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>The conversation "running" waits at the gate.</summary>
    private sealed class OneByOne(string me, Gate gate, Answerer answerer) : IWorkPerformer
    {
        public Type Handles => answerer.Handles;

        public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            if (origin.Key == "running")
                await gate.PassAsync(me, cancellation);
            return await answerer.PerformAsync(origin, work, cancellation);
        }
    }
}
