using System.Collections.Immutable;
using CustomerService.Grains.Orleans.Wire;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerService.Grains.Orleans.Roster;

/// <summary>Says who belongs to the cluster, out of the memory of whichever silo is asked: no table is read, and no single grain is asked by all.</summary>
[Alias(WireAliases.RosterGrain)]
public interface IRosterGrain : IGrainWithIntegerKey
{
    [Alias(WireAliases.Look)]
    Task<ClusterRoster> Look();
}

/// <summary>The silos as one of them knows them.</summary>
[GenerateSerializer]
[Immutable]
[Alias(WireAliases.Roster)]
public sealed record ClusterRoster
{
    [Id(0)]
    public required ImmutableArray<RosterMember> Members { get; init; }

    internal static ClusterRoster Of(ClusterMembershipSnapshot membership) => new()
    {
        Members =
        [
            .. membership.Members.Values
                .Select(member => new RosterMember { Silo = member.SiloAddress.ToParsableString(), Name = member.Name, Status = member.Status.ToString() })
                .OrderBy(member => member.Silo, StringComparer.Ordinal),
        ],
    };
}

/// <summary>One silo of the cluster.</summary>
[GenerateSerializer]
[Immutable]
[Alias(WireAliases.Member)]
public sealed record RosterMember
{
    /// <summary>Under which name it owns what its grains commit: its address and when it started.</summary>
    [Id(0)]
    public required string Silo { get; init; }

    /// <summary>What its operators call it.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>As Orleans calls it: Joining, Active, ShuttingDown, Stopping, Dead.</summary>
    [Id(2)]
    public required string Status { get; init; }
}

// Its answer is the same wherever it is asked, so each silo has its own.
[global::Orleans.Concurrency.StatelessWorker(1)]
internal sealed class RosterGrain(IClusterMembershipService membership) : global::Orleans.Grain, IRosterGrain
{
    public Task<ClusterRoster> Look() => Task.FromResult(ClusterRoster.Of(membership.CurrentSnapshot));
}
