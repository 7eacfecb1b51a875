#if ORLEANS
using System.Diagnostics.Metrics;
using Orleans.Runtime;

namespace CustomerService.Silo.Running;

/// <summary>How many silos this one knows of, by status: where silos disagree, the network is torn.</summary>
internal sealed class ClusterInstruments(IMeterFactory meters, IClusterMembershipService membership) : IHostedService
{
    private static readonly string[] Statuses = ["joining", "active", "stopping", "dead"];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Create("CustomerService.Cluster").CreateObservableGauge("cluster.silos", Count, "{silo}", "Silos of the cluster as this one knows them, by status.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<int>> Count()
    {
        var known = membership.CurrentSnapshot.Members.Values.CountBy(member => OrleansClusterView.Word(member.Status.ToString())).ToDictionary();
        return Statuses.Select(status => new Measurement<int>(known.GetValueOrDefault(status), KeyValuePair.Create<string, object?>("status", status)));
    }
}
#endif
