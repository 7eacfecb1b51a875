using System.Globalization;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

/// <summary>
/// Several processes over one store: where each grain is, who lives and who is taken for dead. A process that comes back has a new name, so
/// that nobody ever has a dead one's.
/// </summary>
internal sealed partial class SimulatedCluster
{
    private readonly List<SimulatedProcess> _processes = [];
    private readonly SortedSet<string> _table = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _neverJoined = new(StringComparer.Ordinal);
    private readonly Dictionary<EffectId, SimulatedProcess> _workers = [];
    private readonly SimulatedHost _host;
    private readonly SimulationSettings _settings;
    private int _names;
    private int _coming;

    public SimulatedCluster(SimulatedHost host, SimulationSettings settings)
    {
        (_host, _settings) = (host, settings);
        Faults = settings.Faults!;
        for (var number = 0; number < settings.Processes; number++)
            Join();
    }

    public Faults Faults { get; }

    public TimeSpan Elapsed => _host.Time.Elapsed;

    /// <summary>Who is not known to be dead: what a process sees that looks now.</summary>
    public IReadOnlyCollection<string> Table => _table;

    /// <summary>Those that run, also those that stand still or were given up.</summary>
    public IReadOnlyList<SimulatedProcess> Processes => _processes;

    /// <summary>Whether everybody runs who is to, and everybody else is known to be dead.</summary>
    public bool IsUp => _coming == 0 && _processes.TrueForAll(process => !process.IsFrozen && Lives(process)) && _table.Count == _processes.Count + _neverJoined.Count;

    /// <summary>Whether it runs, and nobody takes it for dead.</summary>
    public bool Lives(SimulatedProcess process) => process.IsUp && _table.Contains(process.Name);

    public void WorkBegins(SimulatedProcess process, EffectId work)
    {
        var begunBefore = _workers.TryGetValue(work, out var before);
        _workers[work] = process;
        _host.WorkBegun?.Invoke(work, begunBefore ? Lives(before!) : null);
    }

    /// <summary>Everything dies at once.</summary>
    public void CrashAll()
    {
        foreach (var process in _processes.ToArray())
            process.Crash();
    }

    private void Join(SimulatedProcess? before = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"p-{++_names}");
        _table.Add(name);
        if (Faults.Strikes(Fault.HostNeverJoined))
        {
            _neverJoined.Add(name);
            _host.Plan(Faults.Dice.UpTo(LongestDowntime), () => Join(before));
            News();
            return;
        }

        _coming -= before is null ? 0 : 1;
        var process = new SimulatedProcess(_host, _settings, name, this);
        _processes.Add(process);
        process.Open();
        // Who starts in the place of another one knows that it is dead.
        if (before is null || !Bury(before))
            News();
    }

    private void News()
    {
        foreach (var process in _processes)
            process.Roster!.Hear();
    }
}
