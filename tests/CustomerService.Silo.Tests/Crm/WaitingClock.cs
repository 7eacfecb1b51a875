using System.Threading.Channels;

namespace CustomerService.Silo.Tests.Crm;

/// <summary>A clock that a test moves, and that tells the test what is waited for.</summary>
internal sealed class WaitingClock : TimeProvider
{
    private readonly ManualTimeProvider _inner = new();
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override long TimestampFrequency => _inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow();

    public override long GetTimestamp() => _inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _inner.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < FeedWorld.WebhookTimeout)
            _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Lets the next wait begin, and pass.</summary>
    /// <returns>How long it was.</returns>
    public async Task<TimeSpan> PassNextAsync()
    {
        var wait = await NextAsync();
        _inner.Advance(wait);
        return wait;
    }

    /// <summary>Lets a minute pass: every wait that has begun ends.</summary>
    public void Advance() => _inner.Advance(TimeSpan.FromMinutes(1));

    /// <summary>Returns when the next wait has begun.</summary>
    public async Task<TimeSpan> NextAsync() => await _waits.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
}
