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

    private readonly Queue<(Action Write, TaskCompletionSource Written)> _ticks = new();
    private int _leftInGroup;
    private bool _groupIsWritten;

    /// <summary>Called before the process takes over what was left of a grain.</summary>
    public Action<GrainId>? TakesOver { private get; init; }

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

    public override Task FinishAsync(EffectId effect) => Later(() => Inner.FinishAsync(effect));

    public override Task FinishAsync(StoredAlarm alarm) => Later(() => Inner.FinishAsync(alarm));

    public override async ValueTask<IReadOnlyList<StoredEffect>> TakeOverEffectsAsync(GrainId grain, IReadOnlyCollection<string> living, CancellationToken cancellation = default)
    {
        TakesOver?.Invoke(grain);
        var taken = await base.TakeOverEffectsAsync(grain, living, cancellation);
        return faults.Strikes(Fault.TakeOverUnacknowledged, grain) ? throw new StoreUnavailableException("The connection was lost before the store answered.") : taken;
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

    /// <returns>Ends when it is written; never when the process dies before.</returns>
    private Task Later(Action write)
    {
        var written = new TaskCompletionSource();
        _ticks.Enqueue((write, written));
        return written.Task;
    }

    private void Tick()
    {
        while (_ticks.TryDequeue(out var tick))
        {
            tick.Write();
            tick.Written.SetResult();
        }
    }
}
