using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using Microsoft.Extensions.DependencyInjection;
using static CustomerService.Grains.Orleans.Tests.Answerer;

namespace CustomerService.Grains.Orleans.Tests.Following;

[Collection(nameof(ClusterTests))]
public sealed class FollowingTests(ClusterFixture fixture)
{
    private readonly TestCluster cluster = fixture.Cluster;

    [RequiresFact("postgresql")]
    public async Task WhoSubscribesFirstAndThenReads_LacksNothing()
    {
        // The first message falls anywhere around the subscription and the reading.
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), async (n, cancellation) =>
        {
            var id = Grain.Conversation($"read-then-told-{n}");
            var told = new Heard();
            var writing = cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
            using var subscription = cluster.Journal.Subscribe(id, told.Add);
            var read = await cluster.Journal.ReadAsync(id, 0, 100, cancellation);
            await writing;
            if (!read.Any(entry => entry.Event is MessageSent))
                await told.UntilAsync(entry => entry.Event is MessageSent);

            var all = await cluster.Journal.ReadAsync(id, 0, 100, cancellation);
            Assert.Empty(all.Select(entry => entry.Sequence).Where(sequence => sequence <= all.First(entry => entry.Event is MessageSent).Sequence)
                .Except(read.Select(entry => entry.Sequence)).Except(told.Sequences));
        });
    }

    [RequiresFact("postgresql")]
    public async Task GrainThatMoves_IsFollowedWithoutGapOrRepetition()
    {
        var id = Grain.Conversation("moving");
        var heard = new Heard();
        using var subscription = cluster.Journal.Subscribe(id, heard.Add);
        await cluster.Journal.ReadAsync(id, 0, 1);

        for (var n = 1; n <= 12; n++)
        {
            await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message($"m-{n}")));
            if (n % 3 == 0)
                await cluster.Cluster.DeactivateAsync(cluster.Cluster.Client.TurnGrainOf(id));
        }

        await heard.UntilAsync(entry => entry.Event is MessageSent { InReplyTo: "m-12" });
        Assert.Equal(Enumerable.Range(1, (int)heard.Last).Select(n => (long)n), heard.Sequences);
    }

    [RequiresFact("postgresql")]
    public async Task EventThatNobodyTold_IsReadFromTheJournalBeforeTheNextIsHeard()
    {
        var id = Grain.Conversation("untold");
        var heard = new Heard();
        using var subscription = cluster.Journal.Subscribe(id, heard.Add);
        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
        await heard.UntilAsync(entry => entry.Event is MessageSent { InReplyTo: "m-1" });

        // Another activation, which no follower knows of, writes an event; what the followed one tells next leaves a gap.
        await OtherHost.CommitAsync(fixture.Database, id, new ReceiveMessage(Message("m-2")));
        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-3")));

        await heard.UntilAsync(entry => entry.Event is MessageSent { InReplyTo: "m-3" });
        Assert.Equal(Enumerable.Range(1, (int)heard.Last).Select(n => (long)n), heard.Sequences);
    }

    [RequiresFact("postgresql")]
    public async Task Queue_IsFollowedFromAnotherSilo()
    {
        var heard = new Heard();
        var queue = Grain.Queue("followed");
        var elsewhere = cluster.Silos.First(silo => !silo.SiloAddress.Equals(cluster.SiloOf(queue)));
        using var subscription = elsewhere.ServiceProvider.GetRequiredService<IJournal>().Subscribe(queue, heard.Add);

        await cluster.AskAsync<MessageAccepted>(Grain.Conversation("to-followed"), new ReceiveMessage(MessageTo("followed")));

        await heard.UntilAsync(entry => entry.Event is ConversationEnqueued { ConversationId: "to-followed" });
    }

    [RequiresFact("postgresql")]
    public async Task ManyListenersOfOneProcess_AreTold_AndThoseWhoLeftAreNot()
    {
        var id = Grain.Conversation("many");
        var heard = Enumerable.Range(0, 3).Select(_ => new Heard()).ToArray();
        var subscriptions = heard.Select(one => cluster.Journal.Subscribe(id, one.Add)).ToArray();
        await cluster.Journal.ReadAsync(id, 0, 1);
        subscriptions[0].Dispose();

        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));

        await heard[1].UntilAsync(entry => entry.Event is MessageSent);
        await heard[2].UntilAsync(entry => entry.Event is MessageSent);
        Assert.Empty(heard[0].Sequences);
        subscriptions[1].Dispose();
        subscriptions[2].Dispose();
    }

    [RequiresFact("postgresql")]
    public async Task Hint_ReachesListenersInOtherProcesses_AndTheSendersOwn()
    {
        var id = Grain.Conversation("typing");
        var processes = cluster.Silos.Select(silo => silo.ServiceProvider).Append(cluster.Client).ToArray();
        var heard = processes.Select(_ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var listeners = processes.Select((process, index) => process.GetRequiredService<IHints>().Listen(id, hint => heard[index].TrySetResult(hint))).ToArray();
        foreach (var process in processes)
            await process.GetRequiredService<IJournal>().ReadAsync(id, 0, 1);

        processes[^1].GetRequiredService<IHints>().Send(id, "typing:customer");

        Assert.All(await Task.WhenAll(heard.Select(one => one.Task.WaitAsync(TimeSpan.FromSeconds(60)))), hint => Assert.Equal("typing:customer", hint));
        foreach (var listener in listeners)
            listener.Dispose();
    }
}
