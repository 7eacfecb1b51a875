using System.Collections.Concurrent;
using CustomerService.Runtime;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans;

/// <summary>What the grains of one silo share: how turns are run, who carries out their effects, and what is counted.</summary>
internal sealed class SiloTurns : ILocalSilo, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>How long a grain stays in memory at least that alone knows of effects that may have been committed.</summary>
    public static readonly TimeSpan UncertaintyLimit = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, int> activations = new(StringComparer.Ordinal);
    private readonly TurnEnvironment environment;
    private readonly EffectCarrier carrier;
    private readonly OrphanWatch orphans;
    private readonly TimeSpan drainLimit;
    private readonly IHostRoster roster;
    private int drained;
    private int disposed;

    public SiloTurns(
        StoreSharing sharing, OrleansGrainClient inside, JournalFeed feed, IEnumerable<IWorkPerformer> performers,
        OrleansOptions options, TimeProvider time, ILogger<SiloTurns> logger)
    {
        environment = new TurnEnvironment(GrainCatalog.All, sharing.Store, GrainFormat.Default, feed, time, logger) { HasOtherHosts = true, Sharing = sharing };
        carrier = new EffectCarrier(inside, environment, performers, options.Work, Random.Shared);
        orphans = new OrphanWatch(sharing, environment, carrier, inside.ResumeAsync, logger);
        Parked = new ParkedItems(environment, carrier, inside);
        Door = new SiloDoor(options, () => carrier.WorkBacklog);
        roster = sharing.Roster;
        Name = roster.Me;
        Since = time.GetUtcNow();
        drainLimit = options.DrainLimit;
    }

    /// <summary>The name under which this silo owns what its grains commit.</summary>
    public string Name { get; }

    /// <summary>When this silo started.</summary>
    public DateTimeOffset Since { get; }

    public SiloDoor Door { get; }

    public ParkedItems Parked { get; }

    public TimeProvider Time => environment.Time;

    public JournalFeed Feed => environment.Feed;

    public CallFigures Calls => environment.Calls;

    public long Conflicts => environment.Conflicts;

    public int WorkBacklog => carrier.WorkBacklog;

    public int WorkRunning => carrier.WorkRunning;

    public int PendingTells => carrier.PendingTells;

    /// <summary>How many grains are in memory here, by kind.</summary>
    public IReadOnlyDictionary<string, int> Activations => activations;

    int ILocalSilo.Activations => activations.Values.Sum();

    /// <exception cref="ArgumentException">The key is none that a grain can have.</exception>
    public Activation Activate(GrainId grain) => new(grain, environment, carrier);

    /// <summary>A grain of this kind has come into memory.</summary>
    public void Entered(string kind) => Count(kind, 1);

    /// <summary>A grain of this kind has left memory.</summary>
    public void Left(string kind) => Count(kind, -1);

    /// <remarks>
    /// A silo that stops goes on carrying out effects until it is given no more grains and those it has leave; what its grains commit in their last
    /// moments is taken up where they go, or once it is gone. The last silo has nowhere to let them go: it ends its work while they are still here.
    /// </remarks>
    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(SiloTurns), ServiceLifecycleStage.Active, OpenAsync, CloseAsync);
        lifecycle.Subscribe(nameof(SiloTurns), ServiceLifecycleStage.GrainDeactivation, _ => Task.CompletedTask, DrainAsync);
    }

    /// <summary>May be called again: the container knows it under two names.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        orphans.Dispose();
        carrier.Dispose();
        foreach (var kind in activations.Keys)
            RuntimeInstruments.Activations.Add(-activations.GetValueOrDefault(kind));
    }

    private Task OpenAsync(CancellationToken cancellation)
    {
        carrier.Open();
        orphans.Start();
        return Task.CompletedTask;
    }

    private async Task CloseAsync(CancellationToken cancellation)
    {
        await orphans.StopAsync();
        if (roster.Living.Count == 1)
            await DrainAsync(cancellation);
    }

    /// <summary>A stop that is cancelled is a crash: nothing is waited for, and the others take over.</summary>
    private async Task DrainAsync(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            Dispose();
        else if (Interlocked.Exchange(ref drained, 1) == 0)
            await carrier.StopAsync(drainLimit);
    }

    private void Count(string kind, int change)
    {
        activations.AddOrUpdate(kind, change, (_, count) => count + change);
        RuntimeInstruments.Activations.Add(change);
    }
}
