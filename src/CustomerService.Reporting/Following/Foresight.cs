using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.FollowUps;
using CustomerService.Reporting.Spikes;

namespace CustomerService.Reporting.Following;

/// <summary>
/// What the journal makes likely: what rises now, and what customers come back with. It reads the last weeks once and then follows; nothing of it is
/// stored, since the same journal gives the same. Safe to ask from many threads.
/// </summary>
public sealed class Foresight(IJournal journal, TimeProvider time)
{
    /// <summary>So far back the journal is read at the start: older weeks would hardly count.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(35);

    /// <summary>How often the journal is looked at.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private const int Page = 1_000;

    private readonly Lock _lock = new();
    private readonly SpikeWatch _spikes = new(new SpikeSettings());
    private readonly FollowUpWatch _followUps = new();
    private readonly JournalSignals _signals = new();
    private long _position;

    /// <summary>What is unusual now, oldest first.</summary>
    public ImmutableArray<Alert> Alerts
    {
        get
        {
            lock (_lock)
                return _spikes.Alerts;
        }
    }

    /// <summary>Whether the past was read, so that the present can be judged.</summary>
    public bool KnowsThePast { get; private set; }

    public FollowUp? After(string intent)
    {
        lock (_lock)
            return _followUps.After(intent);
    }

    /// <summary>What is told from now on.</summary>
    public void Use(SpikeSettings settings)
    {
        lock (_lock)
            _spikes.Use(settings);
    }

    /// <summary>Goes to where the last weeks begin, and reads them.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        _position = await JournalTimes.PositionAtAsync(journal, time.GetUtcNow() - Memory, cancellation);
        await ReadAsync(cancellation);
        KnowsThePast = true;
    }

    /// <summary>Reads what is new in the journal.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        while (await journal.ReadAllAsync(_position, Page, cancellation) is { Count: > 0 } entries)
        {
            lock (_lock)
            {
                foreach (var entry in entries)
                    Take(entry);
            }

            _position = entries[^1].Position;
            if (entries.Count < Page)
                break;
        }

        lock (_lock)
        {
            _spikes.AdvanceTo(time.GetUtcNow());
            _followUps.AdvanceTo(time.GetUtcNow());
        }
    }

    private void Take(JournalEntry entry)
    {
        if (_signals.Read(entry) is not { } signal)
            return;
        if (signal.IsNewInItsHour)
            _spikes.Observe(entry.At, signal.Conversation, signal.Intent, signal.Language, signal.Words);
        if (signal.IsMatter)
            _followUps.Observe(signal.Customer, signal.Intent, entry.At);
    }
}
