using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

// Where grains are, and how they are reached.
internal sealed partial class SimulatedCluster
{
    private readonly Dictionary<GrainId, SimulatedProcess> _places = [];
    private readonly Dictionary<GrainId, SimulatedProcess> _misplaced = [];
    private bool _isRace;

    /// <summary>Brings asks to their grain and runs them there.</summary>
    /// <param name="from">The process that asks; null: somebody outside.</param>
    /// <returns>False when no answer came: perhaps they were handled, perhaps they will be, perhaps never.</returns>
    /// <exception cref="SimulatedCrashException">The process that asks died of it.</exception>
    public bool Send(SimulatedProcess? from, GrainId grain, Ask[] asks)
    {
        if (Find(from, grain) is not { IsUp: true } to)
            return false;
        if (to.IsFrozen)
        {
            if (from is not null && Faults.Strikes(Fault.HandledLate, grain))
                to.PlanInside(TimeSpan.Zero, () => to.Run(grain, asks));
            return false;
        }

        try
        {
            to.Run(grain, asks);
            return true;
        }
        catch (SimulatedCrashException) when (to != from)
        {
            to.Crash();
            return false;
        }
    }

    /// <summary>Has the grain take up what others have left of it, wherever it is.</summary>
    /// <exception cref="StoreUnavailableException">It could not.</exception>
    public void Resume(SimulatedProcess from, GrainId grain)
    {
        if (Find(from, grain) is not { IsUp: true, IsFrozen: false } to)
            throw new StoreUnavailableException($"Where {grain} was, nobody answers.");
        to.Resume(grain);
    }

    /// <summary>Another process, that has the grain as well, is quicker to take over what was left of it.</summary>
    public void Race(SimulatedProcess process, GrainId grain)
    {
        if (_isRace || Others(process) is not { Count: > 0 } others || !Faults.Strikes(Fault.TakeOverRaced, grain))
            return;
        _isRace = true;
        try
        {
            Faults.Dice.Pick(others).Resume(grain);
        }
        catch (StoreUnavailableException)
        {
            // It was not quicker, or does not know that it was.
        }
        finally
        {
            _isRace = false;
        }
    }

    /// <summary>The grain has left the process's memory.</summary>
    public void Left(GrainId grain, SimulatedProcess process)
    {
        if (_places.GetValueOrDefault(grain) == process)
            _places.Remove(grain);
        if (_misplaced.GetValueOrDefault(grain) == process)
            _misplaced.Remove(grain);
    }

    private void LeftAll(SimulatedProcess process)
    {
        foreach (var (grain, _) in _places.Where(place => place.Value == process).Concat(_misplaced.Where(place => place.Value == process)).ToArray())
            Left(grain, process);
    }

    /// <summary>Where an ask of the grain gets; null: nowhere.</summary>
    private SimulatedProcess? Find(SimulatedProcess? from, GrainId grain)
    {
        // Who was given up and does not know it still asks the grains that it has.
        if (from is not null && !Lives(from) && from.Has(grain))
            return from;
        if (!_places.TryGetValue(grain, out var place))
        {
            if (Others(null) is not { Count: > 0 } all)
                return null;
            _places.Add(grain, place = Faults.Dice.Pick(all));
        }

        if (_misplaced.TryGetValue(grain, out var second))
            return Faults.Dice.Chance(0.5) ? second : place;
        if (Others(place) is not { Count: > 0 } others || !Faults.Strikes(Fault.Misplaced, grain))
            return place;
        _misplaced.Add(grain, second = Faults.Dice.Pick(others));
        return second;
    }

    private List<SimulatedProcess> Others(SimulatedProcess? process) => _processes.FindAll(other => other != process && Lives(other));
}
