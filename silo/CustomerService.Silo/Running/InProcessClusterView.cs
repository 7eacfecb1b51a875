using System.Collections.Immutable;
using CustomerService.Gateway.Staff;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores;

namespace CustomerService.Silo.Running;

/// <summary>A cluster of one: this process, named after its machine.</summary>
/// <param name="address">Where its callers reach it.</param>
internal sealed class InProcessClusterView(InProcessHost host, IGrainStore store, ProcessReporter reporter, string address, TimeProvider time) : IClusterView
{
    private readonly ProcessLoad _load = new(time);

    public async ValueTask<ClusterStatus> LookAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var counts = await store.CountAsync(now, cancellation);
        var calls = host.Calls.LastMinute();
        var silo = new SiloStatus(
            Environment.MachineName, address, "active", ProcessLoad.StartedAt, host.ActivationsByKind().ToImmutableSortedDictionary(StringComparer.Ordinal),
            calls.PerSecond, calls.P50Milliseconds, calls.P99Milliseconds, host.WorkRunning, host.WorkBacklog, host.PendingTells, host.Conflicts,
            _load.CpuPercent(), ProcessLoad.MemoryMegabytes, reporter.Look());
        return new ClusterStatus(now, "in-process", [silo], counts.Parked, counts.Effects, counts.AlarmsDue, counts.AlarmsWaiting);
    }
}
