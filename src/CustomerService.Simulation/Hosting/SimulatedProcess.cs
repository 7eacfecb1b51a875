using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Simulation.Hosting;

/// <summary>One process: the grains in its memory, and what it carries out. One that has the store to itself lives again after each crash.</summary>
internal sealed partial class SimulatedProcess
{
    private static readonly TimeSpan LongestDowntime = TimeSpan.FromSeconds(20);

    private readonly Dictionary<GrainId, Activation> _activations = [];
    private readonly Dictionary<GrainId, Activation> _seconds = [];
    private readonly SimulatedHost _host;
    private readonly Faults? _faults;
    private readonly SimulatedCarrier _carrier;
    private readonly IEffectCarrier _aroundCarrier;
    private int _life;

    /// <param name="name">Under which it owns what it commits.</param>
    /// <param name="cluster">The processes that share the store with it; null: nobody does.</param>
    public SimulatedProcess(SimulatedHost host, SimulationSettings settings, string name = "", SimulatedCluster? cluster = null)
    {
        (_host, _faults, _cluster, Name) = (host, settings.Faults, cluster, name);
        var around = settings.AroundStore(host.StoreOf(name));
        Store = _faults is null ? around : new FaultyStore(around, _faults) { TakesOver = grain => cluster?.Race(this, grain) };
        StoreSharing? sharing = null;
        if (cluster is not null)
        {
            Roster = new SimulatedRoster(this, cluster);
            sharing = new StoreSharing((ISharedGrainStore)Store, settings.AroundRoster(Roster));
        }

        Environment = new TurnEnvironment(host.Kinds, Store, host.Format, host.Feed, host.Clock, NullLogger.Instance)
        {
            HasOtherHosts = _faults is not null && settings.KnowsOfOtherHosts,
            Sharing = sharing,
            Reached = _faults is null ? null : _faults.At,
        };
        _carrier = new SimulatedCarrier(host, this, settings);
        _aroundCarrier = settings.AroundCarrier(_carrier, Store);
        _look = sharing is null ? null : new OrphanLook(sharing, Environment, _aroundCarrier, WakeAsync, NullLogger.Instance);
    }

    public string Name { get; }

    public IGrainStore Store { get; }

    public TurnEnvironment Environment { get; }

    /// <summary>False between a crash and the start that follows it, if one does. Nothing is handled then.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>How many tells and how much work it has not carried out yet, and how many alarms it rings.</summary>
    public int Pending => _carrier.Pending;

    /// <summary>Runs asks of one grain as one batch. All are settled when it returns.</summary>
    /// <exception cref="SimulatedCrashException">The process died; whoever catches it calls <see cref="Crash"/>.</exception>
    public void Run(GrainId grain, Ask[] asks)
    {
        _host.BeginTurn(asks.Length);
        var activation = ActivationOf(grain);
        try
        {
            AtOnce.Of(activation.RunAsync(asks));
            _host.Turns += asks.Length;
        }
        finally
        {
            _host.EndTurn();
        }

        if (_cluster is not null)
            LeaveIfLost(activation);
        else if (_faults is not null && _faults.Strikes(Fault.LeftMemory, grain))
            LeaveMemory(grain);
    }

    /// <summary>Brings asks to their grain, wherever it is.</summary>
    /// <returns>False when nobody answers.</returns>
    public bool Send(GrainId grain, Ask[] asks)
    {
        if (_cluster is not null)
            return _cluster.Send(this, grain, asks);
        Run(grain, asks);
        return true;
    }

    /// <summary>Plans something of this life of the process.</summary>
    public void PlanInside(TimeSpan delay, Action action)
    {
        // Without faults there is one life.
        if (_faults is null)
        {
            _host.Plan(delay, action);
            return;
        }

        var life = _life;
        _host.Plan(delay, () => Do(life, action));
    }

    /// <summary>The process dies: memory is gone, the store stays. After a while it starts again.</summary>
    public void Crash()
    {
        _life++;
        IsUp = false;
        _activations.Clear();
        _seconds.Clear();
        _carrier.Forget();
        (Store as StoreDecorator)?.Crashed();
        if (_cluster is not null)
        {
            _cluster.Died(this);
            return;
        }

        PlanInside(_faults?.Dice.UpTo(LongestDowntime) ?? TimeSpan.Zero, () =>
        {
            IsUp = true;
            _carrier.TakeUp(_aroundCarrier);
        });
    }

    private void Do(int life, Action action)
    {
        if (life != _life)
            return;
        if (IsFrozen)
        {
            _host.Plan(FrozenUntil - _host.Time.Elapsed + _faults!.Dice.UpTo(Aftermath), () => Do(life, action));
            return;
        }

        try
        {
            action();
        }
        catch (SimulatedCrashException)
        {
            Crash();
        }
    }

    private Activation ActivationOf(GrainId grain)
    {
        if (!_activations.TryGetValue(grain, out var first))
            _activations.Add(grain, first = new Activation(grain, Environment, _aroundCarrier));
        if (_faults is null || _cluster is not null)
            return first;

        // Only one can be in doubt about a commit, and then only that one may act: it alone knows what is not carried out yet.
        if (first.IsUncertain)
        {
            _seconds.Remove(grain);
            return first;
        }

        if (_seconds.TryGetValue(grain, out var second))
            return second.IsUncertain || _faults.Dice.Chance(0.5) ? second : first;
        if (!_faults.Strikes(Fault.SecondActivation, grain))
            return first;
        _seconds.Add(grain, second = new Activation(grain, Environment, _aroundCarrier));
        return second;
    }

    private void LeaveMemory(GrainId grain)
    {
        if (_activations.GetValueOrDefault(grain) is { IsUncertain: true } || _seconds.GetValueOrDefault(grain) is { IsUncertain: true } || _carrier.HasPendingTells(grain))
            return;
        _activations.Remove(grain);
        _seconds.Remove(grain);
    }
}
