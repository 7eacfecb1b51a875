using CustomerService.Grains.Turns;
using CustomerService.Runtime.Tests.Probes;
using CustomerService.Runtime.Turns;
using CustomerService.Tests;

namespace CustomerService.Runtime.Tests.InProcess;

/// <summary>The process is killed at each step of each turn in turn; whatever was promised holds after the restart.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData((int)TurnStep.Loaded)]
    [InlineData((int)TurnStep.Handled)]
    [InlineData((int)TurnStep.Committed)]
    [InlineData((int)TurnStep.Replied)]
    [InlineData((int)TurnStep.EffectCarriedOut)]
    public async Task KilledAtAnyStep_EverythingHappensExactlyOnceAndInOrder(int step)
    {
        var kills = 0;
        for (var nth = 1; await KillAtAsync((TurnStep)step, nth); nth++)
            kills++;
        // The scenario has several turns and effects; a hook that never fired would prove nothing.
        Assert.InRange(kills, 3, 200);
    }

    /// <returns>False when the whole scenario ran without reaching that step so often.</returns>
    private static async Task<bool> KillAtAsync(TurnStep step, int nth)
    {
        var clock = new ManualTimeProvider();
        var start = clock.GetUtcNow();
        await using var system = new ProbeSystem { Clock = clock, Performer = new ChoreWorker() };
        var reached = 0;
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Reached = (at, grain) =>
        {
            if (at != step || Interlocked.Increment(ref reached) != nth)
                return;
            system.Store.Abandon();
            killed.SetResult();
            throw new KilledException();
        };
        await system.StartAsync();

        async Task SendAsync(Note note)
        {
            while (true)
            {
                try
                {
                    await system.AskAsync("a", note).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
                    return;
                }
                catch (Exception fault) when (fault is KilledException or StoreUnavailableException)
                {
                    await killed.Task;
                    await system.RestartAsync();
                }
            }
        }

        await SendAsync(new Note("m1") { Id = "m1", Forward = [ProbeFormat.Probe("b"), ProbeFormat.Probe("c")], Work = "w1" });
        await SendAsync(new Note("m2") { Id = "m2", Forward = [ProbeFormat.Probe("b")], WakeAt = start + TimeSpan.FromMinutes(1) });
        await SendAsync(new Note("m3") { Id = "m3", Forward = [ProbeFormat.Probe("c")] });
        await Task.WhenAny(killed.Task, SettledAsync(system));
        clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAny(killed.Task, WokenAsync(system));

        system.Reached = null;
        var wasKilled = killed.Task.IsCompleted;
        if (wasKilled)
            await system.RestartAsync();
        await SettledAsync(system);
        await WokenAsync(system);

        // What is told again must change nothing, so everything is waited for before looking.
        await system.WhenNothingIsLeftAsync();

        var a = await system.NotesAsync("a");
        Assert.Equal(["done:w1", "m1", "m2", "m3", "woken:m2"], a.Order());
        Assert.Equal(["m1", "m2", "m3"], a.Where(note => note.StartsWith('m')));
        Assert.Equal(["m1", "m2"], await system.NotesAsync("b"));
        Assert.Equal(["m1", "m3"], await system.NotesAsync("c"));
        var journal = await system.Host.Journal.ReadAsync(ProbeFormat.Probe("a"), 0, 100);
        Assert.Equal(a, journal.Select(entry => ((Noted)entry.Event).Text));
        return wasKilled;
    }

    private static async Task SettledAsync(ProbeSystem system)
    {
        await system.WhenNotesAsync("a", notes => notes.Contains("done:w1"));
        await system.WhenNotesAsync("b", notes => notes.Length >= 2);
        await system.WhenNotesAsync("c", notes => notes.Length >= 2);
    }

    private static Task<string[]> WokenAsync(ProbeSystem system) => system.WhenNotesAsync("a", notes => notes.Contains("woken:m2"));

    private sealed class KilledException : Exception;
}
