namespace CustomerService.Integrations.Identity;

/// <summary>
/// Counts wrong claims to be a customer across all conversations, so that starting a new one is no new chance.
/// In memory: a restart forgives. It holds customers that exist only, and each for one window.
/// </summary>
internal sealed class FailedProofs(TimeProvider time)
{
    internal const int Allowed = 5;
    internal static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly Queue<(string CustomerId, DateTimeOffset Until)> _windows = new();

    internal bool AreTooMany(string customerId)
    {
        lock (_lock)
        {
            ForgetPast();
            return _failures.GetValueOrDefault(customerId) >= Allowed;
        }
    }

    internal void Add(string customerId)
    {
        lock (_lock)
        {
            ForgetPast();
            var failures = _failures.GetValueOrDefault(customerId);
            if (failures == 0)
                _windows.Enqueue((customerId, time.GetUtcNow() + Window));
            _failures[customerId] = failures + 1;
        }
    }

    // A customer's window begins with the first failure, so windows end in the order in which they were queued.
    private void ForgetPast()
    {
        var now = time.GetUtcNow();
        while (_windows.TryPeek(out var window) && window.Until <= now)
        {
            _windows.Dequeue();
            _failures.Remove(window.CustomerId);
        }
    }
}
