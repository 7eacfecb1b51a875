using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Runtime.Tests;

public sealed class RoundsTests : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _clock = new();
    private readonly KeptLog _log = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _came = new(0);
    private Exception? _fault;
    private int _rounds;

    public void Dispose()
    {
        _stopping.Dispose();
        _came.Dispose();
    }

    [Fact]
    public async Task First_round_is_now_and_the_others_come_at_their_pace_until_it_is_stopped()
    {
        var rounds = Rounds().NowAndEachAsync(Pace, RoundAsync, _stopping.Token);
        Assert.Equal(1, _rounds);

        await ComesAsync();
        Assert.Equal(2, _rounds);

        await _stopping.CancelAsync();
        await rounds;
    }

    [Fact]
    public async Task First_round_waits_for_its_time_where_it_is_to_come_later()
    {
        var rounds = Rounds().EachAsync(Pace, RoundAsync, _stopping.Token);
        Assert.Equal(0, _rounds);

        await ComesAsync();
        Assert.Equal(1, _rounds);

        await _stopping.CancelAsync();
        await rounds;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Round_that_fails_by_anything_is_told_once_and_the_next_ones_come(bool isAway)
    {
        _fault = isAway ? new StoreUnavailableException("the disk is away") : new InvalidOperationException("a mistake of ours");
        var rounds = Rounds().NowAndEachAsync(Pace, RoundAsync, _stopping.Token);
        await _came.WaitAsync();
        await ComesAsync();
        await ComesAsync();
        _fault = null;
        await ComesAsync();
        await _stopping.CancelAsync();
        await rounds;

        Assert.Equal(4, _rounds);
        Assert.Equal(
            isAway
                ? ["Warning Looking must wait, and is tried again: the disk is away", "Information Looking goes on"]
                : ["Error Looking failed, and is tried again: a mistake of ours", "Information Looking goes on"],
            _log.Lines);
    }

    [Fact]
    public async Task Round_that_is_cut_short_by_the_stop_is_no_fault()
    {
        var rounds = Rounds().NowAndEachAsync(Pace, stopping => Task.Delay(Timeout.InfiniteTimeSpan, stopping), _stopping.Token);
        await _stopping.CancelAsync();
        await rounds;

        Assert.Empty(_log.Lines);
    }

    private Rounds Rounds() => new("Looking", _clock, _log);

    private Task RoundAsync(CancellationToken stopping)
    {
        _rounds++;
        var outcome = _fault is null ? Task.CompletedTask : Task.FromException(_fault);
        _came.Release();
        return outcome;
    }

    /// <summary>Lets the time of the next round come, and the round be done.</summary>
    private async Task ComesAsync()
    {
        while (_came.Wait(0))
        {
            // Those before.
        }

        _clock.Advance(Pace);
        await _came.WaitAsync();
    }

    private sealed class KeptLog : ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Add($"{logLevel} {formatter(state, exception)}{(exception is null ? "" : $": {exception.Message}")}");
    }
}
