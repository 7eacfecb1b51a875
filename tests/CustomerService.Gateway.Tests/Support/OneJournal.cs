using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>One grain's journal, written to while it is read.</summary>
internal sealed class OneJournal(GrainId grain) : IJournal
{
    private readonly Lock _lock = new();
    private readonly List<JournalEntry> _entries = [];
    private readonly List<Action<JournalEntry>> _subscribers = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    public int Subscribers
    {
        get
        {
            lock (_lock)
                return _subscribers.Count;
        }
    }

    public int Reads { get; private set; }

    public void Append(int count)
    {
        for (var number = 0; number < count; number++)
        {
            lock (_lock)
            {
                var entry = new JournalEntry(_entries.Count + 1, grain, _entries.Count + 1, DateTimeOffset.UnixEpoch, new NoteAdded("ada", "x"));
                _entries.Add(entry);
                foreach (var subscriber in _subscribers)
                    subscriber(entry);
            }
        }
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId of, long afterSequence, int limit, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Reads++;
            return ValueTask.FromResult<IReadOnlyList<JournalEntry>>([.. _entries.Skip((int)afterSequence).Take(limit)]);
        }
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        ReadAsync(grain, afterPosition, limit, cancellation);

    public IDisposable Subscribe(GrainId? of, Action<JournalEntry> onEntry)
    {
        lock (_lock)
            _subscribers.Add(onEntry);
        return new Subscription(() =>
        {
            lock (_lock)
                _subscribers.Remove(onEntry);
        });
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
