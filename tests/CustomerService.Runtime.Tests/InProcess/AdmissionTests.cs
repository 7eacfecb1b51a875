using CustomerService.Grains.Turns;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Tests.Probes;

namespace CustomerService.Runtime.Tests.InProcess;

public sealed class AdmissionTests
{
    [Fact]
    public async Task AsksBeyondTheBound_AreRefusedAtOnce_AndTheDoorOpensAgain()
    {
        FaultyStore? slow = null;
        var held = new TaskCompletionSource();
        await using var system = await new ProbeSystem
        {
            Between = store => slow = new FaultyStore(store),
            Options = new InProcessOptions { MaxAsks = 3 },
        }.StartAsync();
        slow!.OnCommit = async (_, commit) =>
        {
            await held.Task;
            return await commit();
        };

        var admitted = Enumerable.Range(0, 3).Select(n => system.Host.Door.AskAsync(ProbeFormat.Probe($"g{n}"), new Note("x")).AsTask()).ToArray();
        var refused = await Assert.ThrowsAsync<HostBusyException>(async () => await system.Host.Door.AskAsync(ProbeFormat.Probe("g9"), new Note("x")));
        Assert.True(refused.RetryAfter > TimeSpan.Zero);

        held.SetResult();
        await Task.WhenAll(admitted);
        await system.Host.Door.AskAsync(ProbeFormat.Probe("g9"), new Note("x"));
        Assert.Equal(["x"], await system.NotesAsync("g9"));
    }

    [Fact]
    public async Task CallersWhoGaveUp_StillCountUntilTheirCommandIsDone()
    {
        FaultyStore? slow = null;
        var held = new TaskCompletionSource();
        await using var system = await new ProbeSystem { Between = store => slow = new FaultyStore(store), Options = new InProcessOptions { MaxAsks = 1 } }.StartAsync();
        slow!.OnCommit = async (_, commit) =>
        {
            await held.Task;
            return await commit();
        };
        using var impatience = new CancellationTokenSource();
        var given = system.Host.Door.AskAsync(ProbeFormat.Probe("a"), new Note("x"), impatience.Token).AsTask();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        await Assert.ThrowsAsync<HostBusyException>(async () => await system.Host.Door.AskAsync(ProbeFormat.Probe("b"), new Note("x")));
        held.SetResult();
        Assert.Equal(["x"], await system.NotesAsync("a"));
    }

    [Fact]
    public async Task FullMailbox_RefusesTheOutsideButNeverAnotherGrain()
    {
        FaultyStore? slow = null;
        var held = new TaskCompletionSource();
        await using var system = await new ProbeSystem { Between = store => slow = new FaultyStore(store), Options = new InProcessOptions { MaxWaitingCommands = 5 } }.StartAsync();
        slow!.OnCommit = async (commit, write) =>
        {
            if (commit.Grain.Key == "busy")
                await held.Task;
            return await write();
        };
        var inside = Enumerable.Range(0, 20).Select(n => system.AskAsync("busy", new Note($"{n}")).AsTask()).ToArray();
        await system.AskAsync("a", new Note("told") { Forward = [ProbeFormat.Probe("busy")] });

        await Assert.ThrowsAsync<HostBusyException>(async () => await system.Host.Door.AskAsync(ProbeFormat.Probe("busy"), new Note("outside")));

        held.SetResult();
        await Task.WhenAll(inside);
        Assert.Equal(21, (await system.WhenNotesAsync("busy", notes => notes.Contains("told"))).Length);
    }

    [Fact]
    public async Task TooMuchWork_RefusesCommandsButAnswersQueries()
    {
        var gate = new SemaphoreSlim(0);
        var worker = new ChoreWorker((_, cancellation) => gate.WaitAsync(cancellation));
        await using var system = await new ProbeSystem { Performer = worker, Options = new InProcessOptions { Workers = 1, MaxWorkBacklog = 3 } }.StartAsync();
        for (var n = 0; n < 5; n++)
            await system.AskAsync("a", new Note($"{n}") { Work = $"{n}" });
        while (system.Host.WorkBacklog < 3)
            await Task.Yield();

        await Assert.ThrowsAsync<HostBusyException>(async () => await system.Host.Door.AskAsync(ProbeFormat.Probe("a"), new Note("x")));
        Assert.IsType<Notes>(await system.Host.Door.AskAsync(ProbeFormat.Probe("a"), new GetNotes()));
        gate.Release(5);
        await system.WhenNotesAsync("a", notes => notes.Length == 10);
        await system.Host.Door.AskAsync(ProbeFormat.Probe("a"), new Note("x"));
    }

    [Fact]
    public async Task StoppedHost_RefusesAtTheDoor()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await system.Host.StopAsync();
        await Assert.ThrowsAsync<HostBusyException>(async () => await system.Host.Door.AskAsync(ProbeFormat.Probe("a"), new Note("x")));
    }

    [Theory]
    [InlineData("MaxAsks")]
    [InlineData("IdleTime")]
    [InlineData("Workers")]
    public async Task OptionOutOfRange_IsNamed(string option)
    {
        var options = option switch
        {
            "MaxAsks" => new InProcessOptions { MaxAsks = 0 },
            "IdleTime" => new InProcessOptions { IdleTime = TimeSpan.Zero },
            _ => new InProcessOptions { Workers = -1 },
        };
        var fault = Assert.Throws<ArgumentException>(options.Validate);
        Assert.Contains(option + " must be at least", fault.Message, StringComparison.Ordinal);
        await using var system = new ProbeSystem { Options = options };
        await Assert.ThrowsAsync<ArgumentException>(system.StartAsync);
    }
}
