using CustomerService.Grains.Journal;
using CustomerService.Grains.Orleans.Clustering;
using CustomerService.Grains.Orleans.Figures;
using CustomerService.Grains.Orleans.Following;
using CustomerService.Grains.Orleans.Roster;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace CustomerService.Grains.Orleans;

/// <summary>Puts our grains into a silo, and the ways to them into any process of the cluster.</summary>
public static class OrleansHosting
{
    /// <summary>
    /// Runs every kind of grain in this silo, and offers the rest of the process what <see cref="AddCustomerServiceClient"/> offers. Clustering is the
    /// caller's choice. An <see cref="ISharedGrainStore"/> must be registered whose owner is this silo (<see cref="IHostRoster.Me"/>).
    /// </summary>
    /// <param name="performers">Who does which outside work, given the process's services and the way to ask grains.</param>
    public static ISiloBuilder AddCustomerServiceGrains(
        this ISiloBuilder silo, OrleansOptions? options = null, Func<IServiceProvider, IGrainClient, IEnumerable<IWorkPerformer>>? performers = null)
    {
        options ??= new OrleansOptions();
        silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = options.IdleTime);
        silo.Services.AddPlacementDirector<InSiloOfItsName, InSiloOfItsNameDirector>();
        silo.Services.AddCustomerServiceClient();
        HostRoster.AddTo(silo.Services);
        silo.Services.AddSingleton(services => new StoreSharing(services.GetRequiredService<ISharedGrainStore>(), services.GetRequiredService<IHostRoster>()));
        silo.Services.AddSingleton(services =>
        {
            var inside = services.GetRequiredService<ClusterGrains>().Carrying;
            return new SiloTurns(
                services.GetRequiredService<StoreSharing>(), inside, services.GetRequiredService<JournalFeed>(), performers?.Invoke(services, inside) ?? [],
                options, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<SiloTurns>>());
        });
        silo.Services.AddSingleton<ILocalSilo>(services => services.GetRequiredService<SiloTurns>());
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<SiloTurns>());
        return silo;
    }

    /// <summary>
    /// Offers the ways to the cluster's grains in a process that is its client: <see cref="ClusterGrains"/>, <see cref="IGrainClient"/> (its door),
    /// <see cref="IJournal"/>, <see cref="IHints"/>, <see cref="IParkedItems"/> and <see cref="ClusterFigures"/>. An Orleans client and an
    /// <see cref="ISharedGrainStore"/> must be registered.
    /// </summary>
    public static IServiceCollection AddCustomerServiceClient(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SiloWatch>();
        services.TryAddSingleton<ClusterGrains>();
        services.TryAddSingleton(provider => provider.GetRequiredService<ClusterGrains>().Door);
        services.TryAddSingleton<ClusterFigures>();
        services.TryAddSingleton<IParkedItems>(provider => new ClusterParkedItems(
            provider.GetRequiredService<ISharedGrainStore>(), provider.GetRequiredService<IGrainFactory>()));

        // What this process's own grains do; in a client it stays silent.
        services.TryAddSingleton(provider => new JournalFeed(provider.GetRequiredService<ILogger<JournalFeed>>()));
        services.TryAddSingleton(provider => new Follows(
            provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<SiloWatch>(), new JournalReader(provider.GetRequiredService<ISharedGrainStore>(), GrainFormat.Default),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Follows>>()));
        services.TryAddSingleton<IJournal>(provider => new ClusterJournal(provider.GetRequiredService<Follows>(), provider.GetRequiredService<JournalFeed>()));
        services.TryAddSingleton<IHints>(provider => new ClusterHints(provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<Follows>()));
        return services;
    }
}
