namespace CustomerService.Runtime.Stores;

/// <summary>
/// Where writes wait until the writer takes all of them as its next group. While one group is being made durable the next
/// one gathers by itself, so that groups grow with the load and nobody waits for a group to fill.
/// </summary>
/// <param name="maxGroup">The most writes of one group.</param>
internal sealed class WriteQueue(int maxGroup = WriteQueue.MaxGroup) : IDisposable
{
    public const int MaxGroup = 512;
    public const long MaxGroupBytes = 4 << 20;

    /// <summary>How long lazy writes may wait for company.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(50);

    private readonly object gate = new();
    private readonly SemaphoreSlim urgent = new(0, 1);
    private Queue<StoreWrite> waiting = new();
    private bool hasUrgent;
    private bool closed;

    /// <exception cref="Grains.Turns.StoreUnavailableException">The queue is closed.</exception>
    public Task<CommitOutcome> Add(StoreWrite write)
    {
        lock (gate)
        {
            if (closed)
                throw StoreRefusal.Closed();
            waiting.Enqueue(write);
            if (!write.IsLazy || waiting.Count >= maxGroup)
                Signal();
        }

        return write.Task;
    }

    /// <summary>Waits for the next group. Empty with <c>false</c>: the queue is closed and everything was taken.</summary>
    public bool Take(List<StoreWrite> group)
    {
        var isSignalled = urgent.Wait(Linger);
        return Drain(group, isSignalled);
    }

    /// <inheritdoc cref="Take"/>
    public async ValueTask<bool> TakeAsync(List<StoreWrite> group)
    {
        var isSignalled = await urgent.WaitAsync(Linger);
        return Drain(group, isSignalled);
    }

    /// <summary>Takes what waits now.</summary>
    /// <param name="isSignalled">Whether the waiting ended by a signal. Otherwise it took too long.</param>
    internal bool Drain(List<StoreWrite> group, bool isSignalled)
    {
        lock (gate)
        {
            // The signal may have come just after the waiting was over: then it is still there, and the next one would be one too many.
            if (hasUrgent && !isSignalled)
                urgent.Wait(0);
            hasUrgent = false;
            for (long bytes = 0; group.Count < maxGroup && bytes < MaxGroupBytes && waiting.TryDequeue(out var write); bytes += write.Size)
                group.Add(write);
            if (waiting.Count > 0 || closed)
                Signal();
            return group.Count > 0 || !closed;
        }
    }

    /// <summary>Puts lazy writes of a failed group back in front, so that they are tried again before later ones; fails the others.</summary>
    public void GiveBack(IReadOnlyCollection<StoreWrite> group, Exception reason)
    {
        bool isClosed;
        lock (gate)
        {
            isClosed = closed;
            if (!isClosed)
                waiting = new Queue<StoreWrite>(group.Where(write => write.IsLazy).Concat(waiting));
        }

        foreach (var write in group)
        {
            if (isClosed || !write.IsLazy)
                write.Fail(reason);
        }
    }

    /// <summary>Refuses further writes; those that wait are still taken.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Signal();
        }
    }

    /// <summary>Refuses further writes and fails those that wait: what a crash does.</summary>
    public void Abandon()
    {
        lock (gate)
        {
            closed = true;
            while (waiting.TryDequeue(out var write))
                write.Fail(StoreRefusal.Closed());
            Signal();
        }
    }

    public void Dispose() => urgent.Dispose();

    private void Signal()
    {
        if (hasUrgent)
            return;
        hasUrgent = true;
        urgent.Release();
    }
}
