using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Cluster.Tests.Checking;
using CustomerService.Cluster.Tests.Load;
using CustomerService.Cluster.Tests.Processes;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using Npgsql;
using Xunit.Abstractions;

namespace CustomerService.Cluster.Tests.Faults;

/// <summary>What a dead silo was to do is done by the others although nobody asks them anything: the tables alone are watched.</summary>
[Collection(nameof(SharedCluster))]
public sealed class UnaskedTests(SharedCluster shared, ITestOutputHelper output)
{
    private const int Snoozed = 12;
    private const int Messages = 60;

    private static readonly TimeSpan AwayAtMost = TimeSpan.FromSeconds(15);

    private readonly TimeProvider time = TimeProvider.System;

    [RequiresFact("redis", "postgresql")]
    public async Task KilledSilo_ItsAlarmsRingAndItsWorkIsDone_WithoutACallFromOutside()
    {
        var cluster = shared.Processes;
        await cluster.MakeWholeAsync();
        var history = new History(time);
        using var patience = new CancellationTokenSource(Repeats.Patience);
        var due = time.GetUtcNow().AddSeconds(20);
        var put = await PutAwayAsync(cluster, history, due, patience.Token);
        await using var database = new NpgsqlConnection(cluster.Database);
        await database.OpenAsync();
        var victim = await BusiestAsync(database, cluster);

        // Right after the last of these is acknowledged, much of their work is still to be done.
        var asked = await Task.WhenAll(Enumerable.Range(0, Messages).Select(number => SayAsync(cluster, history, $"unasked-{number}", "How do I reset my password?", patience.Token)));
        await cluster.SiloProcesses[victim].KillAsync();
        var killed = time.GetUtcNow();

        await UntilAsync(
            database,
            journal => put.All(id => journal[Grain.Conversation(id)].Any(entry => entry.Event is StatusChanged { From: ConversationStatus.Snoozed }))
                && asked.All(id => journal[Grain.Conversation(id)].Any(entry => entry.Event is MessageSent)),
            patience.Token);

        var journal = (await Evidence.JournalAsync(database)).ToLookup(entry => entry.Grain);
        var alarms = put.Select(id => journal[Grain.Conversation(id)].First(entry => entry.Event is StatusChanged { From: ConversationStatus.Snoozed }).At - Later(due, killed)).Max();
        var work = asked.Select(id => journal[Grain.Conversation(id)].First(entry => entry.Event is MessageSent).At - killed).Max();
        var line = string.Create(CultureInfo.InvariantCulture, $"unasked: the last alarm rang {alarms.TotalSeconds:0.0} s after its time, the last answer was there {work.TotalSeconds:0.0} s after the kill");
        output.WriteLine(line);
        Console.WriteLine(line);
        await cluster.StartSiloAsync(victim);
        Assert.DoesNotContain(Checker.Judge(await cluster.EvidenceAsync(history)), violation => !violation.StartsWith("left behind", StringComparison.Ordinal));
        if (Repeats.IsLong)
            Assert.True(alarms <= AwayAtMost && work <= AwayAtMost, line);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private async Task<string> SayAsync(ClusterOfProcesses cluster, History history, string id, string text, CancellationToken cancellation)
    {
        var visit = await Conversing.VisitAsync(() => cluster.Gateway.Http, time, cancellation);
        await new Conversing(() => cluster.Gateway.Http, history, time, visit, id).SendAsync($"{id}-m1", text, cancellation);
        return id;
    }

    /// <summary>Conversations that wait for a person, put away until a time.</summary>
    private async Task<string[]> PutAwayAsync(ClusterOfProcesses cluster, History history, DateTimeOffset until, CancellationToken cancellation)
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, Snoozed).Select(number => SayAsync(cluster, history, $"put-away-{number}", "I want to talk to a human.", cancellation)));
        foreach (var id in ids)
        {
            while (true)
            {
                var body = new JsonObject { ["by"] = "lead", ["until"] = until.ToString("O", CultureInfo.InvariantCulture), ["reason"] = "The parts come then." };
                using var response = await cluster.Console.Http.PostAsync($"api/conversations/{id}/snooze", JsonContent.Create(body), cancellation);
                if (response.IsSuccessStatusCode)
                    break;

                // The assistant still has it.
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
            }
        }

        return ids;
    }

    /// <summary>The silo that owns most of the alarms, so that there is something to inherit.</summary>
    private static async Task<int> BusiestAsync(NpgsqlConnection database, ClusterOfProcesses cluster)
    {
        await using var command = new NpgsqlCommand("SELECT owner FROM alarms WHERE name = 'snooze' GROUP BY owner ORDER BY count(*) DESC LIMIT 1", database);
        var owner = (string)(await command.ExecuteScalarAsync())!;
        return Array.FindIndex(cluster.SiloPorts, port => owner.Contains($":{port}@", StringComparison.Ordinal));
    }

    private async Task UntilAsync(
        NpgsqlConnection database, Func<ILookup<GrainId, Grains.Journal.JournalEntry>, bool> holds, CancellationToken patience)
    {
        while (!holds((await Evidence.JournalAsync(database)).ToLookup(entry => entry.Grain)))
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, patience);
    }
}
