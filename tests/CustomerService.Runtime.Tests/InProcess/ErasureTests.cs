using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Runtime.Tests.Probes;
using CustomerService.Runtime.Turns;
using CustomerService.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Runtime.Tests.InProcess;

/// <summary>Turns that empty their grain's journal, or leave nothing of their grain.</summary>
public sealed class ErasureTests
{
    private static readonly GrainId A = ProbeFormat.Probe("a");

    [Fact]
    public async Task ErasingTurnInABatch_ErasesWhatWasBeforeIt_AndNothingAfter()
    {
        await using var system = await new ProbeSystem().StartAsync();
        var activation = Activate(system.Store);
        Ask[] asks = [.. new Command[] { new Note("one") { Id = "1" }, new Wipe { Id = "2" }, new Note("two") { Id = "3" }, new Reject(), new Note("three") { Id = "4" } }.Select(command => new Ask(command))];

        await activation.RunAsync(asks);

        Assert.Equal(["Done", "Done", "Done", "Refused", "Done"], (await Task.WhenAll(asks.Select(ask => ask.Task))).Select(reply => reply.GetType().Name));
        Assert.Equal(["wiped", "two", "three"], (await system.NotesAsync("a")));
        Assert.Equal(["-", "wiped", "two", "three"], await TextsAsync(system, A));
    }

    [Fact]
    public async Task VanishingTurnInABatch_IsFollowedByAGrainThatNeverWas()
    {
        await using var system = await new ProbeSystem().StartAsync();
        var activation = Activate(system.Store);
        Ask[] asks = [.. new Command[] { new Note("one") { Id = "1" }, new Fade(), new Note("two") { Id = "1" }, new Fade(), new Fade() }.Select(command => new Ask(command))];

        await activation.RunAsync(asks);

        Assert.All(await Task.WhenAll(asks.Select(ask => ask.Task)), reply => Assert.Equal(Reply.Done, reply));
        Assert.Null(await system.Store.LoadAsync(A, withEntries: true));
        Assert.Empty(await TextsAsync(system, A));
        Assert.Equal(["-", "-"], await TextsAsync(system, ErasedEvents.Grain));
    }

    [Fact]
    public async Task VanishedGrain_ActsAnew_InTheSameMemory()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await system.AskAsync("a", new Note("one"));
        await system.AskAsync("a", new Fade());

        Assert.Empty(await system.NotesAsync("a"));
        await system.AskAsync("a", new Note("two"));

        Assert.Equal(["two"], await system.NotesAsync("a"));
        Assert.Equal([1L], (await system.Host.Journal.ReadAsync(A, 0, 10)).Select(entry => entry.Sequence));
        var stored = await system.Store.LoadAsync(A, withEntries: false);
        Assert.Equal((1, 1), (stored!.Version, stored.JournalSequence));
    }

    [Fact]
    public async Task GrainThatWantsSomethingAsItVanishes_IsParked_AndStays()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await system.AskAsync("a", new Note("one"));

        await Assert.ThrowsAsync<CommandParkedException>(async () => await system.AskAsync("a", new Fade(ProbeFormat.Probe("b"))));

        Assert.Equal(["one"], await system.NotesAsync("a"));
        Assert.Empty(await system.NotesAsync("b"));
    }

    [Fact]
    public async Task FollowersOfTheJournal_HearOfTheTurnThatEmptiedIt()
    {
        await using var system = await new ProbeSystem().StartAsync();
        var heard = new List<(long Sequence, JournalEvent Event)>();
        using var following = system.Host.Journal.Subscribe(A, entry => heard.Add((entry.Sequence, entry.Event)));
        await system.AskAsync("a", new Note("one"));
        await system.AskAsync("a", new Wipe());

        Assert.Equal([(1L, new Noted("one")), (2L, new Noted("wiped"))], heard);
    }

    [Theory]
    [InlineData((int)TurnStep.Loaded)]
    [InlineData((int)TurnStep.Handled)]
    [InlineData((int)TurnStep.Committed)]
    [InlineData((int)TurnStep.Replied)]
    public async Task KilledAtAnyStep_ItIsErasedWholeAndOnce(int step)
    {
        var kills = 0;
        for (var nth = 1; await KillAtAsync((TurnStep)step, nth); nth++)
            kills++;
        Assert.InRange(kills, 4, 50);
    }

    /// <returns>False when all of it ran without reaching that step so often.</returns>
    private static async Task<bool> KillAtAsync(TurnStep step, int nth)
    {
        await using var system = new ProbeSystem();
        var reached = 0;
        var wasKilled = false;
        system.Reached = (at, grain) =>
        {
            if (at != step || Interlocked.Increment(ref reached) != nth)
                return;
            wasKilled = true;
            system.Store.Abandon();
            throw new KilledException();
        };
        await system.StartAsync();
        foreach (var (key, command) in new (string, Command)[]
        {
            ("a", new Note("secret") { Id = "1" }), ("b", new Note("secret") { Id = "1" }), ("a", new Wipe { Id = "2" }), ("b", new Fade()), ("a", new Note("after") { Id = "3" }),
        })
        {
            while (true)
            {
                try
                {
                    await system.AskAsync(key, command).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
                    break;
                }
                catch (Exception fault) when (fault is KilledException or StoreUnavailableException)
                {
                    await system.RestartAsync();
                }
            }
        }

        system.Reached = null;
        Assert.Equal(["wiped", "after"], await system.NotesAsync("a"));
        Assert.Equal(["-", "wiped", "after"], await TextsAsync(system, A));
        Assert.Null(await system.Store.LoadAsync(ProbeFormat.Probe("b"), withEntries: true));
        Assert.Equal(4, (await system.Host.Journal.ReadAllAsync(0, 100)).Count);
        return wasKilled;
    }

    private static async Task<string[]> TextsAsync(ProbeSystem system, GrainId grain) =>
        [.. (await system.Host.Journal.ReadAsync(grain, 0, 100)).Select(entry => entry.Event switch { Noted noted => noted.Text, Emptied => "-", var other => other.GetType().Name })];

    private static Activation Activate(SqliteStore store) => new(
        A, new TurnEnvironment(ProbeFormat.Kinds, store, ProbeFormat.Format, new JournalFeed(NullLogger.Instance), TimeProvider.System, NullLogger.Instance), new CarriesNothing());

    private sealed class CarriesNothing : IEffectCarrier
    {
        public void Carry(ReadOnlySpan<PendingEffect> effects)
        {
        }

        public void AlarmSet(DateTimeOffset due)
        {
        }
    }

    private sealed class KilledException : Exception;
}
