#if ORLEANS
using System.Collections.Immutable;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Orleans.Figures;
using CustomerService.Runtime.Stores;

namespace CustomerService.Silo.Running;

/// <summary>What the silos say of themselves, and what the store says is still to be done.</summary>
internal sealed class OrleansClusterView(ClusterFigures figures, ISharedGrainStore store, TimeProvider time) : IClusterView
{
    public async ValueTask<ClusterStatus> LookAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var silos = await figures.LookAsync(cancellation);
        var counts = await store.CountAsync(now, cancellation);
        return new ClusterStatus(now, "orleans", [.. silos.Select(Status)], counts.Parked, counts.Effects, counts.AlarmsDue, counts.AlarmsWaiting);
    }

    /// <summary>Orleans' words for a silo's state, in ours.</summary>
    public static string Word(string status) => status switch
    {
        "Active" => "active",
        "ShuttingDown" or "Stopping" => "stopping",
        "Dead" => "dead",
        _ => "joining",
    };

    private static SiloStatus Status(SiloReport report) => report.Figures is { } figures
        ? new SiloStatus(
            report.Name, report.Address, Word(report.Status), figures.Since, figures.Activations, figures.CallsPerSecond, figures.P50Milliseconds, figures.P99Milliseconds,
            figures.WorkRunning, figures.WorkBacklog, figures.PendingTells, figures.VersionConflicts, figures.CpuPercent, figures.MemoryMegabytes)
        : new SiloStatus(
            report.Name, report.Address, Word(report.Status) is var word && word == "active" ? "not_answering" : word, default,
            ImmutableSortedDictionary<string, int>.Empty, 0, 0, 0, 0, 0, 0, 0);
}
#endif
