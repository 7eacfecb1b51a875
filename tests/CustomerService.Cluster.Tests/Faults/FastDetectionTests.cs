using CustomerService.Cluster.Tests.Processes;
using Xunit.Abstractions;

namespace CustomerService.Cluster.Tests.Faults;

/// <summary>With <c>--failure-detection fast</c> a dead silo's grains are back sooner.</summary>
public sealed class FastDetectionTests(ITestOutputHelper output)
{
    private static readonly TimeSpan AwayAtMost = TimeSpan.FromSeconds(6);

    [RequiresFact("redis", "postgresql")]
    public async Task SiloKilled_ItsGrainsAreBackSooner()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync("--failure-detection", "fast");
        var next = 0;
        await FaultRun.UnderLoadAsync(cluster, "kill-fast", output, times: Repeats.Kills, bring: load => Kill.SiloAsync(cluster, next++ % ClusterOfProcesses.Silos, load, AwayAtMost));
    }
}
