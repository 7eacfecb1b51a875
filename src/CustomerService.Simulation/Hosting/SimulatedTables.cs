using System.Collections.Immutable;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Hosting;

/// <summary>What is stored, whichever process looks at it through its own <see cref="SimulatedStore"/>.</summary>
internal sealed class SimulatedTables
{
    private readonly Dictionary<string, SortedSet<StoredAlarm>> _alarms = [];

    public Dictionary<GrainId, SimulatedRow> Rows { get; } = [];

    public List<StoredEvent> Journal { get; } = [];

    public List<ParkedItem> Parked { get; } = [];

    /// <summary>The last event's place in the whole journal.</summary>
    public long Position { get; set; }

    /// <summary>How many effects are not ticked off.</summary>
    public int Effects { get; set; }

    /// <summary>By whom they belong to; each owner's by when they are due.</summary>
    public IReadOnlyDictionary<string, SortedSet<StoredAlarm>> AlarmsByOwner => _alarms;

    public IReadOnlyCollection<StoredAlarm> Alarms =>
        _alarms.Count == 1 ? _alarms.Values.First() : _alarms.Values.SelectMany(alarms => alarms).Order(AlarmOrder.Instance).ToList();

    public SortedSet<StoredAlarm> AlarmsOf(string owner)
    {
        if (!_alarms.TryGetValue(owner, out var alarms))
            _alarms.Add(owner, alarms = new SortedSet<StoredAlarm>(AlarmOrder.Instance));
        return alarms;
    }

    public static int Order(GrainId a, GrainId b) =>
        string.CompareOrdinal(a.Kind, b.Kind) is not 0 and var byKind ? byKind : string.CompareOrdinal(a.Key, b.Key);

    /// <summary>By time, then by grain and name.</summary>
    public sealed class AlarmOrder : IComparer<StoredAlarm>
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
}

/// <summary>One grain as stored.</summary>
internal sealed class SimulatedRow
{
    public long Version { get; set; }

    public int StateVersion { get; set; }

    public ReadOnlyMemory<byte> State { get; set; }

    public long JournalSequence { get; set; }

    public List<StoredEffect> Effects { get; } = [];

    public Dictionary<string, (StoredAlarm Alarm, string Owner)> Alarms { get; } = [];

    public SortedDictionary<string, string>? Entries { get; set; }

    public ImmutableArray<IndexEntry> Index => Entries is null ? [] : [.. Entries.Select(entry => new IndexEntry(entry.Key, entry.Value))];
}
