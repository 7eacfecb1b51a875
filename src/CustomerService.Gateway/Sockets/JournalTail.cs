using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Sockets;

/// <summary>
/// One grain's events after a sequence, in their order and each once, asked for when some have come: nothing waits for them meanwhile, as it does where they are followed
/// (<see cref="Conversations.JournalFollower"/>).
/// </summary>
/// <remarks>
/// What comes live is kept until it is asked for, up to a limit; above it, and at the beginning, the journal is read. Sequences have no gaps, so one that is missing is noticed.
/// </remarks>
/// <param name="arrived">Called, quickly, when there is something to ask for.</param>
internal sealed class JournalTail(IJournal journal, GrainId grain, long after, Action arrived) : IDisposable
{
    internal const int BufferedEvents = 64;
    private const int PageLength = 256;

    private readonly Lock _lock = new();
    private IDisposable? _subscription;
    private List<JournalEntry>? _live;
    private bool _isBehind = true;
    private long _upTo = after;

    /// <summary>Whether all that happened before the last question was given.</summary>
    public bool IsCaughtUp => !_isBehind;

    /// <summary>Begins to hear what comes. It comes before the first question, so that nothing falls between the two.</summary>
    public void Begin() => _subscription = journal.Subscribe(grain, Hear);

    /// <summary>The next events; none: that was all so far. Only one may ask at a time.</summary>
    public async ValueTask<IReadOnlyList<JournalEntry>> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var (live, isBehind) = Take();
            if (isBehind)
            {
                var page = await journal.ReadAsync(grain, _upTo, PageLength, cancellation);
                if (page.Count > 0)
                    _upTo = page[^1].Sequence;
                lock (_lock)
                    _isBehind |= page.Count == PageLength;
                if (page.Count > 0)
                    return page;
            }
            else if (live is null)
            {
                return [];
            }
            else if (Following(live) is { Count: > 0 } batch)
            {
                return batch;
            }
        }
    }

    public void Dispose() => _subscription?.Dispose();

    private void Hear(JournalEntry entry)
    {
        lock (_lock)
        {
            if (_live?.Count == BufferedEvents)
                (_live, _isBehind) = (null, true);
            if (!_isBehind)
                (_live ??= []).Add(entry);
        }

        arrived();
    }

    /// <summary>Whoever reads the journal has all that came until then.</summary>
    private (List<JournalEntry>? Live, bool IsBehind) Take()
    {
        lock (_lock)
        {
            var taken = (_live, _isBehind);
            (_live, _isBehind) = (null, false);
            return taken;
        }
    }

    private List<JournalEntry> Following(List<JournalEntry> live)
    {
        var batch = new List<JournalEntry>(live.Count);
        foreach (var entry in live)
        {
            if (entry.Sequence > _upTo + 1)
            {
                lock (_lock)
                    _isBehind = true;
                break;
            }

            if (entry.Sequence <= _upTo)
                continue;
            batch.Add(entry);
            _upTo = entry.Sequence;
        }

        return batch;
    }
}
