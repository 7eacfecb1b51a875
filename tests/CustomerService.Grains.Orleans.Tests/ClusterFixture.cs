using System.Collections.Concurrent;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.TestingHost;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Tests;

/// <summary>Two silos in this process, on one SQLite store, with a performer that answers or hands over.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public const string NeedsPerson = "a person, please";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string directory = Directory.CreateTempSubdirectory("customerservice-cluster-").FullName;
    private readonly ConcurrentDictionary<(GrainId Grain, Type Event), TaskCompletionSource<JournalEntry>> awaited = new();
    private InProcessTestCluster? cluster;
    private SqliteStore? store;

    public InProcessTestCluster Cluster => cluster!;

    public IGrainStore Store => store!;

    /// <summary>Asks from outside the silos.</summary>
    public IGrainClient Grains => new OrleansGrainClient(Cluster.Client);

    public async Task InitializeAsync()
    {
        store = SqliteStore.Open(directory);
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IGrainStore>(store);
            silo.AddCustomerServiceGrains(performers: (_, grains) => [new Answerer(grains)]);
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
        foreach (var silo in cluster.Silos)
            Listen(silo);
    }

    public async Task DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await store!.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    public async Task<InProcessSiloHandle> StartSiloAsync()
    {
        var silo = await Cluster.StartAdditionalSiloAsync();
        Listen(silo);
        return silo;
    }

    public static Interaction Message(string id, string text = "Where is my order?") =>
        new(id, Channels.Chat, "visitor-1", text, new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero));

    public async Task<TReply> AskAsync<TReply>(GrainId grain, Command command)
        where TReply : Reply => Assert.IsType<TReply>(await Grains.AskAsync(grain, command));

    /// <summary>Ends when an event of this type has become durable for the grain, in whichever silo; also when it has already.</summary>
    public async Task<TEvent> EventAsync<TEvent>(GrainId grain)
        where TEvent : JournalEvent
    {
        try
        {
            return (TEvent)(await Awaited(grain, typeof(TEvent)).Task.WaitAsync(Patience)).Event;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{grain} had no {typeof(TEvent).Name} within {Patience}.");
        }
    }

    /// <summary>Which silo the grain lives in now; null when it is not in memory.</summary>
    public SiloAddress? SiloOf(IAddressable grain) =>
        Cluster.TryGetGrainContext(grain.GetGrainId(), out var context) ? context.Address.SiloAddress : null;

    private void Listen(InProcessSiloHandle silo) =>
        silo.ServiceProvider.GetRequiredService<IJournal>().Subscribe(null, entry => Awaited(entry.Grain, entry.Event.GetType()).TrySetResult(entry));

    private TaskCompletionSource<JournalEntry> Awaited(GrainId grain, Type type) =>
        awaited.GetOrAdd((grain, type), _ => new TaskCompletionSource<JournalEntry>(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Answerer(IGrainClient grains) : IWorkPerformer
    {
        public Type Handles => typeof(RunPipeline);

        public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            var run = (RunPipeline)work;
            if (await grains.AskAsync(origin, new GetRunContext(run.MessageId), cancellation) is not RunContext context)
                return null;

            var handsOver = context.Message.Content == NeedsPerson;
            return new CompleteRun(run.MessageId, new RunOutcome
            {
                Signals = MessageSignals.Unknown,
                ResolutionType = handsOver ? ResolutionTypes.Human : ResolutionTypes.Automated,
                Answer = new OutgoingMessage($"About {run.MessageId}.", [], []),
                Handoff = handsOver ? new HandoffPackage("billing", 3, "The customer asked for a person.", context.Message.Content, [], []) : null,
            });
        }
    }
}

[CollectionDefinition(nameof(ClusterTests))]
public sealed class ClusterCollection : ICollectionFixture<ClusterFixture>;
