using CustomerService.Gateway.Sockets;

namespace CustomerService.Gateway.Tests;

public sealed class ErrandTests
{
    [Fact]
    public async Task Whoever_asks_while_it_runs_gets_one_run_more()
    {
        var (begun, go) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        var (runs, atOnce) = (0, 0);
        var errand = new Errand(async _ =>
        {
            Assert.Equal(1, Interlocked.Increment(ref atOnce));
            Interlocked.Increment(ref runs);
            begun.Release();
            await go.WaitAsync(CancellationToken.None);
            Interlocked.Decrement(ref atOnce);
        });

        errand.Ask();
        await begun.WaitAsync();
        errand.Ask();
        errand.Ask();
        go.Release();
        await begun.WaitAsync();
        var ending = errand.EndAsync();
        go.Release();
        await ending;

        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Nothing_that_is_asked_for_is_missed()
    {
        const int askers = 4, asks = 2_000;
        var (asked, seen) = (0, 0);
        var all = new TaskCompletionSource();
        var errand = new Errand(_ =>
        {
            seen = Volatile.Read(ref asked);
            if (seen == askers * asks)
                all.TrySetResult();
            return Task.CompletedTask;
        });

        await Task.WhenAll(Enumerable.Range(0, askers).Select(_ => Task.Run(() =>
        {
            for (var n = 0; n < asks; n++)
            {
                Interlocked.Increment(ref asked);
                errand.Ask();
            }
        })));
        await all.Task;

        Assert.Equal(askers * asks, seen);
    }

    [Fact]
    public async Task Its_end_cancels_the_run_and_waits_for_it()
    {
        var begun = new TaskCompletionSource();
        var hasEnded = false;
        var errand = new Errand(async ending =>
        {
            begun.SetResult();
            var cancelled = new TaskCompletionSource();
            await using var registration = ending.Register(cancelled.SetResult);
            await cancelled.Task;
            hasEnded = true;
        });

        errand.Ask();
        await begun.Task;
        await errand.EndAsync();

        Assert.True(hasEnded);
    }

    [Fact]
    public async Task After_its_end_nothing_runs()
    {
        var runs = 0;
        var errand = new Errand(_ =>
        {
            runs++;
            return Task.CompletedTask;
        });

        await errand.EndAsync();
        errand.Ask();
        await errand.EndAsync();

        Assert.Equal(0, runs);
    }
}
