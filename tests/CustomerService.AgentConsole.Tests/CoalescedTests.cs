using System.Collections.Concurrent;
using CustomerService.AgentConsole.Live;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.AgentConsole.Tests;

public sealed class CoalescedTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_burst_of_askings_is_one_run_now_and_one_after_the_pause()
    {
        var ran = new SemaphoreSlim(0);
        var gate = new TaskCompletionSource();
        await using var coalesced = new Coalesced(TimeSpan.FromSeconds(1), _time, NullLogger.Instance, async _ =>
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

    [Fact]
    public async Task A_run_that_fails_is_told_and_ends_nothing()
    {
        var ran = new SemaphoreSlim(0);
        var logger = new KeptLog();
        var coalesced = new Coalesced(TimeSpan.FromSeconds(1), _time, logger, _ => ran.Release() == 0 && logger.Faults.IsEmpty ? throw new InvalidOperationException("once") : Task.CompletedTask);

        coalesced.Ask();
        await ran.WaitAsync();
        await PausingAsync();
        Assert.Equal("once", Assert.Single(logger.Faults).Message);
        _time.Advance(TimeSpan.FromSeconds(1));
        coalesced.Ask();
        await ran.WaitAsync();
        await coalesced.DisposeAsync();

        Assert.Single(logger.Faults);
    }

    /// <summary>Until it waits for the clock.</summary>
    private async Task PausingAsync()
    {
        while (_time.Armed == 0)
            await Task.Yield();
    }

    private sealed class KeptLog : ILogger
    {
        public ConcurrentQueue<Exception> Faults { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null)
                Faults.Enqueue(exception);
        }
    }
}
