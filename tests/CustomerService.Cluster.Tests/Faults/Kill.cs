using CustomerService.Cluster.Tests.Load;
using CustomerService.Cluster.Tests.Processes;

namespace CustomerService.Cluster.Tests.Faults;

internal static class Kill
{
    /// <summary>SIGKILL to a silo; measures how long its grains are away, and starts another in its place.</summary>
    /// <param name="atMost">Held to in the long form only: in <c>./test</c> other tests share the machine.</param>
    public static async Task<string> SiloAsync(ClusterOfProcesses cluster, int number, LoadRun load, TimeSpan atMost)
    {
        var conversations = load.Conversations;
        var killing = cluster.SiloProcesses[number].KillAsync();
        var absence = await Absence.MeasureAsync(conversations, TimeProvider.System);
        await killing;
        await cluster.StartSiloAsync(number);
        if (Repeats.IsLong)
            Assert.True(absence.Longest <= atMost, $"{absence}; at most {atMost.TotalSeconds} s is promised.");
        return absence.ToString();
    }
}
