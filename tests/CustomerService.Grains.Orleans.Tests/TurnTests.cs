using CustomerService.Grains.Conversations;
using CustomerService.Grains.Orleans.Figures;
using CustomerService.Grains.Orleans.Wire;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using Microsoft.Extensions.DependencyInjection;
using static CustomerService.Grains.Orleans.Tests.Answerer;

namespace CustomerService.Grains.Orleans.Tests;

/// <summary>What happens around a commit that takes its time, and what is refused at a silo's door.</summary>
public sealed class TurnTests(TurnTests.OneSilo fixture) : IClassFixture<TurnTests.OneSilo>
{
    private readonly TestCluster cluster = fixture.Cluster;

    [RequiresFact("postgresql")]
    public async Task Query_WhileACommitIsHeldUp_IsAnsweredFromTheCommittedState()
    {
        var id = Grain.Conversation("read");
        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
        var held = cluster.Commits.Hold(id);
        var second = cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-2")));
        await held;

        var view = await cluster.AskAsync<ConversationView>(id, new GetConversation());

        Assert.False(second.IsCompleted);
        Assert.Equal(1, view.LastSequence);
        cluster.Commits.Release(id);
        Assert.Equal(2, (await second).Sequence);
    }

    [RequiresFact("postgresql")]
    public async Task CommandsThatComeWhileACommitIsUnderWay_ShareTheNextOne()
    {
        var id = Grain.Conversation("gathered");
        var held = cluster.Commits.Hold(id);
        var first = cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-0")));
        await held;
        var others = Enumerable.Range(1, 20).Select(n => cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message($"m-{n}")))).ToArray();
        await WaitingAsync(id, 21);

        cluster.Commits.Release(id);
        var sequences = await Task.WhenAll([first, .. others]);

        Assert.Equal(Enumerable.Range(1, 21).Select(n => (long)n), sequences.Select(accepted => accepted.Sequence).Order());
        Assert.Equal(2, cluster.Commits.Count(id));
    }

    [RequiresFact("postgresql")]
    public async Task TooManyCommandsForOneGrain_AreRefusedFromOutside_NeverFromInside()
    {
        var id = Grain.Conversation("crowded");
        var held = cluster.Commits.Hold(id);
        var outside = Enumerable.Range(0, 3).Select(n => cluster.Door.AskAsync(id, new ReceiveMessage(Message($"o-{n}"))).AsTask()).ToList();
        await held;
        await WaitingAsync(id, 3);

        var busy = await Assert.ThrowsAsync<HostBusyException>(async () => await cluster.Door.AskAsync(id, new ReceiveMessage(Message("o-3"))));
        var inside = cluster.Inside.AskAsync(id, new ReceiveMessage(Message("i-0"))).AsTask();
        await WaitingAsync(id, 4);

        Assert.True(busy.RetryAfter > TimeSpan.Zero);
        cluster.Commits.Release(id);
        Assert.All(await Task.WhenAll([.. outside, inside]), reply => Assert.IsType<MessageAccepted>(reply));
    }

    [RequiresFact("postgresql")]
    public async Task TooManyCommandsForOneSilo_AreRefusedFromOutside()
    {
        var ids = Enumerable.Range(0, 5).Select(n => Grain.Conversation($"full-{n}")).ToArray();
        var held = ids.Select(cluster.Commits.Hold).ToArray();
        var asked = ids.Select(id => cluster.Door.AskAsync(id, new ReceiveMessage(Message("m-1"))).AsTask()).ToArray();
        await Task.WhenAll(held);

        await Assert.ThrowsAsync<HostBusyException>(async () => await cluster.Door.AskAsync(Grain.Conversation("one-more"), new ReceiveMessage(Message("m-1"))));

        foreach (var id in ids)
            cluster.Commits.Release(id);
        await Task.WhenAll(asked);
        Assert.IsType<MessageAccepted>(await cluster.Door.AskAsync(Grain.Conversation("one-more"), new ReceiveMessage(Message("m-1"))));
    }

    [RequiresFact("postgresql")]
    public async Task GrainThatIsToLeaveMemory_EndsItsTurnFirst()
    {
        var id = Grain.Conversation("leaves");
        var held = cluster.Commits.Hold(id);
        var asked = cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
        await held;

        var left = cluster.Cluster.DeactivateAsync(cluster.Cluster.Client.TurnGrainOf(id));
        var next = cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-2")));
        cluster.Commits.Release(id);

        Assert.Equal(1, (await asked).Sequence);
        await left;
        Assert.Equal(2, (await next).Sequence);
    }

    [RequiresFact("postgresql")]
    public async Task TwoActivationsOfANewId_MakeOneGrain_AndTheLoserLeavesMemory()
    {
        var id = Grain.Conversation("two-at-once");
        var held = cluster.Commits.Hold(id);
        var asked = cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-late")));
        await held;
        await OtherHost.CommitAsync(fixture.Database, id, new ReceiveMessage(Message("m-first")));
        var left = cluster.Cluster.WaitForDeactivationAsync(cluster.Cluster.Client.TurnGrainOf(id));
        var conflicts = await ConflictsAsync();

        cluster.Commits.Release(id);

        Assert.False((await asked).Duplicate);
        await left;
        Assert.Equal(conflicts + 1, await ConflictsAsync());
        var messages = (await cluster.Journal.ReadAsync(id, 0, 100)).Select(entry => entry.Event).OfType<MessageReceived>();
        Assert.Equal(["m-first", "m-late"], messages.Select(message => message.Interaction.Id));
    }

    [RequiresFact("postgresql")]
    public async Task CommandOfANewerProgram_IsToBeTriedAgain_AndNotParked()
    {
        var grain = cluster.Cluster.Client.TurnGrainOf(Grain.Conversation("newer"));

        var answer = await grain.Ask(new WireCommand { Json = """{"$type":"conversation.from_the_future"}"""u8.ToArray() });

        Assert.Equal(WireOutcome.StoreUnavailable, answer.Outcome);
        Assert.Contains("upgraded", answer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await cluster.Store.ReadParkedAsync(10), item => item.Grain.Key == "newer");
    }

    [RequiresFact("postgresql")]
    public async Task ParkedCommand_IsTriedAgainFromAProcessThatHasNoGrains()
    {
        var id = Grain.Conversation("parked");
        await cluster.Store.CommitAsync(new Runtime.Stores.GrainCommit(id, 0, 1, "not a state"u8.ToArray(), 0, Message("m").ReceivedAt, [], [], [], []));
        var parked = await Assert.ThrowsAsync<CommandParkedException>(async () => await cluster.Door.AskAsync(id, new ReceiveMessage(Message("m-1"))));
        var items = cluster.Client.GetRequiredService<IParkedItems>();

        var again = await items.RetryAsync(parked.ParkedId);
        Assert.Equal(ParkedRetryResult.StillFails, again.Result);
        Assert.Equal(ParkedRetryResult.NotFound, (await items.RetryAsync("p-0")).Result);
        Assert.Contains(await items.ListAsync(10), item => item.Id == parked.ParkedId);

        Assert.True(await items.DropAsync(parked.ParkedId));
        Assert.DoesNotContain(await items.ListAsync(10), item => item.Id == parked.ParkedId);
    }

    private async Task<long> ConflictsAsync() =>
        (await cluster.Client.GetRequiredService<ClusterFigures>().LookAsync()).Single().Figures!.VersionConflicts;

    /// <summary>Ends when so many commands wait for the grain: asks interleave, so each has its answer once it has been counted.</summary>
    private async Task WaitingAsync(Turns.GrainId id, int count)
    {
        while (cluster.WaitingFor(id) < count)
            await Task.Yield();
    }

    /// <summary>One silo with low bounds.</summary>
    public sealed class OneSilo : ClusterFixture
    {
        protected override Task<TestCluster> StartAsync(string database) => TestCluster.StartAsync(
            database, silos: 1, new OrleansOptions { MaxWaitingCommands = 3, MaxAsks = 5, DrainLimit = TimeSpan.Zero }, (_, _) => [new NeverDone()]);
    }

    /// <summary>So that nothing happens to a conversation but what a test does.</summary>
    private sealed class NeverDone : Runtime.Effects.IWorkPerformer
    {
        public Type Handles => typeof(RunPipeline);

        public async ValueTask<Command?> PerformAsync(Turns.GrainId origin, Work work, CancellationToken cancellation)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        }
    }
}
