using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Tests.Probes;
using CustomerService.Tests;

namespace CustomerService.Runtime.Tests.InProcess;

public sealed class DrainTests
{
    [Fact]
    public async Task Stop_LetsRunningWorkEndAndKeepsWaitingWorkForTheNextStart()
    {
        var gate = new SemaphoreSlim(0);
        var worker = new ChoreWorker((_, cancellation) => gate.WaitAsync(cancellation));
        await using var system = await new ProbeSystem { Performer = worker, Options = new InProcessOptions { Workers = 1 } }.StartAsync();
        await system.AskAsync("a", new Note("m") { Work = "running" });
        while (worker.Begun.Length == 0)
            await Task.Yield();
        await system.AskAsync("a", new Note("n") { Work = "waiting" });

        var stopping = system.StopAsync();
        gate.Release();
        await stopping;

        Assert.Equal(["running"], worker.Begun);
        gate.Release();
        await system.StartAsync();
        Assert.Equal(["m", "n", "done:running", "done:waiting"], await system.WhenNotesAsync("a", notes => notes.Length == 4));
        Assert.Equal(["running", "waiting"], worker.Begun);
    }

    [Fact]
    public async Task WorkThatOutlastsTheLimit_IsToldToEndAndDoneAgainAfterTheStart()
    {
        var clock = new ManualTimeProvider();
        var isSlow = true;
        var worker = new ChoreWorker((_, cancellation) => Volatile.Read(ref isSlow) ? Task.Delay(Timeout.Infinite, cancellation) : Task.CompletedTask);
        await using var system = await new ProbeSystem { Clock = clock, Performer = worker, Options = new InProcessOptions { DrainLimit = TimeSpan.FromSeconds(5) } }.StartAsync();
        await system.AskAsync("a", new Note("m") { Work = "w" });
        while (worker.Begun.Length == 0)
            await Task.Yield();

        var stopping = system.StopAsync();
        while (!stopping.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        await stopping;
        Volatile.Write(ref isSlow, false);
        await system.StartAsync();
        Assert.Equal(["m", "done:w"], await system.WhenNotesAsync("a", notes => notes.Length == 2));
        Assert.Equal(["w", "w"], worker.Begun);
    }

    [Fact]
    public async Task CommandsAcceptedBeforeTheStop_AreAllAnswered()
    {
        await using var system = await new ProbeSystem().StartAsync();
        var asks = Enumerable.Range(0, 500).Select(n => system.AskAsync($"g{n % 7}", new Note($"{n}")).AsTask()).ToArray();
        await system.StopAsync();
        await Task.WhenAll(asks);

        await system.StartAsync();
        var all = new List<string>();
        for (var grain = 0; grain < 7; grain++)
            all.AddRange(await system.NotesAsync($"g{grain}"));
        Assert.Equal(500, all.Distinct().Count());
    }
}
