using CustomerService.Grains.Turns;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Tests.Probes;
using CustomerService.Tests;

namespace CustomerService.Runtime.Tests.InProcess;

public sealed class WorkTests
{
    [Fact]
    public async Task Work_ResultComesBackToItsGrain()
    {
        await using var system = await new ProbeSystem { Performer = new ChoreWorker() }.StartAsync();
        await system.AskAsync("a", new Note("m") { Work = "w" });
        Assert.Equal(["m", "done:w"], await system.WhenNotesAsync("a", notes => notes.Length == 2));
    }

    [Fact]
    public async Task ScarceWorkers_TakeHighPriorityFirstAndNeverMoreThanTheirNumber()
    {
        var gate = new SemaphoreSlim(0);
        var atOnce = 0;
        var most = 0;
        var worker = new ChoreWorker(async (_, cancellation) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            await gate.WaitAsync(cancellation);
            Interlocked.Decrement(ref atOnce);
        });
        await using var system = await new ProbeSystem { Performer = worker, Options = new InProcessOptions { Workers = 1 } }.StartAsync();
        await system.AskAsync("a", new Note("first") { Work = "first" });
        while (worker.Begun.Length == 0)
            await Task.Yield();
        foreach (var (work, priority) in new[] { ("low", 0), ("low2", 0), ("high", 9), ("middle", 5) })
            await system.AskAsync("a", new Note(work) { Work = work, Priority = priority });

        gate.Release(5);
        await system.WhenNotesAsync("a", notes => notes.Count(note => note.StartsWith("done:", StringComparison.Ordinal)) == 5);
        Assert.Equal(["first", "high", "middle", "low", "low2"], worker.Begun);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task ResultThatIsBeingStored_HoldsNoWorker()
    {
        using var stored = new SemaphoreSlim(0);
        var worker = new ChoreWorker();
        await using var system = await new ProbeSystem
        {
            Performer = worker,
            Options = new InProcessOptions { Workers = 1 },
            Between = store => new FaultyStore(store)
            {
                OnCommit = async (commit, goOn) =>
                {
                    // The second commit of a grain is that of its work's result.
                    if (commit is { ExpectedVersion: 1, Grain.Key: "slow" })
                        await stored.WaitAsync();
                    return await goOn();
                },
            },
        }.StartAsync();
        await system.AskAsync("slow", new Note("m") { Work = "first" });
        await system.AskAsync("quick", new Note("m") { Work = "second" });

        try
        {
            Assert.Equal(["m", "done:second"], await system.WhenNotesAsync("quick", notes => notes.Length == 2));
        }
        finally
        {
            stored.Release();
        }

        Assert.Equal(["m", "done:first"], await system.WhenNotesAsync("slow", notes => notes.Length == 2));
    }

    [Fact]
    public async Task FailedAttempts_AreRepeatedWithPauses_ThenSucceed()
    {
        var clock = new ManualTimeProvider();
        var attempts = new SemaphoreSlim(0);
        var count = 0;
        var worker = new ChoreWorker((_, _) =>
        {
            attempts.Release();
            return Interlocked.Increment(ref count) < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        });
        await using var system = await new ProbeSystem { Clock = clock, Performer = worker }.StartAsync();
        await system.AskAsync("a", new Note("m") { Work = "w" });

        await AttemptsAsync(clock, attempts, 3);
        Assert.Equal(["m", "done:w"], await system.WhenNotesAsync("a", notes => notes.Length == 2));
        Assert.Empty(await system.Host.Parked.ListAsync(10));
    }

    [Fact]
    public async Task LastAttemptFailed_GrainIsToldAndWorkIsParked_AndARetryBringsTheResult()
    {
        var clock = new ManualTimeProvider();
        var attempts = new SemaphoreSlim(0);
        var isBroken = true;
        var worker = new ChoreWorker((_, _) =>
        {
            attempts.Release();
            return Volatile.Read(ref isBroken) ? throw new InvalidOperationException("the CRM is down") : Task.CompletedTask;
        });
        await using var system = await new ProbeSystem { Clock = clock, Performer = worker }.StartAsync();
        await system.AskAsync("a", new Note("m") { Work = "w" });
        await AttemptsAsync(clock, attempts, 3);

        Assert.Equal(["m", "failed:w"], await system.WhenNotesAsync("a", notes => notes.Length == 2));
        var item = Assert.Single(await system.Host.Parked.ListAsync(10));
        Assert.Contains("the CRM is down", item.Reason, StringComparison.Ordinal);

        var still = await system.Host.Parked.RetryAsync(item.Id);
        Assert.Equal(ParkedRetryResult.StillFails, still.Result);
        Assert.Single(await system.Host.Parked.ListAsync(10));
        Volatile.Write(ref isBroken, false);
        Assert.Equal(ParkedRetryResult.Succeeded, (await system.Host.Parked.RetryAsync(item.Id)).Result);
        Assert.Equal(["m", "failed:w", "done:w"], await system.NotesAsync("a"));
        Assert.Empty(await system.Host.Parked.ListAsync(10));
        Assert.Equal(ParkedRetryResult.NotFound, (await system.Host.Parked.RetryAsync(item.Id)).Result);
    }

    [Fact]
    public async Task DroppedItem_IsGone()
    {
        await using var system = await new ProbeSystem().StartAsync();
        var fault = await Assert.ThrowsAsync<CommandParkedException>(async () => await system.AskAsync("a", new Blow("boom")));
        Assert.True(await system.Host.Parked.DropAsync(fault.ParkedId));
        Assert.False(await system.Host.Parked.DropAsync(fault.ParkedId));
        Assert.Empty(await system.Host.Parked.ListAsync(10));
    }

    [Fact]
    public async Task WorkThatHangs_IsLeftBehindAtItsTimeLimit()
    {
        var clock = new ManualTimeProvider();
        var begun = new SemaphoreSlim(0);
        var worker = new ChoreWorker((_, _) =>
        {
            begun.Release();
            return new TaskCompletionSource().Task; // heeds no token
        });
        await using var system = await new ProbeSystem { Clock = clock, Performer = worker, Options = new InProcessOptions { WorkAttempts = 1, WorkTimeLimit = TimeSpan.FromSeconds(30) } }.StartAsync();
        await system.AskAsync("a", new Note("m") { Work = "w" });
        await begun.WaitAsync();
        clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(["m", "failed:w"], await system.WhenNotesAsync("a", notes => notes.Length == 2));
        Assert.Contains("30 s", Assert.Single(await system.Host.Parked.ListAsync(10)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkThatNobodyPerforms_IsParkedAtOnceWithTheReason()
    {
        await using var system = await new ProbeSystem().StartAsync();
        await system.AskAsync("a", new Note("m") { Work = "w" });
        Assert.Equal(["m", "failed:w"], await system.WhenNotesAsync("a", notes => notes.Length == 2));
        Assert.Contains("Chore", Assert.Single(await system.Host.Parked.ListAsync(10)).Reason, StringComparison.Ordinal);
    }

    /// <summary>Moves the clock whenever a pause is waited for, until so many attempts were made.</summary>
    private static async Task AttemptsAsync(ManualTimeProvider clock, SemaphoreSlim attempts, int count)
    {
        for (var attempt = 0; attempt < count; attempt++)
        {
            while (!await attempts.WaitAsync(TimeSpan.FromMilliseconds(1)))
                clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
