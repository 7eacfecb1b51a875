namespace CustomerService.Assistants.Models;

/// <summary>At most so many requests in any 60 seconds, exactly: it remembers when each of the last ones was.</summary>
internal sealed class RequestAllowance(int perMinute, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<long> _recent = new();

    /// <summary>Takes one request; false when there is none left now.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            while (_recent.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= TimeSpan.FromMinutes(1))
                _recent.Dequeue();
            if (_recent.Count >= perMinute)
                return false;
            _recent.Enqueue(now);
            return true;
        }
    }
}
