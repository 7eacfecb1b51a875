using CustomerService.Runtime.Effects;

namespace CustomerService.Simulation.Hosting;

/// <summary>What one process knows of who lives. News reach it late, and very late while they are held up.</summary>
internal sealed class SimulatedRoster(SimulatedProcess process, SimulatedCluster cluster) : IHostRoster
{
    private static readonly TimeSpan LongestNews = TimeSpan.FromSeconds(1);

    private SortedSet<string> _living = Read(process, cluster);

    public event Action? Changed;

    public string Me => process.Name;

    public IReadOnlyCollection<string> Living => _living;

    /// <summary>Until when, of the time that has passed, no news arrive.</summary>
    public TimeSpan StaleUntil { get; set; }

    public ValueTask<bool> RefreshAsync(CancellationToken cancellation = default)
    {
        if (cluster.Faults.Strikes(Fault.RosterUnreadable))
            return new(false);
        Take();
        return new(true);
    }

    /// <summary>Who lives has changed; the process hears of it after a while.</summary>
    public void Hear()
    {
        var held = StaleUntil - cluster.Elapsed;
        process.PlanInside((held > TimeSpan.Zero ? held : TimeSpan.Zero) + cluster.Faults.Dice.UpTo(LongestNews), Take);
    }

    private void Take()
    {
        var living = Read(process, cluster);
        if (living.SetEquals(_living))
            return;
        _living = living;
        Changed?.Invoke();
    }

    /// <summary>Who looks lives: a process never takes itself for dead.</summary>
    private static SortedSet<string> Read(SimulatedProcess process, SimulatedCluster cluster) => new(cluster.Table, StringComparer.Ordinal) { process.Name };
}
