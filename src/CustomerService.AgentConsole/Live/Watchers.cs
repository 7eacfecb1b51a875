namespace CustomerService.AgentConsole.Live;

/// <summary>Those who want to be called back when something was read anew. Safe to use from many threads.</summary>
internal sealed class Watchers
{
    private int _count;

    private event Action? Changed;

    /// <summary>Whether anybody watches.</summary>
    public bool Any => Volatile.Read(ref _count) > 0;

    /// <summary>Calls back until disposed.</summary>
    public IDisposable Add(Action changed)
    {
        Changed += changed;
        Interlocked.Increment(ref _count);
        return new Watching(this, changed);
    }

    public void Tell() => Changed?.Invoke();

    private sealed class Watching(Watchers watchers, Action changed) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) != 0)
                return;
            watchers.Changed -= changed;
            Interlocked.Decrement(ref watchers._count);
        }
    }
}
