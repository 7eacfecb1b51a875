using CustomerService.Grains.Turns;
using CustomerService.Runtime.Tests.Probes;

namespace CustomerService.Runtime.Tests.InProcess;

public sealed class InProcessHostTests
{
    [Fact]
    public async Task ManyAskers_EachGrainHandlesInOrder()
    {
        await using var system = await new ProbeSystem().StartAsync();
        const int grains = 20, notes = 100;

        await Task.WhenAll(Enumerable.Range(0, grains).Select(grain => Task.Run(async () =>
        {
            var asks = new List<Task>();
            for (var note = 0; note < notes; note++)
                asks.Add(system.AskAsync($"g{grain}", new Note($"{note}") { Id = $"n{note}" }).AsTask());
            await Task.WhenAll(asks);
        })));

        for (var grain = 0; grain < grains; grain++)
            Assert.Equal(Enumerable.Range(0, notes).Select(note => $"{note}"), await system.NotesAsync($"g{grain}"));
        // Group commit: far fewer transactions than turns.
        Assert.InRange(system.Store.Transactions, 1, grains * notes / 4);
    }

    [Fact]
    public async Task AcknowledgedNotes_AreThereAfterKill()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await system.AskAsync("a", new Note("one"));
        await system.AskAsync("a", new Note("two"));

        await system.KillAsync();
        await system.StartAsync();

        Assert.Equal(["one", "two"], await system.NotesAsync("a"));
    }

    [Fact]
    public async Task ToldNotes_ArriveInOrder()
    {
        await using var system = await new ProbeSystem().StartAsync();
        for (var note = 0; note < 50; note++)
            await system.AskAsync("a", new Note($"{note}") { Forward = [ProbeFormat.Probe("b"), ProbeFormat.Probe("c")] });

        var expected = Enumerable.Range(0, 50).Select(note => $"{note}").ToArray();
        Assert.Equal(expected, await system.WhenNotesAsync("b", notes => notes.Length >= 50));
        Assert.Equal(expected, await system.WhenNotesAsync("c", notes => notes.Length >= 50));
    }

    [Fact]
    public async Task GrainsThatTellEachOther_DoNotWaitForOneAnother()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await Task.WhenAll(
            system.AskAsync("a", new Note("ping") { Forward = [ProbeFormat.Probe("b")] }).AsTask(),
            system.AskAsync("b", new Note("pong") { Forward = [ProbeFormat.Probe("a")] }).AsTask(),
            system.AskAsync("c", new Note("self") { Forward = [ProbeFormat.Probe("c")] }).AsTask());

        await system.WhenNotesAsync("a", notes => notes.Contains("pong"));
        await system.WhenNotesAsync("b", notes => notes.Contains("ping"));
        Assert.Equal(["self", "self"], await system.WhenNotesAsync("c", notes => notes.Length == 2));
    }

    [Fact]
    public async Task AddressThatCannotExist_IsRefusedWithAReason()
    {
        await using var system = await new ProbeSystem().StartAsync();

        async Task<string> Fault(GrainId id) =>
            (await Assert.ThrowsAsync<ArgumentException>(async () => await system.Host.Inside.AskAsync(id, new GetNotes()))).Message;

        Assert.Contains("'nobody'", await Fault(new GrainId("nobody", "x")), StringComparison.Ordinal);
        Assert.Contains("256", await Fault(new GrainId("probe", new string('x', 257))), StringComparison.Ordinal);
        Assert.Contains("control", await Fault(new GrainId("probe", "a\0b")), StringComparison.Ordinal);
        Assert.Contains("256", await Fault(new GrainId("probe", "")), StringComparison.Ordinal);
    }
}
