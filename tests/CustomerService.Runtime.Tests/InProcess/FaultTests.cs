using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Tests.Probes;

namespace CustomerService.Runtime.Tests.InProcess;

/// <summary>What askers and grains see when the store fails, when others write, and when a command is a bug.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task StaleActivation_ReloadsAndHandlesAgain()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await system.AskAsync("a", new Note("mine"));
        await WriteBehindItsBackAsync(system, "theirs");

        await system.AskAsync("a", new Note("after"));

        Assert.Equal(["theirs", "after"], await system.NotesAsync("a"));
    }

    [Fact]
    public async Task EndlessConflicts_EndInARefusal()
    {
        FaultyStore? faulty = null;
        await using var system = await new ProbeSystem { Between = store => faulty = new FaultyStore(store) }.StartAsync();
        faulty!.OnCommit = (_, _) => new ValueTask<CommitOutcome>(CommitOutcome.Conflict);

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await system.AskAsync("a", new Note("x")));
        faulty.OnCommit = null;
        await system.AskAsync("a", new Note("y"));
        Assert.Equal(["y"], await system.NotesAsync("a"));
    }

    [Fact]
    public async Task FailedCommit_ReachesEveryAskerOfTheBatchAndLeavesNothingInMemory()
    {
        FaultyStore? faulty = null;
        await using var system = await new ProbeSystem { Between = store => faulty = new FaultyStore(store) }.StartAsync();
        await system.AskAsync("a", new Note("kept"));
        faulty!.OnCommit = (_, _) => throw new StoreUnavailableException("disk full");

        var asks = Enumerable.Range(0, 10).Select(n => system.AskAsync("a", new Note($"lost{n}")).AsTask()).ToArray();
        foreach (var ask in asks)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => ask);

        faulty.OnCommit = null;
        Assert.Equal(["kept"], await system.NotesAsync("a"));
    }

    [Fact]
    public async Task CommitWhoseAnswerWasLost_StillHasItsEffectsCarriedOut()
    {
        FaultyStore? faulty = null;
        await using var system = await new ProbeSystem { Between = store => faulty = new FaultyStore(store), Performer = new ChoreWorker() }.StartAsync();
        await system.AskAsync("a", new Note("first"));
        var told = new List<long>();
        using var subscription = system.Host.Journal.Subscribe(ProbeFormat.Probe("a"), entry => told.Add(entry.Sequence));
        faulty!.OnCommit = async (_, commit) =>
        {
            await commit();
            throw new StoreUnavailableException("the connection was lost");
        };
        var note = new Note("m") { Id = "m", Forward = [ProbeFormat.Probe("b")], Work = "w" };
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await system.AskAsync("a", note));
        faulty.OnCommit = null;

        Assert.Equal(Reply.Done, await system.AskAsync("a", note));

        await system.WhenNotesAsync("a", notes => notes.Contains("done:w"));
        Assert.Equal(["m"], await system.WhenNotesAsync("b", notes => notes.Length > 0));
        Assert.Equal(["first", "m", "done:w"], await system.NotesAsync("a"));
        // The first event may or may not have been told before the subscription.
        Assert.Equal([2, 3], told.Where(sequence => sequence > 1));
    }

    [Fact]
    public async Task PoisonedCommand_IsParkedAndBlocksNobody()
    {
        await using var system = await new ProbeSystem().StartAsync();
        var before = system.AskAsync("a", new Note("before")).AsTask();
        var poison = system.AskAsync("a", new Blow("boom") { Id = "bad" }).AsTask();
        var after = system.AskAsync("a", new Note("after")).AsTask();

        var fault = await Assert.ThrowsAsync<CommandParkedException>(() => poison);
        await Task.WhenAll(before, after);

        Assert.Equal(["before", "after"], await system.NotesAsync("a"));
        var item = Assert.Single(await system.Host.Parked.ListAsync(10));
        Assert.Equal(fault.ParkedId, item.Id);
        Assert.Contains("boom", item.Reason, StringComparison.Ordinal);
        // Sent again, it is the same item.
        await Assert.ThrowsAsync<CommandParkedException>(async () => await system.AskAsync("a", new Blow("boom") { Id = "bad" }));
        Assert.Single(await system.Host.Parked.ListAsync(10));
    }

    [Fact]
    public async Task PoisonInTheMiddleOfABatch_OnlyItsOwnAskerSeesIt()
    {
        FaultyStore? faulty = null;
        await using var system = await new ProbeSystem { Between = store => faulty = new FaultyStore(store) }.StartAsync();
        // The first commit is held, so that all the others become one batch behind it.
        var held = new TaskCompletionSource();
        faulty!.OnCommit = async (_, commit) =>
        {
            await held.Task;
            return await commit();
        };
        var asks = new List<Task<Reply>> { system.AskAsync("a", new Note("0")).AsTask() };
        for (var n = 1; n < 10; n++)
            asks.Add(system.AskAsync("a", n is 4 ? new Blow("boom") : n is 6 ? new Spoil() : n is 8 ? new Reject() : new Note($"{n}")).AsTask());
        held.SetResult();

        await Task.WhenAll(asks.Select(ask => ask.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.Equal([4, 6], Enumerable.Range(0, 10).Where(n => asks[n].IsFaulted));
        Assert.IsType<Refused>(await asks[8]);
        Assert.Equal(["0", "1", "2", "3", "5", "7", "9"], await system.NotesAsync("a"));
        Assert.Equal(2, (await system.Host.Parked.ListAsync(10)).Count);
    }

    [Fact]
    public async Task ToldPoison_IsParkedAndTheNextTellsArrive()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await BreakStateAsync(system, "b");
        await system.AskAsync("a", new Note("1") { Forward = [ProbeFormat.Probe("b"), ProbeFormat.Probe("c")] });

        await system.WhenNotesAsync("c", notes => notes.Contains("1"));
        var item = Assert.Single(await system.Host.Parked.ListAsync(10));
        Assert.Equal(ProbeFormat.Probe("b"), item.Grain);
        Assert.Contains("can't be read", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TellToAKindThatDoesNotExist_IsTheTellersFault()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await Assert.ThrowsAsync<CommandParkedException>(async () => await system.AskAsync("a", new Note("1") { Forward = [new GrainId("nobody", "x")] }));
        Assert.Empty(await system.NotesAsync("a"));
    }

    [Fact]
    public async Task ToldRefusal_CountsAsDelivered()
    {
        await using var system = await new ProbeSystem().StartAsync();
        // A lines grain refuses notes.
        await system.AskAsync("a", new Note("1") { Forward = [new GrainId("lines", "l"), ProbeFormat.Probe("b")] });
        await system.WhenNotesAsync("b", notes => notes.Contains("1"));
        await system.WhenNothingIsLeftAsync();
    }

    private static async Task WriteBehindItsBackAsync(ProbeSystem system, string text)
    {
        var stored = await system.Store.LoadAsync(ProbeFormat.Probe("a"), withEntries: false);
        var kind = ProbeFormat.Kinds[0];
        var state = kind.Write(new ProbeState([text], []));
        Assert.True((await system.Store.CommitAsync(new GrainCommit(ProbeFormat.Probe("a"), stored!.Version, 1, state, stored.JournalSequence, default, [], [], [], []))).IsCommitted);
    }

    private static async Task BreakStateAsync(ProbeSystem system, string key) =>
        await system.Store.CommitAsync(new GrainCommit(ProbeFormat.Probe(key), 0, 1, "not json"u8.ToArray(), 0, default, [], [], [], []));
}
