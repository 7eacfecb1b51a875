using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

// How turns run: which activation handles them, and what a crash does to all.
public sealed partial class SimulatedHost
{
    private static readonly TimeSpan LongestDowntime = TimeSpan.FromSeconds(20);

    /// <summary>Rises with each crash: what was planned in an earlier life of the process no longer happens.</summary>
    internal int Life { get; private set; }

    /// <summary>How many commands share the commit that is being made.</summary>
    internal int CommandsInTurn { get; private set; }

    /// <summary>Runs asks of one grain as one batch. All are settled when it returns.</summary>
    /// <exception cref="SimulatedCrashException">The process died; whoever catches it calls <see cref="Crash"/>.</exception>
    internal void Run(GrainId grain, Ask[] asks)
    {
        if (_inTurn)
            throw new InvalidOperationException($"A turn is being run; plan the next by {nameof(After)}.");
        _inTurn = true;
        CommandsInTurn = asks.Length;
        try
        {
            AtOnce.Of(ActivationOf(grain).RunAsync(asks));
            Turns += asks.Length;
        }
        finally
        {
            _inTurn = false;
        }

        if (_faults is not null && _faults.Strikes(Fault.LeftMemory, grain))
            LeaveMemory(grain);
    }

    /// <summary>Plans something of this life of the process.</summary>
    internal void PlanInside(TimeSpan delay, Action action)
    {
        // Without faults there is one life.
        if (_faults is null)
        {
            Plan(delay, action);
            return;
        }

        var life = Life;
        Plan(delay, () =>
        {
            if (life == Life)
                action();
        });
    }

    internal void Plan(TimeSpan delay, Action action) =>
        _agenda.Add((Time.Elapsed + delay).Ticks, _faults is null ? 0 : (uint)_faults.Dice.Below(int.MaxValue), action);

    /// <summary>The process dies: memory is gone, the store stays. After a while it starts again.</summary>
    internal void Crash()
    {
        Life++;
        IsUp = false;
        _activations.Clear();
        _seconds.Clear();
        _carrier.Forget();
        (_aroundStore as StoreDecorator)?.Crashed();
        PlanInside(_faults?.Dice.UpTo(LongestDowntime) ?? TimeSpan.Zero, () =>
        {
            IsUp = true;
            _carrier.TakeUp(_aroundCarrier);
        });
    }

    private Activation ActivationOf(GrainId grain)
    {
        if (!_activations.TryGetValue(grain, out var first))
            _activations.Add(grain, first = new Activation(grain, _environment, _aroundCarrier));
        if (_faults is null)
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
        _seconds.Add(grain, second = new Activation(grain, _environment, _aroundCarrier));
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
