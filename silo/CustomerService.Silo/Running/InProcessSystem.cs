using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Delivering;
using CustomerService.Silo.Interpreting;
using CustomerService.Silo.Retention;

namespace CustomerService.Silo.Running;

/// <summary>The whole system in one process: grains on the thread pool, everything kept in one folder.</summary>
internal static class InProcessSystem
{
    public static IServiceCollection AddInProcessSystem(this IServiceCollection services, SiloSettings settings, DataFolder data)
    {
        services.AddSingleton<IGrainStore>(_ => SqliteStore.Open(data.Path));
        services.AddSingleton(p => HostOn(p, settings, data));
        services.AddSingleton<IGrainHosting, Hosting>();
        services.AddSingleton<IGrainClient>(p => p.GetRequiredService<InProcessHost>().Door);
        services.AddSingleton<IJournal>(p => p.GetRequiredService<InProcessHost>().Journal);
        services.AddSingleton<IHints, InProcessHints>();
        services.AddSingleton<IParkedCommands>(p => new ParkedCommandList(p.GetRequiredService<InProcessHost>().Parked));
        services.AddSingleton<IClusterView>(p => new InProcessClusterView(
            p.GetRequiredService<InProcessHost>(), p.GetRequiredService<IGrainStore>(), p.GetRequiredService<ProcessReporter>(), settings.Listen, p.GetRequiredService<TimeProvider>()));
        return services.AddHostedService(p => p.GetRequiredService<InProcessHost>());
    }

    private static InProcessHost HostOn(IServiceProvider services, SiloSettings settings, DataFolder data)
    {
        var time = services.GetRequiredService<TimeProvider>();
        return new InProcessHost(
            GrainCatalog.All,
            services.GetRequiredService<IGrainStore>(),
            grains => [PipelineRunPerformer.Compose(services, grains, settings, data), .. Interpreters.Compose(services, grains), ChannelRegistration.Performer(services, grains), ClearAwayPerformer.Compose(services, grains)],
            new InProcessOptions { Workers = settings.Workers },
            time: time,
            logger: services.GetRequiredService<ILogger<InProcessHost>>());
    }

    private sealed class Hosting(InProcessHost host) : IGrainHosting
    {
        public IGrainClient Inside => host.Inside;

        public int Activations => host.Activations;

        public int WorkBacklog => host.WorkBacklog;
    }
}
