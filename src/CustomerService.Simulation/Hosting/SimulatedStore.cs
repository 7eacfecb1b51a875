using System.Collections.Immutable;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Hosting;

/// <summary>Keeps grains in memory and answers at once, on the caller's thread. It fails never; faults are put around it.</summary>
/// <param name="keepsJournal">Whether events can be read again. What they tell as they happen does not depend on it.</param>
internal sealed partial class SimulatedStore(HeldObjects held, bool keepsJournal) : IGrainStore
{
    private readonly Dictionary<GrainId, Row> _rows = [];
    private readonly SortedSet<StoredAlarm> _alarms = new(AlarmOrder.Instance);
    private readonly List<StoredEvent> _journal = [];
    private readonly List<ParkedItem> _parked = [];
    private long _position;

    /// <summary>Every grain that was ever stored.</summary>
    public IReadOnlyCollection<GrainId> Grains => _rows.Keys;

    public IReadOnlyCollection<StoredAlarm> Alarms => _alarms;

    public ValueTask<CommitOutcome> CommitAsync(GrainCommit commit)
    {
        var row = _rows.GetValueOrDefault(commit.Grain);
        if ((row?.Version ?? 0) != commit.ExpectedVersion)
        {
            LetGo(commit);
            return new(CommitOutcome.Conflict);
        }

        if (row is null)
            _rows.Add(commit.Grain, row = new Row());
        else
            held.LetGo(row.State.Span);
        (row.Version, row.StateVersion, row.State) = (commit.NewVersion, commit.StateVersion, commit.State);
        row.JournalSequence += commit.Events.Length;
        for (var number = 0; number < commit.Effects.Length; number++)
            row.Effects.Add(new StoredEffect(new EffectId(commit.Grain, commit.NewVersion, number), commit.Effects[number]));
        foreach (var change in commit.Alarms)
            Change(row, commit, change);
        foreach (var (key, payload) in commit.Entries)
        {
            row.Entries ??= new SortedDictionary<string, string>(StringComparer.Ordinal);
            if (payload is null)
                row.Entries.Remove(key);
            else
                row.Entries[key] = payload;
        }

        return new(CommitOutcome.Committed(Append(commit)));
    }

    public Task FinishAsync(EffectId effect)
    {
        var effects = _rows[effect.Source].Effects;
        var index = effects.FindIndex(stored => stored.Id == effect);
        if (index >= 0)
        {
            held.LetGo(effects[index].Body.Span);
            effects.RemoveAt(index);
        }

        return Task.CompletedTask;
    }

    public Task FinishAsync(StoredAlarm alarm)
    {
        if (_rows[alarm.Grain].Alarms.TryGetValue(alarm.Name, out var stored) && stored.Version == alarm.Version)
            Remove(_rows[alarm.Grain], stored);
        return Task.CompletedTask;
    }

    public Task ParkAsync(ParkedItem item)
    {
        // Parked things are for people to read, so here they are always JSON.
        var body = Runtime.Turns.GrainFormat.Default.Write((Effect)held.Get(item.Body.Span));
        var parked = ParkedItem.Of(item.Grain, body, item.Reason, item.At);
        held.LetGo(item.Body.Span);
        _parked.RemoveAll(other => other.Id == parked.Id);
        _parked.Add(parked);
        return Task.CompletedTask;
    }

    public Task UnparkAsync(string id)
    {
        _parked.RemoveAll(item => item.Id == id);
        return Task.CompletedTask;
    }

    public Task FlushAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Forgets what a commit that was not written brought along.</summary>
    internal void LetGo(GrainCommit commit)
    {
        held.LetGo(commit.State.Span);
        foreach (var body in commit.Effects)
            held.LetGo(body);
        foreach (var body in commit.Events)
            held.LetGo(body);
        foreach (var alarm in commit.Alarms)
        {
            if (alarm.Body is { } body)
                held.LetGo(body);
        }
    }

    private long Append(GrainCommit commit)
    {
        if (commit.Events.IsEmpty)
            return 0;
        var first = _position + 1;
        var sequence = commit.JournalSequence;
        foreach (var body in commit.Events)
        {
            _position++;
            if (keepsJournal)
                _journal.Add(new StoredEvent(_position, commit.Grain, ++sequence, StoredTime.Cut(commit.At), body));
            else
                held.LetGo(body);
        }

        return first;
    }

    private void Change(Row row, GrainCommit commit, AlarmChange change)
    {
        if (row.Alarms.TryGetValue(change.Name, out var old))
            Remove(row, old);
        if (change.Body is not { } body)
            return;
        var alarm = new StoredAlarm(commit.Grain, change.Name, change.Due, commit.NewVersion, body);
        row.Alarms.Add(change.Name, alarm);
        _alarms.Add(alarm);
    }

    private void Remove(Row row, StoredAlarm alarm)
    {
        held.LetGo(alarm.Body.Span);
        row.Alarms.Remove(alarm.Name);
        _alarms.Remove(alarm);
    }

    private sealed class Row
    {
        public long Version { get; set; }

        public int StateVersion { get; set; }

        public ReadOnlyMemory<byte> State { get; set; }

        public long JournalSequence { get; set; }

        public List<StoredEffect> Effects { get; } = [];

        public Dictionary<string, StoredAlarm> Alarms { get; } = [];

        public SortedDictionary<string, string>? Entries { get; set; }

        public ImmutableArray<IndexEntry> Index => Entries is null ? [] : [.. Entries.Select(entry => new IndexEntry(entry.Key, entry.Value))];
    }

    private sealed class AlarmOrder : IComparer<StoredAlarm>
    {
        public static AlarmOrder Instance { get; } = new();

        public int Compare(StoredAlarm? x, StoredAlarm? y)
        {
            var byDue = x!.Due.CompareTo(y!.Due);
            if (byDue != 0)
                return byDue;
            var byGrain = Order(x.Grain, y.Grain);
            return byGrain != 0 ? byGrain : string.CompareOrdinal(x.Name, y.Name);
        }
    }

    private static int Order(GrainId a, GrainId b) =>
        string.CompareOrdinal(a.Kind, b.Kind) is not 0 and var byKind ? byKind : string.CompareOrdinal(a.Key, b.Key);
}
