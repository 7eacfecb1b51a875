using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using static CustomerService.Grains.Orleans.Tests.Answerer;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Tests.Deaths;

/// <summary>A silo ends as a killed process does, in the middle of something.</summary>
public sealed class KilledSiloTests(CustomerService.Tests.PostgreSqlServer server) : IClassFixture<CustomerService.Tests.PostgreSqlServer>
{
    [RequiresFact("postgresql")]
    public async Task Command_WhoseSiloIsKilled_IsHandledOnceElsewhere()
    {
        await using var cluster = await TestCluster.StartAsync(await server.CreateMigratedAsync(), silos: 3, performers: (_, grains) => [new Answerer(grains)]);
        var id = await QueuedAsync(cluster);
        var held = cluster.Commits.Hold(id);

        // Known again by nothing but its id, which its sender left out.
        var asked = cluster.Door.AskAsync(id, new AddNote("ana", "Was here before.")).AsTask();
        await held;
        await cluster.Cluster.KillSiloAsync(cluster.HandleOf(id));
        cluster.Commits.Release(id);

        Assert.IsType<Done>(await asked);
        var notes = (await cluster.Journal.ReadAsync(id, 0, int.MaxValue)).Select(entry => entry.Event).OfType<NoteAdded>();
        Assert.Single(notes);
    }

    [RequiresFact("postgresql")]
    public async Task WorkOfAKilledSilo_IsDoneByAnother_WithoutACall()
    {
        var begun = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await TestCluster.StartAsync(
            await server.CreateMigratedAsync(), silos: 3,
            performers: (services, grains) => [new DoneElsewhere(services.GetRequiredService<IHostRoster>().Me, begun, new Answerer(grains))]);
        var id = Grain.Conversation("in-the-middle");
        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
        var worker = await begun.Task;

        await cluster.Cluster.KillSiloAsync(cluster.Silos.Single(silo => silo.SiloAddress.ToParsableString() == worker));

        Assert.Equal("About m-1.", (await cluster.EventAsync<MessageSent>(id)).Text);
    }

    [RequiresFact("postgresql")]
    public async Task Follower_WhenTheGrainsSiloIsKilledInTheMiddleOfIts_Events_HearsEachOnceAndInOrder()
    {
        await using var cluster = await TestCluster.StartAsync(await server.CreateMigratedAsync(), silos: 3, performers: (_, grains) => [new Answerer(grains)]);
        var id = Grain.Conversation("followed");
        var heard = new Heard();
        using var subscription = cluster.Journal.Subscribe(id, heard.Add);
        await cluster.Journal.ReadAsync(id, 0, 1);
        for (var n = 1; n <= 5; n++)
            await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message($"m-{n}")));

        var writing = Task.Run(async () =>
        {
            for (var n = 6; n <= 30; n++)
                await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message($"m-{n}")));
        });
        await heard.UntilAsync(entry => entry.Event is MessageReceived { Interaction.Id: "m-10" });
        await cluster.Cluster.KillSiloAsync(cluster.HandleOf(id));
        await writing;

        await heard.UntilAsync(entry => entry.Event is MessageSent { InReplyTo: "m-30" });
        var stored = await cluster.Journal.ReadAsync(id, 0, int.MaxValue);
        Assert.Equal(stored.Select(entry => entry.Sequence).TakeWhile(sequence => sequence <= heard.Last), heard.Sequences);
    }

    private static async Task<GrainId> QueuedAsync(TestCluster cluster)
    {
        var id = Grain.Conversation("queued");
        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1", NeedsPerson)));
        await cluster.EventAsync<MessageSent>(id);
        return id;
    }

    /// <summary>The first silo that gets the work never ends it.</summary>
    private sealed class DoneElsewhere(string me, TaskCompletionSource<string> begun, Answerer answerer) : IWorkPerformer
    {
        public Type Handles => answerer.Handles;

        public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            if (begun.TrySetResult(me))
                await Task.Delay(Timeout.Infinite, cancellation);
            return await answerer.PerformAsync(origin, work, cancellation);
        }
    }
}
