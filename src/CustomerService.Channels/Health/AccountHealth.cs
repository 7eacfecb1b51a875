using CustomerService.Channels.Sending;

namespace CustomerService.Channels.Health;

/// <summary>Keeps how one account does; whoever works for it reports here.</summary>
public sealed class AccountHealth
{
    /// <summary>A message that was to be tried longer ago than this was tried by another process.</summary>
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(5);

    /// <summary>More conversations are not told apart.</summary>
    private const int MostWaiting = 10_000;

    private readonly TimeProvider _time;
    private readonly Action<AccountEvent> _happened;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Since, DateTimeOffset NextAt)> _waiting = new(StringComparer.Ordinal);
    private DateTimeOffset? _lastReceivedAt;
    private DateTimeOffset? _lastSentAt;
    private int _failuresInARow;
    private AccountFailure? _lastFailure;
    private AccountFailure? _lastRefused;
    private FollowerStatus? _follower;

    /// <param name="happened">Told of each event.</param>
    internal AccountHealth(TimeProvider time, Action<AccountEvent> happened)
    {
        (_time, _happened) = (time, happened);
        Breaker = new CircuitBreaker(time);
    }

    /// <summary>Leaves it alone when it fails again and again.</summary>
    internal CircuitBreaker Breaker { get; }

    /// <summary>A request to its address was not let in.</summary>
    public void RequestRefused(int status, string reason)
    {
        lock (_gate)
            _lastRefused = new AccountFailure(_time.GetUtcNow(), $"{status}: {reason}");
        _happened(new AccountEvent.Refused(status));
    }

    /// <summary>A customer's message came.</summary>
    internal void Received(string outcome)
    {
        if (outcome is "taken")
        {
            lock (_gate)
                _lastReceivedAt = _time.GetUtcNow();
        }

        _happened(new AccountEvent.Received(outcome));
    }

    /// <summary>An attempt to send was made.</summary>
    internal void Attempted(SendOutcome outcome, TimeSpan took)
    {
        Breaker.Count(outcome);
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var reason = outcome switch { SendOutcome.Later later => later.Reason, SendOutcome.Unknown unknown => unknown.Reason, _ => null };
            _failuresInARow = reason is null ? 0 : _failuresInARow + 1;
            _lastFailure = reason is null ? _lastFailure : new AccountFailure(now, reason);
            _lastSentAt = outcome is SendOutcome.Accepted ? now : _lastSentAt;
        }

        _happened(new AccountEvent.Attempted(outcome switch { SendOutcome.Accepted => "sent", SendOutcome.Later => "later", SendOutcome.Failed => "failed", _ => "unknown" }, took));
    }

    /// <summary>A conversation's next message has not gone out; it is tried again.</summary>
    internal void Waits(string conversationId, DateTimeOffset since, DateTimeOffset nextAt)
    {
        lock (_gate)
        {
            if (_waiting.Count < MostWaiting || _waiting.ContainsKey(conversationId))
                _waiting[conversationId] = (since, nextAt);
        }
    }

    /// <summary>It has gone out, or never will.</summary>
    internal void WaitsNoMore(string conversationId)
    {
        lock (_gate)
            _waiting.Remove(conversationId);
    }

    /// <summary>This process begins to read the mailbox.</summary>
    internal void FollowerConnects() => Follow(_ => new FollowerStatus(FollowerStatus.Connecting, _time.GetUtcNow(), null, null));

    /// <summary>The mailbox is open, and everything in it was brought in.</summary>
    internal void FollowerIsThere() => Follow(before => before is { IsUp: true }
        ? before with { LastAskedAt = _time.GetUtcNow() }
        : new FollowerStatus(FollowerStatus.Connected, _time.GetUtcNow(), _time.GetUtcNow(), null));

    internal void FollowerIsLost(string reason) => Follow(before => before?.State == FollowerStatus.Lost
        ? before with { Error = reason }
        : new FollowerStatus(FollowerStatus.Lost, _time.GetUtcNow(), before?.LastAskedAt, reason));

    /// <summary>This process does not read it any more.</summary>
    internal void FollowerLeaves() => Follow(_ => null);

    /// <param name="channel">Null: the account is not in <c>channels.yaml</c>.</param>
    internal AccountStatus Look(string account, string? channel)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            foreach (var (conversation, each) in _waiting.Where(each => each.Value.NextAt + ForgetAfter < now).ToList())
                _waiting.Remove(conversation);
            var pausedUntil = Breaker.PausedUntil();
            var (state, why) = State(channel, pausedUntil);
            return new AccountStatus(
                account, channel, state, why, _lastReceivedAt, _lastSentAt, _failuresInARow, _lastFailure, pausedUntil,
                _waiting.Count, _waiting.Count == 0 ? null : _waiting.Values.Min(each => each.Since), _follower, _lastRefused);
        }
    }

    internal bool HasWaiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count > 0;
        }
    }

    private (string State, string? Why) State(string? channel, DateTimeOffset? pausedUntil) => (channel, pausedUntil, _follower, _failuresInARow) switch
    {
        (null, _, _, _) => (AccountStatus.Broken, "it is not in channels.yaml, and messages wait for it"),
        (_, { }, _, _) => (AccountStatus.Paused, $"{_failuresInARow} attempts to send failed in a row: {_lastFailure?.Reason}"),
        (_, _, { State: FollowerStatus.Lost, Error: var error }, _) => (AccountStatus.Broken, $"the mailbox can't be read: {error}"),
        (_, _, _, >= CircuitBreaker.Failures) => (AccountStatus.Broken, $"{_failuresInARow} attempts to send failed in a row: {_lastFailure?.Reason}"),
        _ => (AccountStatus.Open, null),
    };

    private void Follow(Func<FollowerStatus?, FollowerStatus?> change)
    {
        lock (_gate)
            _follower = change(_follower);
    }
}
