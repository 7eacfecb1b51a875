namespace CustomerService.Channels.Sending;

/// <summary>
/// Leaves an account alone that fails again and again, so that its messages don't wait in vain one after another. Its opening is told to the delivery grains as
/// a time to come back, which is why it is no library's that throws.
/// </summary>
internal sealed class CircuitBreaker(TimeProvider time)
{
    /// <summary>Failures in a row that open it.</summary>
    public const int Failures = 5;

    /// <summary>How long it stays open; then one attempt decides.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _openUntil;

    /// <summary>When to come back; null: it is closed, or this is the attempt that decides.</summary>
    public DateTimeOffset? OpenUntil()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_failures < Failures)
                return null;
            if (now < _openUntil)
                return _openUntil;
            _openUntil = now + Pause; // the others wait for this one
            return null;
        }
    }

    /// <summary>Until when it is left alone; null: it is not. Asking changes nothing.</summary>
    public DateTimeOffset? PausedUntil()
    {
        lock (_gate)
            return _failures >= Failures && time.GetUtcNow() < _openUntil ? _openUntil : null;
    }

    /// <summary>Only what says that the other side is out of order counts; a number that does not exist is no fault of its.</summary>
    public void Count(SendOutcome outcome)
    {
        lock (_gate)
        {
            if (outcome is not (SendOutcome.Later or SendOutcome.Unknown))
                _failures = 0;
            else if (++_failures == Failures)
                _openUntil = time.GetUtcNow() + Pause;
        }
    }
}
