using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Tests.Probes;
using CustomerService.Tests;

namespace CustomerService.Runtime.Tests.InProcess;

public sealed class IdleTests
{
    [Fact]
    public async Task IdleGrains_LeaveMemoryAndComeBackAsTheyWere()
    {
        var clock = new ManualTimeProvider();
        FaultyStore? store = null;
        await using var system = await new ProbeSystem { Clock = clock, Between = real => store = new FaultyStore(real) }.StartAsync();
        for (var n = 0; n < 10; n++)
            await system.AskAsync($"g{n}", new Note("x"));
        clock.Advance(TimeSpan.FromSeconds(90));
        await system.AskAsync("g0", new Note("still here"));
        clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(1, system.Host.Activations);
        Assert.Equal(10, store!.Loads);
        Assert.Equal(["x"], await system.NotesAsync("g5"));
        Assert.Equal(["x", "still here"], await system.NotesAsync("g0"));
        Assert.Equal(11, store.Loads);
    }

    [Fact]
    public async Task TooManyGrains_TheLongestIdleLeave()
    {
        var clock = new ManualTimeProvider();
        await using var system = await new ProbeSystem { Clock = clock, Options = new InProcessOptions { MaxActivations = 100 } }.StartAsync();
        for (var n = 0; n < 1000; n++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await system.AskAsync($"g{n}", new Note("x"));
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (system.Host.Activations > 100 && !patience.IsCancellationRequested)
            await Task.Yield();
        Assert.InRange(system.Host.Activations, 0, 100);
        for (var n = 0; n < 1000; n += 100)
            Assert.Equal(["x"], await system.NotesAsync($"g{n}"));
    }

    [Fact]
    public async Task CollectionUnderLoad_LosesAndDoublesNothing()
    {
        var clock = new ManualTimeProvider();
        await using var system = await new ProbeSystem { Clock = clock, Options = new InProcessOptions { IdleTime = TimeSpan.FromSeconds(1) } }.StartAsync();
        using var done = new CancellationTokenSource();
        var collecting = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                clock.Advance(TimeSpan.FromSeconds(1));
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(asker => Task.Run(async () =>
        {
            var random = new Random(asker);
            for (var n = 0; n < 200; n++)
                await system.AskAsync($"g{random.Next(10)}", new Note($"{asker}.{n}") { Id = $"{asker}.{n}" });
        })));
        await done.CancelAsync();
        await collecting;

        var all = new List<string>();
        for (var grain = 0; grain < 10; grain++)
            all.AddRange(await system.NotesAsync($"g{grain}"));
        Assert.Equal(800, all.Count);
        Assert.Equal(800, all.Distinct().Count());
    }
}
