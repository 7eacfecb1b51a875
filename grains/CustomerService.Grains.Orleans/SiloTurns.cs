using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans;

/// <summary>What the grains of one silo share: how turns are run, and who carries out their effects.</summary>
internal sealed class SiloTurns : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>How long a grain stays in memory at least that alone knows of effects that may have been committed.</summary>
    public static readonly TimeSpan UncertaintyLimit = TimeSpan.FromMinutes(10);

    private readonly TurnEnvironment environment;
    private readonly EffectCarrier carrier;
    private readonly TimeSpan drainLimit;
    private int disposed;

    public SiloTurns(
        IGrainStore store, OrleansGrainClient grains, JournalFeed feed, IEnumerable<IWorkPerformer> performers, OrleansOptions options,
        TimeProvider time, ILogger<SiloTurns> logger)
    {
        environment = new TurnEnvironment(GrainCatalog.All, store, GrainFormat.Default, feed, time, logger) { HasOtherHosts = true };
        carrier = new EffectCarrier(grains, environment, performers, options.Work, Random.Shared);
        drainLimit = options.DrainLimit;
    }

    /// <exception cref="ArgumentException">The key is none that a grain can have.</exception>
    public Activation Activate(GrainId grain) => new(grain, environment, carrier);

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(SiloTurns), ServiceLifecycleStage.Active, carrier.StartAsync, _ => carrier.StopAsync(drainLimit));

    /// <summary>May be called again: the container knows it under two names.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
            carrier.Dispose();
    }
}
