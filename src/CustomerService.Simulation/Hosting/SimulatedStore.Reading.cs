using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Hosting;

internal sealed partial class SimulatedStore
{
    public ValueTask<StoredGrain?> LoadAsync(GrainId id, bool withEntries, CancellationToken cancellation = default) => new(
        _rows.TryGetValue(id, out var row)
            ? new StoredGrain(row.Version, row.StateVersion, row.State, row.JournalSequence, withEntries ? row.Index : [])
            : null);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
        new([.. _journal.Where(line => line.Grain == grain && line.Sequence > afterSequence).Take(limit)]);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        new([.. _journal.Skip((int)afterPosition).Take(limit)]);

    public ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default)
    {
        var read = new List<StoredEffect>();
        foreach (var row in _rows.Where(row => row.Value.Effects.Count > 0).OrderBy(row => row.Key, Comparer<GrainId>.Create(Order)))
        {
            if (after is { } last && Order(row.Key, last.Source) < 0)
                continue;
            read.AddRange(row.Value.Effects
                .Where(effect => after is not { } seen || effect.Id.Source != seen.Source || (effect.Id.Version, effect.Id.Number).CompareTo((seen.Version, seen.Number)) > 0)
                .Take(limit - read.Count));
            if (read.Count == limit)
                break;
        }

        return new(read);
    }

    public ValueTask<IReadOnlyList<StoredAlarm>> ReadAlarmsAsync(DateTimeOffset dueBy, StoredAlarm? after, int limit, CancellationToken cancellation = default)
    {
        var read = new List<StoredAlarm>();
        foreach (var alarm in _alarms)
        {
            if (alarm.Due > dueBy || read.Count == limit)
                break;
            if (after is null || AlarmOrder.Instance.Compare(alarm, after) > 0)
                read.Add(alarm);
        }

        return new(read);
    }

    public ValueTask<DateTimeOffset?> NextAlarmAsync(DateTimeOffset after, CancellationToken cancellation = default)
    {
        if (_alarms.Min is not { } first || first.Due > after)
            return new(_alarms.Min?.Due);
        return new(_alarms.FirstOrDefault(alarm => alarm.Due > after)?.Due);
    }

    public ValueTask<IReadOnlyList<ParkedItem>> ReadParkedAsync(int limit, CancellationToken cancellation = default) => new([.. _parked.Take(limit)]);

    public ValueTask<ParkedItem?> FindParkedAsync(string id, CancellationToken cancellation = default) => new(_parked.Find(item => item.Id == id));

    public ValueTask<StoreCounts> CountAsync(DateTimeOffset dueBy, CancellationToken cancellation = default)
    {
        var due = _alarms.Count(alarm => alarm.Due <= dueBy);
        return new(new StoreCounts(_rows.Values.Sum(row => (long)row.Effects.Count), due, _alarms.Count - due, _parked.Count));
    }
}
