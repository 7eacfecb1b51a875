using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Hosting;

internal sealed partial class SimulatedStore
{
    public ValueTask<StoredGrain?> LoadAsync(GrainId id, bool withEntries, CancellationToken cancellation = default) => new(
        tables.Rows.TryGetValue(id, out var row)
            ? new StoredGrain(row.Version, row.StateVersion, row.State, row.JournalSequence, withEntries ? row.Index : [], row.Effects.Count > 0)
            : null);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
        new([.. tables.Journal.Where(line => line.Grain == grain && line.Sequence > afterSequence).Take(limit)]);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        new([.. tables.Journal.Skip((int)afterPosition).Take(limit)]);

    public ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default) =>
        new([.. EffectsAfter(after).Take(limit)]);

    public ValueTask<IReadOnlyList<StoredAlarm>> ReadAlarmsAsync(DateTimeOffset dueBy, StoredAlarm? after, int limit, CancellationToken cancellation = default)
    {
        var read = new List<StoredAlarm>();
        foreach (var alarm in tables.AlarmsOf(owner))
        {
            if (alarm.Due > dueBy || read.Count == limit)
                break;
            if (after is null || SimulatedTables.AlarmOrder.Instance.Compare(alarm, after) > 0)
                read.Add(alarm);
        }

        return new(read);
    }

    public ValueTask<DateTimeOffset?> NextAlarmAsync(DateTimeOffset after, CancellationToken cancellation = default)
    {
        var alarms = tables.AlarmsOf(owner);
        if (alarms.Min is not { } first || first.Due > after)
            return new(alarms.Min?.Due);
        return new(alarms.FirstOrDefault(alarm => alarm.Due > after)?.Due);
    }

    public ValueTask<IReadOnlyList<ParkedItem>> ReadParkedAsync(int limit, CancellationToken cancellation = default) => new([.. tables.Parked.Take(limit)]);

    public ValueTask<ParkedItem?> FindParkedAsync(string id, CancellationToken cancellation = default) => new(tables.Parked.Find(item => item.Id == id));

    public ValueTask<StoreCounts> CountAsync(DateTimeOffset dueBy, CancellationToken cancellation = default)
    {
        var alarms = tables.Alarms;
        var due = alarms.Count(alarm => alarm.Due <= dueBy);
        return new(new StoreCounts(tables.Effects, due, alarms.Count - due, tables.Parked.Count));
    }

    private IEnumerable<StoredEffect> EffectsAfter(EffectId? after)
    {
        foreach (var (grain, row) in RowsWithEffects())
        {
            if (after is { } last && SimulatedTables.Order(grain, last.Source) < 0)
                continue;
            foreach (var effect in row.Effects)
            {
                if (after is not { } seen || effect.Id.Source != seen.Source || (effect.Id.Version, effect.Id.Number).CompareTo((seen.Version, seen.Number)) > 0)
                    yield return effect;
            }
        }
    }

    private IEnumerable<KeyValuePair<GrainId, SimulatedRow>> RowsWithEffects() => tables.Effects == 0
        ? []
        : tables.Rows.Where(row => row.Value.Effects.Count > 0).OrderBy(row => row.Key, Comparer<GrainId>.Create(SimulatedTables.Order));
}
