using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Journal;
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

/// <summary>Puts our grains into a silo.</summary>
public static class OrleansHosting
{
    /// <summary>
    /// Runs every kind of grain in this silo, and offers <see cref="IGrainClient"/> and <see cref="IJournal"/> to the rest of the process.
    /// Clustering is the caller's choice. An <see cref="IGrainStore"/> that all silos share must be registered.
    /// </summary>
    /// <param name="performers">Who does which outside work, given the process's services and the way to ask grains.</param>
    public static ISiloBuilder AddCustomerServiceGrains(
        this ISiloBuilder silo, OrleansOptions? options = null, Func<IServiceProvider, IGrainClient, IEnumerable<IWorkPerformer>>? performers = null)
    {
        options ??= new OrleansOptions();
        silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = options.IdleTime);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<OrleansGrainClient>();
        silo.Services.AddSingleton<IGrainClient>(services => services.GetRequiredService<OrleansGrainClient>());
        silo.Services.AddSingleton(services => new JournalFeed(services.GetRequiredService<ILogger<JournalFeed>>()));
        silo.Services.AddSingleton<IJournal>(services => new JournalReader(
            services.GetRequiredService<IGrainStore>(), GrainFormat.Default, services.GetRequiredService<JournalFeed>()));
        silo.Services.AddSingleton(services =>
        {
            var grains = services.GetRequiredService<OrleansGrainClient>();
            return new SiloTurns(
                services.GetRequiredService<IGrainStore>(), grains, services.GetRequiredService<JournalFeed>(), performers?.Invoke(services, grains) ?? [],
                options, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<SiloTurns>>());
        });
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<SiloTurns>());
        return silo;
    }
}
