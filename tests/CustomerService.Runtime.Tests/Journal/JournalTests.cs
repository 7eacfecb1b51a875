using CustomerService.Grains.Journal;
using CustomerService.Runtime.Tests.Probes;

namespace CustomerService.Runtime.Tests.Journal;

public sealed class JournalTests
{
    [Fact]
    public async Task SubscribeThenRead_MissesNothingAndCanDropWhatComesTwice()
    {
        await using var system = await new ProbeSystem().StartAsync();
        const int notes = 300;
        var grain = ProbeFormat.Probe("a");
        var writing = Task.Run(async () =>
        {
            for (var n = 1; n <= notes; n++)
                await system.AskAsync("a", new Note($"{n}"));
        });

        var live = new List<long>();
        var complete = new TaskCompletionSource();
        using var subscription = system.Host.Journal.Subscribe(grain, entry =>
        {
            live.Add(entry.Sequence);
            if (entry.Sequence == notes)
                complete.TrySetResult();
        });
        var past = (await system.Host.Journal.ReadAsync(grain, 0, int.MaxValue)).Select(entry => entry.Sequence).ToArray();
        await writing;
        if (past.LastOrDefault() < notes)
            await complete.Task;

        var lastRead = past.LastOrDefault();
        Assert.Equal(Enumerable.Range(1, notes).Select(n => (long)n), past.Concat(live.Where(sequence => sequence > lastRead)));
        Assert.Equal(live.Order(), live);
    }

    [Fact]
    public async Task Subscription_TellsOfItsOwnGrainOrOfAllUntilDisposed()
    {
        await using var system = await new ProbeSystem().StartAsync();
        var ofA = new List<string>();
        var ofAll = new List<string>();
        var seen = new SemaphoreSlim(0);
        using var all = system.Host.Journal.Subscribe(null, entry =>
        {
            lock (ofAll)
                ofAll.Add($"{entry.Grain.Key}{((Noted)entry.Event).Text}");
            seen.Release();
        });
        var one = system.Host.Journal.Subscribe(ProbeFormat.Probe("a"), entry => ofA.Add(((Noted)entry.Event).Text));
        await system.AskAsync("a", new Note("1"));
        await system.AskAsync("b", new Note("1"));
        await seen.WaitAsync();
        await seen.WaitAsync();
        one.Dispose();
        await system.AskAsync("a", new Note("2"));
        await seen.WaitAsync();

        Assert.Equal(["1"], ofA);
        Assert.Equal(["a1", "a2", "b1"], ofAll.Order());
    }

    [Fact]
    public async Task SubscriberThatThrows_HurtsNobody()
    {
        await using var system = await new ProbeSystem().StartAsync();
        using var bad = system.Host.Journal.Subscribe(null, _ => throw new InvalidOperationException("a bug"));
        var told = new TaskCompletionSource<JournalEntry>();
        using var good = system.Host.Journal.Subscribe(null, entry => told.TrySetResult(entry));
        await system.AskAsync("a", new Note("1"));
        Assert.Equal(1, (await told.Task).Sequence);
        Assert.Equal(["1"], await system.NotesAsync("a"));
    }

    [Fact]
    public async Task WholeJournal_IsReadInPagesByPosition()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => system.AskAsync($"g{n % 5}", new Note($"{n}")).AsTask()));
        var read = new List<JournalEntry>();
        IReadOnlyList<JournalEntry> page;
        do
        {
            page = await system.Host.Journal.ReadAllAsync(read.LastOrDefault()?.Position ?? 0, 7);
            read.AddRange(page);
        }
        while (page.Count > 0);

        Assert.Equal(100, read.Select(entry => entry.Position).Distinct().Count());
        Assert.All(read.GroupBy(entry => entry.Grain), own => Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), own.Select(entry => entry.Sequence)));
    }
}
