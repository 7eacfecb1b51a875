using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos.KnownBugs;

/// <summary>A store without a version check.</summary>
internal sealed class WritesOnAnyVersion(IGrainStore inner) : StoreDecorator(inner)
{
    public override async ValueTask<CommitOutcome> CommitAsync(GrainCommit commit)
    {
        var stored = await Inner.LoadAsync(commit.Grain, withEntries: false);
        return await Inner.CommitAsync(commit with { ExpectedVersion = stored?.Version ?? 0, JournalSequence = stored?.JournalSequence ?? 0 });
    }
}

/// <summary>A store that keeps the last commit in memory for a while.</summary>
internal sealed class WritesLater(IGrainStore inner) : StoreDecorator(inner)
{
    private GrainCommit? _unwritten;

    public override async ValueTask<CommitOutcome> CommitAsync(GrainCommit commit)
    {
        await WriteAsync();
        var stored = await Inner.LoadAsync(commit.Grain, withEntries: false);
        if ((stored?.Version ?? 0) != commit.ExpectedVersion)
            return CommitOutcome.Conflict;
        _unwritten = commit;
        return CommitOutcome.Committed(0);
    }

    public override async ValueTask<StoredGrain?> LoadAsync(GrainId id, bool withEntries, CancellationToken cancellation = default)
    {
        await WriteAsync();
        return await Inner.LoadAsync(id, withEntries, cancellation);
    }

    public override async Task FinishAsync(EffectId effect)
    {
        await WriteAsync();
        await Inner.FinishAsync(effect);
    }

    public override async Task FinishAsync(StoredAlarm alarm)
    {
        await WriteAsync();
        await Inner.FinishAsync(alarm);
    }

    public override async Task FlushAsync()
    {
        await WriteAsync();
        await Inner.FlushAsync();
    }

    public override void Crashed()
    {
        _unwritten = null;
        base.Crashed();
    }

    private async ValueTask WriteAsync()
    {
        if (_unwritten is not { } commit)
            return;
        _unwritten = null;
        await Inner.CommitAsync(commit);
    }
}

/// <summary>A store whose alarms die with the process.</summary>
internal sealed class LosesAlarms(IGrainStore inner, ChaosWorld world) : StoreDecorator(inner)
{
    public override void Crashed()
    {
        foreach (var alarm in world.Host.Alarms.ToList())
            AtOnce.Of(Inner.FinishAsync(alarm));
        base.Crashed();
    }
}
