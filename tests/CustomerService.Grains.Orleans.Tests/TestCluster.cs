using System.Collections.Concurrent;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.TestingHost;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Tests;

/// <summary>Silos and a client in this process, on one PostgreSQL database.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(GrainId Grain, Type Event), TaskCompletionSource<JournalEntry>> awaited = new();
    private readonly InProcessTestCluster cluster;

    private TestCluster(InProcessTestCluster cluster, ISharedGrainStore store) => (this.cluster, Store) = (cluster, store);

    public InProcessTestCluster Cluster => cluster;

    /// <summary>The store as a client of the cluster has it.</summary>
    public ISharedGrainStore Store { get; }

    public CommitWatch Commits { get; private init; } = new();

    public IServiceProvider Client => cluster.Client.ServiceProvider;

    /// <summary>How the system's own parts ask.</summary>
    public IGrainClient Inside => Client.GetRequiredService<ClusterGrains>().Inside;

    /// <summary>How the outside asks.</summary>
    public IGrainClient Door => Client.GetRequiredService<IGrainClient>();

    public IJournal Journal => Client.GetRequiredService<IJournal>();

    public IEnumerable<InProcessSiloHandle> Silos => cluster.Silos.Where(silo => silo.IsActive);

    /// <param name="performers">Who does outside work, given the silo's own services.</param>
    public static async Task<TestCluster> StartAsync(
        string database, short silos = 2, OrleansOptions? options = null, Func<IServiceProvider, IGrainClient, IEnumerable<IWorkPerformer>>? performers = null)
    {
        var clientStore = await PostgreSqlStore.OpenAsync(database, "client");
        var commits = new CommitWatch();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            // A dead silo is to be known as such soon.
            silo.Services.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                membership.NumMissedProbesLimit = 3;
                membership.NumVotesForDeathDeclaration = 1;
            });
            silo.Services.AddSingleton<ISharedGrainStore>(services => Open(database, services.GetRequiredService<IHostRoster>().Me, commits));
            silo.AddCustomerServiceGrains(options, performers);
        });
        builder.ConfigureClient(client =>
        {
            client.Services.AddSingleton<ISharedGrainStore>(clientStore);
            client.Services.AddCustomerServiceClient();
        });
        var test = new TestCluster(builder.Build(), clientStore) { Commits = commits };
        await test.cluster.DeployAsync();
        foreach (var silo in test.cluster.Silos)
            test.Listen(silo);
        return test;
    }

    public async Task<InProcessSiloHandle> StartSiloAsync()
    {
        var silo = await cluster.StartAdditionalSiloAsync();
        Listen(silo);
        return silo;
    }

    public async Task<TReply> AskAsync<TReply>(GrainId grain, Command command)
        where TReply : Reply => Assert.IsType<TReply>(await Inside.AskAsync(grain, command));

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
    public SiloAddress? SiloOf(GrainId grain) =>
        cluster.TryGetGrainContext(cluster.Client.TurnGrainOf(grain).GetGrainId(), out var context) ? context.Address.SiloAddress : null;

    /// <summary>How many commands wait for the grain, or are being handled; 0 when it is not in memory.</summary>
    public int WaitingFor(GrainId grain) =>
        cluster.TryGetGrainContext(cluster.Client.TurnGrainOf(grain).GetGrainId(), out var context) && context.GrainInstance is TurnGrain turns ? turns.Unanswered : 0;

    public InProcessSiloHandle HandleOf(GrainId grain) => cluster.Silos.Single(silo => silo.SiloAddress.Equals(SiloOf(grain)));

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        await Store.DisposeAsync();
    }

    private static WatchedStore Open(string database, string owner, CommitWatch commits) =>
#pragma warning disable VSTHRD002 // A container makes things without waiting, and the silo that starts has nothing else to do.
        new(Task.Run(() => PostgreSqlStore.OpenAsync(database, owner)).GetAwaiter().GetResult(), commits);
#pragma warning restore VSTHRD002

    private void Listen(InProcessSiloHandle silo) =>
        silo.ServiceProvider.GetRequiredService<IJournal>().Subscribe(null, entry => Awaited(entry.Grain, entry.Event.GetType()).TrySetResult(entry));

    private TaskCompletionSource<JournalEntry> Awaited(GrainId grain, Type type) =>
        awaited.GetOrAdd((grain, type), _ => new TaskCompletionSource<JournalEntry>(TaskCreationOptions.RunContinuationsAsynchronously));
}
