using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Orleans;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace CustomerService.Cluster.Tests.Scenarios;

/// <summary>Three silos in this process on one PostgreSQL database, asked by a client outside of them; a kill takes the silo that the grain lives in.</summary>
public sealed class ClusterScenarioHost : ScenarioHost
{
    private const int Silos = 3;

    /// <summary>In this process nothing tells a caller that the silo has died, as a broken connection does.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    private readonly PostgreSqlServer server = new();
    private readonly HeardLog log = new();
    private InProcessTestCluster? cluster;
    private string database = "";
    private PostgreSqlStore? store;

    public override IGrainClient Grains => Client.GetRequiredService<IGrainClient>();

    public override IJournal Journal => Client.GetRequiredService<IJournal>();

    public override IGrainStore Store => store!;

    private InProcessTestCluster Cluster => cluster!;

    private IServiceProvider Client => Cluster.Client.ServiceProvider;

    public override async Task InitializeAsync()
    {
        if (Requires.Missing(ScenarioNeeds.OfHost) is not null)
            return;
        await server.InitializeAsync();
        database = await server.CreateDatabaseAsync();
        await PostgreSqlDatabase.MigrateAsync(database);
        store = await PostgreSqlStore.OpenAsync(database, "client");
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.ConfigureSilo((_, silo) =>
        {
            // A dead silo is to be known as such soon.
            silo.Services.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                membership.NumMissedProbesLimit = 3;
                membership.NumVotesForDeathDeclaration = 1;
            });
            silo.Services.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
            silo.Services.AddLogging(logging => logging.AddProvider(log));
            silo.Services.AddSingleton(services => Open(services.GetRequiredService<IHostRoster>().Me));
            silo.AddCustomerServiceGrains(performers: (_, grains) => [Assistant.WorkingFor(grains), Clearing.WorkingFor(grains), .. Interpreter.Performers]);
        });
        builder.ConfigureClient(client =>
        {
            client.Services.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
            client.Services.AddSingleton<ISharedGrainStore>(store);
            client.Services.AddCustomerServiceClient();
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
        foreach (var silo in cluster.Silos)
            Listen(silo);
    }

    public override async Task DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        if (store is not null)
            await store.DisposeAsync();
        await server.DisposeAsync();
    }

    public override async Task KillAroundAsync(GrainId grain)
    {
        await Cluster.KillSiloAsync(HomeOf(grain));
        Listen(await Cluster.StartAdditionalSiloAsync());
    }

    public override async Task StopAroundAsync(GrainId grain)
    {
        await Cluster.StopSiloAsync(HomeOf(grain));
        Listen(await Cluster.StartAdditionalSiloAsync());
    }

    public override Task ForgetAsync(GrainId grain) => Cluster.DeactivateAsync(Find(grain));

    public override async Task<ParkedRetry> RetryParkedAsync(string id) => await Client.GetRequiredService<IParkedItems>().RetryAsync(id);

    public override async Task<IReadOnlyList<string>> RowsAsync()
    {
        await using var source = NpgsqlDataSource.Create(database);
        var rows = new List<string>();
        foreach (var table in await ReadAsync("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"))
            rows.AddRange((await ReadAsync($"SELECT item::text FROM {table} AS item")).Select(row => $"{table}: {row}"));
        return rows;

        async Task<List<string>> ReadAsync(string sql)
        {
            await using var command = source.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync();
            var read = new List<string>();
            while (await reader.ReadAsync())
                read.Add(reader.GetString(0));
            return read;
        }
    }

    protected override async Task<string> StateAsync()
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            """
            SELECT 'effect ' || kind || '/' || key || '@' || version || '.' || number || ' of ' || owner || ' ' || left(body, 200) FROM effects
            UNION ALL SELECT 'alarm ' || kind || '/' || key || ' ' || name || ' of ' || owner || ' due ' || to_timestamp(due / 1000000) FROM alarms
            UNION ALL SELECT 'session ' || state || ' ' || coalesce(wait_event, '') || ' ' || left(query, 200) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'
            ORDER BY 1
            """);
        var lines = new List<string> { $"Silos: {string.Join(", ", Cluster.Silos.Select(silo => $"{silo.SiloAddress.ToParsableString()} {(silo.IsActive ? "active" : "gone")}"))}" };
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            lines.Add(rows.GetString(0));
        lines.AddRange(log.Lines);
        return string.Join('\n', lines);
    }

    private InProcessSiloHandle HomeOf(GrainId grain)
    {
        var home = Cluster.TryGetGrainContext(Find(grain).GetGrainId(), out var context) ? context.Address.SiloAddress : null;
        return Cluster.Silos.FirstOrDefault(silo => silo.SiloAddress.Equals(home)) ?? Cluster.Silos[^1];
    }

    private IAddressable Find(GrainId grain) => grain.Kind switch
    {
        GrainKinds.Agent => Cluster.Client.GetGrain<IAgentGrain>(grain.Key),
        GrainKinds.Conversation => Cluster.Client.GetGrain<IConversationGrain>(grain.Key),
        GrainKinds.Queue => Cluster.Client.GetGrain<IQueueGrain>(grain.Key),
        _ => throw new ArgumentException($"No scenario moves a {grain.Kind}.", nameof(grain)),
    };

    private ISharedGrainStore Open(string owner) =>
#pragma warning disable VSTHRD002 // A container makes things without waiting, and the silo that starts has nothing else to do.
        Commits.Before<ISharedGrainStore>(Task.Run(() => PostgreSqlStore.OpenAsync(database, owner)).GetAwaiter().GetResult());
#pragma warning restore VSTHRD002

    private void Listen(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<IJournal>().Subscribe(null, Happened);
}
