using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos.KnownBugs;

/// <summary>A store in which a dead process's unfinished effects are never found.</summary>
internal sealed class ForgetsOrphans(IGrainStore inner) : StoreDecorator(inner)
{
    public override ValueTask<IReadOnlyList<GrainId>> ReadOrphansAsync(IReadOnlyCollection<string> living, GrainId? after, int limit, CancellationToken cancellation = default) =>
        new([]);
}

/// <summary>A store in which a process never finds its own unfinished effects.</summary>
internal sealed class ForgetsOwn(IGrainStore inner) : StoreDecorator(inner)
{
    public override ValueTask<IReadOnlyList<StoredEffect>> ReadOwnEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default) => new([]);
}

/// <summary>A store in which alarms stay whose they are.</summary>
internal sealed class LeavesAlarms(IGrainStore inner) : StoreDecorator(inner)
{
    public override ValueTask<int> TakeOverAlarmsAsync(IReadOnlyCollection<string> living, DateTimeOffset dueBy, int limit, CancellationToken cancellation = default) => new(0);
}

/// <summary>A store that checks the version of the living only.</summary>
internal sealed class LetsTheDeadWrite(IGrainStore inner, ChaosWorld world) : StoreDecorator(inner)
{
    private readonly WritesOnAnyVersion _unchecked = new(inner);

    public override ValueTask<CommitOutcome> CommitAsync(GrainCommit commit) =>
        world.Host.IsGivenUp(Owner) ? _unchecked.CommitAsync(commit) : Inner.CommitAsync(commit);
}

/// <summary>A store that does not keep which tells a grain has handled.</summary>
internal sealed class ForgetsWhatWasHeard(IGrainStore inner) : StoreDecorator(inner)
{
    public override ValueTask<CommitOutcome> CommitAsync(GrainCommit commit) =>
        Inner.CommitAsync(commit with { Entries = commit.Entries.RemoveAll(entry => HeardTells.IsOne(entry.Key)) });
}

/// <summary>Takes everybody else for dead.</summary>
internal sealed class KnowsOnlyItself(IHostRoster inner) : IHostRoster
{
    public event Action? Changed
    {
        add => inner.Changed += value;
        remove => inner.Changed -= value;
    }

    public string Me => inner.Me;

    public IReadOnlyCollection<string> Living => [inner.Me];

    public ValueTask<bool> RefreshAsync(CancellationToken cancellation = default) => inner.RefreshAsync(cancellation);
}

/// <summary>Says that it has looked again, and has not.</summary>
internal sealed class NeverLooksAgain(IHostRoster inner) : IHostRoster
{
    public event Action? Changed
    {
        add => inner.Changed += value;
        remove => inner.Changed -= value;
    }

    public string Me => inner.Me;

    public IReadOnlyCollection<string> Living => inner.Living;

    public ValueTask<bool> RefreshAsync(CancellationToken cancellation = default) => new(true);
}
