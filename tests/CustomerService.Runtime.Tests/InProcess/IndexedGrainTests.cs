using CustomerService.Grains.Turns;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Runtime.Tests.Probes;
using CustomerService.Runtime.Turns;

namespace CustomerService.Runtime.Tests.InProcess;

public sealed class IndexedGrainTests
{
    private static readonly GrainId Lines = new("lines", "l");

    [Fact]
    public async Task IndexEntries_AreRestoredAfterAKill()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => system.Host.Inside.AskAsync(Lines, new PutLine($"k{n:00}", $"{n}")).AsTask()));
        await system.Host.Inside.AskAsync(Lines, new PutLine("k03", "three"));
        await system.Host.Inside.AskAsync(Lines, new PutLine("k04", null));

        await system.RestartAsync();

        var lines = (Notes)await system.Host.Inside.AskAsync(Lines, new GetNotes());
        Assert.Equal(19, lines.Texts.Length);
        Assert.Contains("k03=three", lines.Texts);
        Assert.Equal(22, lines.Number);
    }

    [Fact]
    public async Task StoredGrains_AnswerQueriesBesideARunningSystem()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await system.AskAsync("a", new Note("1"));
        await system.Host.Inside.AskAsync(Lines, new PutLine("k", "v"));

        await using var reader = SqliteStore.OpenForReading(system.Folder);
        var stored = new StoredGrains(ProbeFormat.Kinds, reader, TimeProvider.System);
        Assert.Equal("1", Assert.Single(((Notes)await stored.AskAsync(ProbeFormat.Probe("a"), new GetNotes())).Texts));
        Assert.Equal("k=v", Assert.Single(((Notes)await stored.AskAsync(Lines, new GetNotes())).Texts));
        Assert.Empty(((Notes)await stored.AskAsync(ProbeFormat.Probe("never"), new GetNotes())).Texts);
        await Assert.ThrowsAsync<ArgumentException>(async () => await stored.AskAsync(ProbeFormat.Probe("a"), new Note("2")));

        var journal = new JournalReader(reader, ProbeFormat.Format);
        Assert.Single(await journal.ReadAllAsync(0, 10));
        Assert.Throws<NotSupportedException>(() => journal.Subscribe(null, _ => { }));
    }
}
