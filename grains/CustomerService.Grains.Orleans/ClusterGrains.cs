using CustomerService.Grains.Orleans.Roster;
using CustomerService.Grains.Turns;
using Orleans;

namespace CustomerService.Grains.Orleans;

/// <summary>The two ways to ask the cluster's grains, as the in-process host has them.</summary>
public sealed class ClusterGrains(IGrainFactory grains, TimeProvider time, SiloWatch silos)
{
    /// <summary>How the outside asks grains: refused at once, with <see cref="HostBusyException"/>, when a silo has too much to do.</summary>
    public IGrainClient Door { get; } = new OrleansGrainClient(grains, time, silos, isOutside: true);

    /// <summary>How performers and the system's own parts ask grains: never refused for load by our own bounds.</summary>
    public IGrainClient Inside => Carrying;

    internal OrleansGrainClient Carrying { get; } = new(grains, time, silos);
}
