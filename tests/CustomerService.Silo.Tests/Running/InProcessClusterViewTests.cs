using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CustomerService.Channels.Health;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Tests.Running;

public sealed class InProcessClusterViewTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Status_TellsWhatGrainsAndStoreHaveToDo()
    {
        using var folder = new TemporaryFolder();
        var clock = new ManualTimeProvider();
        await using var store = SqliteStore.Open(folder.Path);
        var pipeline = new HeldPipeline();
        using var host = new InProcessHost(GrainCatalog.All, store, _ => [pipeline], new InProcessOptions { Workers = 1 }, time: clock);
        await host.StartAsync();
        foreach (var conversation in (string[])["c-1", "c-2", "c-3"])
        {
            await host.Inside.AskAsync(
                Grain.Conversation(conversation), new ReceiveMessage(new Interaction("m-1", ChannelNames.Chat, "visitor", "Hello", clock.GetUtcNow())));
        }

        await host.Inside.AskAsync(Grain.Queue("general"), new GetQueue());
        await pipeline.Begun.Task.WaitAsync(Patience);
        await Assert.ThrowsAsync<CommandParkedException>(async () => await host.Inside.AskAsync(Grain.Conversation("c-1"), new ReceiveMessage(null!)));

        using var figures = new ProcessFigures(clock);
        var status = await new InProcessClusterView(host, store, new ProcessReporter(figures, new ChannelHealth(clock)), "http://localhost:8080", clock).LookAsync(default);
        var stored = await store.CountAsync(clock.GetUtcNow());
        pipeline.End.SetResult();
        await host.StopAsync();

        var silo = Assert.Single(status.Silos);
        Assert.Equal(("in-process", clock.GetUtcNow(), 1L), (status.Host, status.At, status.ParkedCommands));
        Assert.Equal((stored.Effects, stored.AlarmsDue, stored.AlarmsWaiting), (status.UnfinishedEffects, status.AlarmsDue, status.AlarmsWaiting));
        Assert.True(status.UnfinishedEffects >= 3, $"{status.UnfinishedEffects} effects");
        Assert.Equal((Environment.MachineName, "http://localhost:8080", "active"), (silo.Name, silo.Address, silo.Status));
        Assert.Equal((3, 1), (silo.Activations["conversation"], silo.Activations["queue"]));
        Assert.Equal((1, 2, 0L), (silo.WorkRunning, silo.WorkBacklog, silo.VersionConflicts));
        Assert.True(silo.CallsPerSecond >= 4, $"{silo.CallsPerSecond} calls a second");
        Assert.True(silo.MemoryMegabytes > 1);
    }

    [Fact]
    public async Task Status_IsServedToOperators()
    {
        using var folder = new TemporaryFolder();
        using var content = new OwnersContent();
        content.WriteRouting("queues:\n  general: []\n");
        await using var silo = await RunningSilo.StartAsync(
            new SiloSettings { DataFolder = folder.Path, Content = content.Folder, Listen = "http://127.0.0.1:0", MetricsPort = 0, Quiet = true }, default);
        using var http = new HttpClient { BaseAddress = silo.Address };

        using var refused = await http.SendAsync(Request(silo.AgentToken));
        using var answer = await http.SendAsync(Request(new DataFolder(folder.Path).OperatorToken()));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused.StatusCode, answer.StatusCode));
        var status = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("in-process", 0), (status["host"]!.GetValue<string>(), status["parkedCommands"]!.GetValue<int>()));
        Assert.True(status["silos"]![0]!["activations"]!["queue"]!.GetValue<int>() >= 1, status.ToJsonString());
        Assert.True(status["silos"]![0]!["p99Milliseconds"]!.GetValue<double>() > 0, status.ToJsonString());
    }

    private static HttpRequestMessage Request(string token) => new(HttpMethod.Get, "/api/operations/cluster")
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>A pipeline that runs until it is told to end.</summary>
    private sealed class HeldPipeline : IWorkPerformer
    {
        public Type Handles => typeof(RunPipeline);

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            Begun.TrySetResult();
            await End.Task.WaitAsync(cancellation);
            return null;
        }
    }
}
