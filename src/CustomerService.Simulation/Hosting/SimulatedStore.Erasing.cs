using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Hosting;

// What commits do away with: see Erasure.
internal sealed partial class SimulatedStore
{
    private void Empty(GrainId grain, bool vanishes)
    {
        var journal = tables.Journal;
        for (var index = 0; index < journal.Count; index++)
        {
            var line = journal[index];
            if (line.Grain != grain)
                continue;
            held.LetGo(line.Body.Span);
            line = line with { Body = held.Hold(new Emptied()) };
            journal[index] = vanishes ? line with { Grain = ErasedEvents.Grain, Sequence = line.Position } : line;
        }
    }

    private void Remove(GrainId grain, SimulatedRow row)
    {
        held.LetGo(row.State.Span);
        foreach (var effect in row.Effects)
            held.LetGo(effect.Body.Span);
        tables.Effects -= row.Effects.Count;
        foreach (var alarm in row.Alarms.Values.ToList())
            Remove(row, alarm);
        tables.Rows.Remove(grain);
    }
}
