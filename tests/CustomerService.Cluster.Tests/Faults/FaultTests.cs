using System.Globalization;
using CustomerService.Cluster.Tests.Load;
using CustomerService.Cluster.Tests.Processes;
using Xunit.Abstractions;

namespace CustomerService.Cluster.Tests.Faults;

/// <summary>
/// The promises of a cluster, kept through whatever happens to its processes: nothing acknowledged is lost, nothing is answered twice, order is kept,
/// a conversation has one agent at a time.
/// </summary>
[Collection(nameof(SharedCluster))]
public sealed class FaultTests(SharedCluster cluster, ITestOutputHelper output)
{
    /// <summary>From a kill to the first answer of the dead silo's last grain.</summary>
    private static readonly TimeSpan AwayAtMost = TimeSpan.FromSeconds(15);

    private ClusterOfProcesses Processes => cluster.Processes;

    [RequiresFact("redis", "postgresql")]
    public Task SiloKilled_NothingIsLostAndItsGrainsComeBack()
    {
        var next = 0;
        return FaultRun.UnderLoadAsync(Processes, "kill", output, times: Repeats.Kills, bring: load => Kill.SiloAsync(Processes, next++ % ClusterOfProcesses.Silos, load, AwayAtMost));
    }

    [RequiresFact("redis", "postgresql")]
    public Task SilosStoppedOneAfterAnother_NothingIsLost() => FaultRun.UnderLoadAsync(Processes, "rolling", output, async load =>
    {
        var (stopping, starting) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var number = 0; number < ClusterOfProcesses.Silos; number++)
        {
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal(0, await Processes.SiloProcesses[number].TerminateAsync());
            stopping += TimeProvider.System.GetElapsedTime(began);
            began = TimeProvider.System.GetTimestamp();
            await Processes.StartSiloAsync(number);
            starting += TimeProvider.System.GetElapsedTime(began);
            await load.AcknowledgedAsync(5);
        }

        return string.Create(CultureInfo.InvariantCulture, $"each silo was stopped and started again; together they took {stopping.TotalSeconds:0.0} s to stop and {starting.TotalSeconds:0.0} s to start");
    });

    [RequiresFact("redis", "postgresql")]
    public Task RedisStopped_TheSystemGoesOn() => FaultRun.UnderLoadAsync(Processes, "redis", output, async load =>
    {
        await Processes.Redis.StopAsync();
        var before = load.History.Acknowledged;
        await Task.Delay(Repeats.Outage, TimeProvider.System);
        var meanwhile = load.History.Acknowledged - before;
        await Processes.Redis.StartAsync();
        Assert.True(meanwhile > 0, "Nothing was acknowledged while Redis was away, though members need no table to speak to one another.");
        Processes.NoneEndedByItself();
        return $"{meanwhile} messages were acknowledged while Redis was away for {Repeats.Outage.TotalSeconds} s";
    });

    [RequiresFact("redis", "postgresql")]
    public Task PostgreSqlKilled_NothingIsAcknowledgedMeanwhile_AndAllGoesOnAfterwards() => FaultRun.UnderLoadAsync(Processes, "postgresql", output, async load =>
    {
        await Processes.PostgreSql.KillAsync();
        await Task.Delay(Repeats.Outage, TimeProvider.System);
        await Processes.PostgreSql.StartAsync();
        Processes.NoneEndedByItself();
        return $"PostgreSQL was away for {Repeats.Outage.TotalSeconds} s";
    });

    [RequiresFact("redis", "postgresql")]
    public Task SiloFrozen_IsReplaced_AndWritesNothingStaleWhenItWakes() => FaultRun.UnderLoadAsync(Processes, "freeze", output, async load =>
    {
        var frozen = Processes.SiloProcesses[1];
        await frozen.FreezeAsync();
        var absence = await Absence.MeasureAsync(load.Conversations, TimeProvider.System);
        await Task.Delay(Repeats.Freeze, TimeProvider.System);
        await frozen.ThawAsync();

        // The others have declared it dead, so it learns that and ends; whoever runs it starts another.
        await frozen.ExitAsync();
        await Processes.StartSiloAsync(1);
        return $"{absence}; the frozen silo ended when it woke";
    });

    [RequiresFact("redis", "postgresql")]
    public Task TwoActivationsOfOneNewId_BothAreHeardAndOneRowIsWritten() => FaultRun.UnderLoadAsync(Processes, "two", output, async load =>
    {
        await using var second = await SecondActivation.OpenAsync(Processes.Database);
        await Parallel.ForEachAsync(Enumerable.Range(0, 30), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancellation) =>
        {
            var visit = await Conversing.VisitAsync(() => Processes.Gateway.Http, TimeProvider.System, cancellation);
            var conversation = load.Add($"two-activations-{number}", visit);
            await Task.WhenAll(
                conversation.SendAsync($"{conversation.Conversation}-gateway", "How do I reset my password?", cancellation),
                second.SendAsync(conversation.Conversation, visit.Visitor, $"{conversation.Conversation}-second", load.History));
        });
        return "30 new conversations were begun in two places at once";
    });

    [RequiresFact("redis", "postgresql")]
    public Task EverythingKilled_StartsAgainWithAllThatWasAcknowledged() => FaultRun.UnderLoadAsync(Processes, "all", output, async load =>
    {
        await Processes.KillProcessesAsync();
        var began = TimeProvider.System.GetTimestamp();
        await Processes.StartProcessesAsync();
        await load.AcknowledgedAsync(1);
        return string.Create(CultureInfo.InvariantCulture, $"answered again {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s after the start began");
    });
}
