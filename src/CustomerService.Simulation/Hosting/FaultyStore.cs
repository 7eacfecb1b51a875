using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Hosting;

/// <summary>
/// What a real store can do to its callers: a group of commits rolled back whole, a group written whose answers are lost, a death
/// in the middle of either, and ticks that wait for the next group and die with the process.
/// </summary>
internal sealed class FaultyStore(IGrainStore inner, Faults faults) : StoreDecorator(inner)
{
    private const int LargestGroup = 4;

    private readonly Queue<Action> _ticks = new();
    private int _leftInGroup;
    private bool _groupIsWritten;

    public override async ValueTask<CommitOutcome> CommitAsync(GrainCommit commit)
    {
        faults.CrashIf(Fault.CrashInLostCommit, commit.Grain);
        if (_leftInGroup == 0 && faults.Strikes(Fault.GroupRolledBack, commit.Grain))
            (_leftInGroup, _groupIsWritten) = (1 + faults.Dice.Below(LargestGroup), false);
        else if (_leftInGroup == 0 && faults.Strikes(Fault.GroupUnacknowledged, commit.Grain))
            (_leftInGroup, _groupIsWritten) = (1 + faults.Dice.Below(LargestGroup), true);

        var isLost = _leftInGroup > 0 && !faults.AreOver;
        if (isLost)
            _leftInGroup--;
        if (isLost && !_groupIsWritten)
            throw new StoreUnavailableException("The group was rolled back: the disk is full.");

        // Ticks go with a group, but not with one that was on its way already.
        if (_ticks.Count > 0 && faults.Dice.Chance(0.5))
            Tick();
        var outcome = await Inner.CommitAsync(commit);
        faults.CrashIf(Fault.CrashInWrittenCommit, commit.Grain);
        return isLost ? throw new StoreUnavailableException("The connection was lost before the store answered.") : outcome;
    }

    public override Task FinishAsync(EffectId effect)
    {
        _ticks.Enqueue(() => Inner.FinishAsync(effect));
        return Task.CompletedTask;
    }

    public override Task FinishAsync(StoredAlarm alarm)
    {
        _ticks.Enqueue(() => Inner.FinishAsync(alarm));
        return Task.CompletedTask;
    }

    public override Task FlushAsync()
    {
        Tick();
        return Inner.FlushAsync();
    }

    public override void Crashed()
    {
        if (_ticks.Count > 0)
            faults.Note(Fault.TicksLost);
        _ticks.Clear();
        _leftInGroup = 0;
        base.Crashed();
    }

    private void Tick()
    {
        while (_ticks.TryDequeue(out var tick))
            tick();
    }
}
