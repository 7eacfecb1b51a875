#if ORLEANS
using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Orleans.Figures;
using CustomerService.Grains.Orleans.Roster;
using CustomerService.Runtime.Stores;

namespace CustomerService.Silo.Running;

/// <summary>What the silos say of themselves, and what the store says is still to be done.</summary>
internal sealed class OrleansClusterView(ClusterFigures figures, SiloWatch watch, ISharedGrainStore store, TimeProvider time) : IClusterView
{
    public async ValueTask<ClusterStatus> LookAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var silos = await figures.LookAsync(cancellation);
        var counts = await store.CountAsync(now, cancellation);
        return new ClusterStatus(now, "orleans", [.. silos.Select(Status)], counts.Parked, counts.Effects, counts.AlarmsDue, counts.AlarmsWaiting)
        {
            Gone = [.. watch.Gone.Select(lost => new GoneSilo(lost.Member.Name, lost.Member.Silo, lost.At))],
        };
    }

    /// <summary>Orleans' words for a silo's state, in ours.</summary>
    public static string Word(string status) => status switch
    {
        "Active" => "active",
        "ShuttingDown" or "Stopping" => "stopping",
        "Dead" => "dead",
        _ => "joining",
    };

    /// <summary>A silo of another version may tell it otherwise.</summary>
    private static ProcessReport? ReportIn(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<ProcessReport>(json, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SiloStatus Status(SiloReport report) => report.Figures is { } figures
        ? new SiloStatus(
            report.Name, report.Address, Word(report.Status), figures.Since, figures.Activations, figures.CallsPerSecond, figures.P50Milliseconds, figures.P99Milliseconds,
            figures.WorkRunning, figures.WorkBacklog, figures.PendingTells, figures.VersionConflicts, figures.CpuPercent, figures.MemoryMegabytes,
            ReportIn(figures.Report))
        : new SiloStatus(
            report.Name, report.Address, Word(report.Status) is var word && word == "active" ? "not_answering" : word, default,
            ImmutableSortedDictionary<string, int>.Empty, 0, 0, 0, 0, 0, 0, 0);
}
/// <summary>Has a silo tell what its process has seen.</summary>
internal sealed class SiloReporting(ProcessReporter reporter) : IProcessReport
{
    public string Write() => JsonSerializer.Serialize(reporter.Look(), JsonSerializerOptions.Web);
}
#endif
