using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

// One of several processes: it looks after what the dead have left, stands still now and then, and never comes back under its name.
internal sealed partial class SimulatedProcess
{
    /// <summary>Within how long a process that stood still does what it should have done meanwhile.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    private readonly SimulatedCluster? _cluster;
    private readonly OrphanLook? _look;

    /// <summary>Whom it knows; null when it has the store to itself.</summary>
    public SimulatedRoster? Roster { get; }

    /// <summary>Until when, of the time that has passed, nothing happens in it.</summary>
    public TimeSpan FrozenUntil { get; set; }

    public bool IsFrozen => _host.Time.Elapsed < FrozenUntil;

    public bool Has(GrainId grain) => _activations.ContainsKey(grain);

    public bool IsUnderWay(EffectId effect) => _carrier.IsUnderWay(effect);

    public bool IsRinging(StoredAlarm alarm) => _carrier.IsRinging(alarm);

    /// <summary>Begins to look after what the dead have left, by the product's own rules.</summary>
    public void Open()
    {
        Roster!.Changed += () => PlanInside(TimeSpan.Zero, Look);
        PlanInside(_faults!.Dice.UpTo(OrphanWatch.Interval), LookAgainAndAgain);
    }

    /// <summary>Has the grain take up, here, what others have left of it.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be used.</exception>
    public void Resume(GrainId grain) => AtOnce.Of(ActivationOf(grain).ResumeAsync());

    /// <summary>Called as outside work is begun here.</summary>
    public void WorkBegins(EffectId work) => _cluster?.WorkBegins(this, work);

    private void LookAgainAndAgain()
    {
        _cluster!.Befalls(this);
        PlanInside(OrphanWatch.Interval, LookAgainAndAgain);
        Look();
    }

    private void Look()
    {
        try
        {
            AtOnce.Of(_look!.RunAsync(CancellationToken.None));
        }
        catch (StoreUnavailableException)
        {
            // The next look may go well.
        }
    }

    private Task WakeAsync(GrainId grain, CancellationToken cancellation)
    {
        _cluster!.Resume(this, grain);
        return Task.CompletedTask;
    }

    /// <summary>Unlike in a process that has the store to itself, a grain may leave whatever it knows: what is not carried out is found in the store.</summary>
    private void LeaveIfLost(Activation activation)
    {
        if (!activation.LostToAnother && !_faults!.Strikes(Fault.LeftMemory, activation.Id))
            return;
        _activations.Remove(activation.Id);
        _cluster!.Left(activation.Id, this);
    }
}
