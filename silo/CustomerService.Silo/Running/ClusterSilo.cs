#if ORLEANS
using CustomerService.Grains.Orleans;
using CustomerService.Grains.Orleans.Clustering;
using CustomerService.Grains.Orleans.Figures;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Delivering;
using CustomerService.Silo.Interpreting;
using CustomerService.Silo.Retention;

namespace CustomerService.Silo.Running;

/// <summary>A process that hosts its share of a cluster's grains.</summary>
internal static class ClusterSilo
{
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(60);
    private const int RunAttempts = 3;

    public static void AddClusterSilo(this WebApplicationBuilder builder, SiloSettings settings, ClusterPart part, SharedDatabase shared)
    {
        builder.UseOrleans(silo => silo
            .JoinCluster(part.ToSettings())
            .AddCustomerServiceGrains(
                new OrleansOptions { Work = new WorkLimits(settings.Workers, RunAttempts, RunLimit) },
                (services, grains) => [PipelineRunPerformer.Compose(services, grains, settings, shared), .. Interpreters.Compose(services, grains), ChannelRegistration.Performer(services, grains), ClearAwayPerformer.Compose(services, grains)]));

        // Whoever commits an effect carries it out, under the name that the other silos know it by.
        builder.Services.AddSingleton<ISharedGrainStore>(p => PostgreSqlStore.On(shared.Database, p.GetRequiredService<IHostRoster>().Me));
        builder.Services.AddSingleton<IGrainHosting, Hosting>().AddSingleton<IProcessReport, SiloReporting>();
        builder.Services.AddHostedService<ClusterInstruments>();
        builder.Services.AddClusterViews();
    }

    private sealed class Hosting(ClusterGrains grains, ILocalSilo silo) : IGrainHosting
    {
        public IGrainClient Inside => grains.Inside;

        public int Activations => silo.Activations;

        public int WorkBacklog => silo.WorkBacklog;
    }
}
#endif
