using CustomerService.Cluster.Tests.Checking;
using CustomerService.Cluster.Tests.Load;
using CustomerService.Cluster.Tests.Processes;
using Xunit.Abstractions;

namespace CustomerService.Cluster.Tests.Faults;

/// <summary>One fault, or several in a row, in a cluster of processes under load; then the checker.</summary>
internal static class FaultRun
{
    /// <summary>Starts load, brings about the fault when some messages were acknowledged, lets the load go on for a while, settles and judges.</summary>
    /// <param name="name">Names the run in its report.</param>
    /// <param name="bring">Brings about the fault and ends it; it may say in a line what it saw.</param>
    public static async Task UnderLoadAsync(ClusterOfProcesses cluster, string name, ITestOutputHelper output, Func<LoadRun, Task<string>> bring, int times = 1)
    {
        await cluster.MakeWholeAsync();
        var parkedBefore = (await cluster.EvidenceAsync(new History(TimeProvider.System))).Leftovers;
        await using var load = await LoadRun.StartAsync(cluster, name);
        try
        {
            for (var time = 1; time <= times; time++)
            {
                await load.AcknowledgedAsync(Repeats.Between);
                var seen = await bring(load);
                Report(output, $"{name} {time} of {times}: {seen}");
                await load.AcknowledgedAsync(Repeats.Between);
                await cluster.MakeWholeAsync();
            }

            await JudgeAsync(name, load, parkedBefore, output);
        }
        catch (Exception)
        {
            await KeepAsync(cluster, name, load.History);
            throw;
        }
    }

    /// <param name="before">What an earlier run left, and was told of.</param>
    private static async Task JudgeAsync(string name, LoadRun load, IReadOnlyList<string> before, ITestOutputHelper output)
    {
        var evidence = await load.SettleAsync(Repeats.Patience);
        evidence = evidence with { Leftovers = [.. evidence.Leftovers.Except(before)] };
        var violations = Checker.Judge(evidence);
        var assigned = evidence.Journal.Count(entry => entry.Event is Grains.Conversations.AgentAssigned);
        Report(output, $"{name}: {load.History.Acknowledged} messages acknowledged in {load.Conversations.Count} conversations, "
            + $"{load.History.Deeds.Count(deed => deed.What == DeedKind.SentAgain)} sent again, {assigned} assignments so far, {violations.Count} violations");
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)));
    }

    /// <summary>What happened and what the processes said, beside the tests' other results.</summary>
    private static async Task KeepAsync(ClusterOfProcesses cluster, string name, History history)
    {
        var folder = Path.Combine(Requires.RepositoryRoot, "artifacts", "cluster", name);
        await cluster.SaveLogsAsync(folder);
        await history.SaveAsync(Path.Combine(folder, "history.jsonl"));
    }

    private static void Report(ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
