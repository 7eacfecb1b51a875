using System.Collections.Immutable;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Health;
using CustomerService.Gateway.Staff;

namespace CustomerService.AgentConsole.Operations;

/// <summary>All that the operators' page shows, at one moment.</summary>
/// <param name="Parked">The oldest, at most <see cref="MostListed"/>.</param>
/// <param name="Mails">The oldest, at most <see cref="MostListed"/>.</param>
/// <param name="Channels">As this process and those that host grains have seen them since their start.</param>
/// <param name="Process">What they have counted and timed, together.</param>
public sealed record OperationsPicture(
    ClusterStatus Cluster, StoreSize Store, ImmutableArray<ParkedCommand> Parked, ImmutableArray<ParkedMail> Mails, ImmutableArray<AccountStatus> Channels, ProcessPicture Process)
{
    public const int MostListed = 200;

    public double CallsPerSecond => Cluster.Silos.Sum(silo => silo.CallsPerSecond);

    /// <summary>Of the slowest process.</summary>
    public double P50Milliseconds => Cluster.Silos.Select(silo => silo.P50Milliseconds).DefaultIfEmpty().Max();

    /// <inheritdoc cref="P50Milliseconds"/>
    public double P99Milliseconds => Cluster.Silos.Select(silo => silo.P99Milliseconds).DefaultIfEmpty().Max();

    public int WorkRunning => Cluster.Silos.Sum(silo => silo.WorkRunning);

    public int WorkBacklog => Cluster.Silos.Sum(silo => silo.WorkBacklog);

    /// <summary>Grains in memory by kind, over all processes.</summary>
    public ImmutableSortedDictionary<string, int> Activations => Cluster.Silos.SelectMany(silo => silo.Activations)
        .GroupBy(kind => kind.Key, kind => kind.Value).ToImmutableSortedDictionary(kind => kind.Key, kind => kind.Sum(), StringComparer.Ordinal);
}
