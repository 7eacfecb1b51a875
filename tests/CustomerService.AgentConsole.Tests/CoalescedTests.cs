using CustomerService.AgentConsole.Live;

namespace CustomerService.AgentConsole.Tests;

public sealed class CoalescedTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_burst_of_askings_is_one_run_now_and_one_after_the_pause()
    {
        var ran = new SemaphoreSlim(0);
        var gate = new TaskCompletionSource();
        await using var coalesced = new Coalesced(TimeSpan.FromSeconds(1), _time, async _ =>
        {
            ran.Release();
            await gate.Task;
        });

        coalesced.Ask();
        await ran.WaitAsync();
        for (var i = 0; i < 100; i++)
            coalesced.Ask();
        gate.SetResult();
        await PausingAsync();
        Assert.Equal(0, ran.CurrentCount);
        _time.Advance(TimeSpan.FromSeconds(1));
        await ran.WaitAsync();
        await PausingAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, ran.CurrentCount);
    }

    /// <summary>Until it waits for the clock.</summary>
    private async Task PausingAsync()
    {
        while (_time.Armed == 0)
            await Task.Yield();
    }
}
