using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Hosting;

// Who carries out what: see ISharedGrainStore.
internal sealed partial class SimulatedStore
{
    public ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(GrainId grain, CancellationToken cancellation = default) =>
        new(tables.Rows.TryGetValue(grain, out var row) ? [.. row.Effects] : []);

    public ValueTask<IReadOnlyList<StoredEffect>> ReadOwnEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default) =>
        new([.. EffectsAfter(after).Where(effect => effect.Owner == Owner).Take(limit)]);

    public ValueTask<IReadOnlyList<GrainId>> ReadOrphansAsync(IReadOnlyCollection<string> living, GrainId? after, int limit, CancellationToken cancellation = default) =>
        new([.. RowsWithEffects().Where(row => row.Value.Effects.Exists(effect => !living.Contains(effect.Owner)))
            .Select(row => row.Key).Where(grain => after is not { } last || SimulatedTables.Order(grain, last) > 0).Take(limit)]);

    public ValueTask<IReadOnlyList<StoredEffect>> TakeOverEffectsAsync(GrainId grain, IReadOnlyCollection<string> living, CancellationToken cancellation = default)
    {
        var taken = new List<StoredEffect>();
        if (tables.Rows.TryGetValue(grain, out var row))
        {
            for (var index = 0; index < row.Effects.Count; index++)
            {
                if (living.Contains(row.Effects[index].Owner))
                    continue;
                row.Effects[index] = row.Effects[index] with { Owner = Owner };
                taken.Add(row.Effects[index]);
            }
        }

        return new(taken);
    }

    public ValueTask<int> TakeOverAlarmsAsync(IReadOnlyCollection<string> living, DateTimeOffset dueBy, int limit, CancellationToken cancellation = default)
    {
        var taken = tables.AlarmsByOwner.Where(alarms => !living.Contains(alarms.Key)).SelectMany(alarms => alarms.Value.TakeWhile(alarm => alarm.Due <= dueBy))
            .Order(SimulatedTables.AlarmOrder.Instance).Take(limit).ToList();
        foreach (var alarm in taken)
        {
            var row = tables.Rows[alarm.Grain];
            tables.AlarmsOf(row.Alarms[alarm.Name].Owner).Remove(alarm);
            tables.AlarmsOf(Owner).Add(alarm);
            row.Alarms[alarm.Name] = (alarm, Owner);
        }

        return new(taken.Count);
    }

    public ValueTask<IReadOnlyList<string>> ReadKeysAsync(string kind, string after, int limit, CancellationToken cancellation = default) =>
        new([.. tables.Rows.Keys.Where(grain => grain.Kind == kind && string.CompareOrdinal(grain.Key, after) > 0).Select(grain => grain.Key).Order(StringComparer.Ordinal).Take(limit)]);
}
