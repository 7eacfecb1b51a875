using System.Collections.Immutable;
using CustomerService.Grains.Orleans.Wire;
using Orleans;
using Orleans.Concurrency;

namespace CustomerService.Grains.Orleans.Figures;

/// <summary>What one silo does now.</summary>
[GenerateSerializer]
[Immutable]
[Alias(WireAliases.SiloFigures)]
public sealed record SiloFigures
{
    /// <summary>When the silo started.</summary>
    [Id(0)]
    public required DateTimeOffset Since { get; init; }

    /// <summary>How many grains are in memory, by kind; kinds without any are left out.</summary>
    [Id(1)]
    public required ImmutableSortedDictionary<string, int> Activations { get; init; }

    /// <summary>Calls that its grains answered per second, over the last minute.</summary>
    [Id(2)]
    public required double CallsPerSecond { get; init; }

    /// <summary>Half of the last minute's calls took no longer.</summary>
    [Id(3)]
    public required double P50Milliseconds { get; init; }

    /// <summary>99 of 100 of the last minute's calls took no longer.</summary>
    [Id(4)]
    public required double P99Milliseconds { get; init; }

    /// <summary>How much outside work runs.</summary>
    [Id(5)]
    public required int WorkRunning { get; init; }

    /// <summary>How much outside work waits for a worker or for its next attempt.</summary>
    [Id(6)]
    public required int WorkBacklog { get; init; }

    /// <summary>Commands that its grains told and that have not arrived.</summary>
    [Id(7)]
    public required int PendingTells { get; init; }

    /// <summary>Commits that lost to another activation of the same grain, since the silo started.</summary>
    [Id(8)]
    public required long VersionConflicts { get; init; }

    /// <summary>The processor's load as this silo sees it, 0 to 100.</summary>
    [Id(9)]
    public required double CpuPercent { get; init; }

    /// <summary>Memory that the process holds.</summary>
    [Id(10)]
    public required double MemoryMegabytes { get; init; }

    /// <summary>What <see cref="IProcessReport"/> wrote; null where there is none, and from a silo of a version that did not tell.</summary>
    [Id(11)]
    public string? Report { get; init; }
}
