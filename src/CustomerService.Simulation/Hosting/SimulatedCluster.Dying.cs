namespace CustomerService.Simulation.Hosting;

// How processes come to harm, and what the others make of it.
internal sealed partial class SimulatedCluster
{
    private static readonly TimeSpan LongestDowntime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestDoubt = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestFreeze = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAfterlife = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    private bool _isForGood;

    /// <summary>What can happen to a process at any time, seen to whenever it looks around.</summary>
    /// <exception cref="SimulatedCrashException">It died.</exception>
    public void Befalls(SimulatedProcess process)
    {
        if (Faults.Strikes(Fault.RosterStale))
            process.Roster!.StaleUntil = Elapsed + Faults.Dice.UpTo(LongestSilence);
        if (Faults.Strikes(Fault.HostFrozen))
            Freeze(process);
        if (Faults.Strikes(Fault.HostDied))
        {
            _isForGood = _processes.Count + _coming > 1 && Faults.Dice.Chance(0.2);
            throw new SimulatedCrashException(Fault.HostDied);
        }
    }

    /// <summary>It died. The others learn of it after a while; mostly another one starts in its place.</summary>
    public void Died(SimulatedProcess process)
    {
        _processes.Remove(process);
        _host.Plan(Faults.Dice.UpTo(LongestDoubt), () => Bury(process));
        if (_isForGood)
        {
            _isForGood = false;
            return;
        }

        _coming++;
        _host.Plan(Faults.Dice.UpTo(LongestDowntime), () => Join(process));
    }

    /// <summary>It stands still. When that takes so long that the others give it up, it ends itself a moment after it could go on.</summary>
    private void Freeze(SimulatedProcess process)
    {
        process.FrozenUntil = Elapsed + Faults.Dice.UpTo(LongestFreeze);
        _host.Plan(Faults.Dice.UpTo(LongestDoubt), () =>
        {
            if (!process.IsFrozen || !process.IsUp)
                return;
            Bury(process);
            _host.Plan(process.FrozenUntil - Elapsed + Faults.Dice.UpTo(LongestAfterlife), () =>
            {
                if (process.IsUp)
                    process.Crash();
            });
        });
    }

    /// <summary>From now on it counts as dead, whether it is or not.</summary>
    /// <returns>False when it did before.</returns>
    private bool Bury(SimulatedProcess process)
    {
        if (!_table.Remove(process.Name))
            return false;
        LeftAll(process);
        News();
        return true;
    }
}
