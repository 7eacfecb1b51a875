#if ORLEANS
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Orleans;
using CustomerService.Grains.Orleans.Clustering;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Running;

/// <summary>A process without grains of its own, which asks those of a cluster's silos.</summary>
internal static class ClusterClient
{
    public static void AddClusterClient(this WebApplicationBuilder builder, ClusterPart part, SharedDatabase shared)
    {
        builder.UseOrleansClient(client => client.JoinCluster(part.ToSettings()));
        builder.Services.AddCustomerServiceClient();

        // It commits nothing, so the owner's name stands nowhere.
        builder.Services.AddSingleton<ISharedGrainStore>(_ => PostgreSqlStore.On(shared.Database, "client"));
        builder.Services.AddClusterViews();
    }

    /// <summary>What the staff's door shows of a cluster, in silos and clients alike.</summary>
    public static void AddClusterViews(this IServiceCollection services)
    {
        services.AddSingleton<IQueueNames, StoredQueueNames>();
        services.AddSingleton<IParkedCommands>(p => new ParkedCommandList(p.GetRequiredService<IParkedItems>()));
        services.AddSingleton<IClusterView, OrleansClusterView>();
    }

    /// <exception cref="CommandFailedException">A certificate can't be used.</exception>
    public static ClusterSettings ToSettings(this ClusterPart part)
    {
        try
        {
            return new ClusterSettings
            {
                ClusterId = part.Id,
                Redis = part.Redis?.Url,
                SiloPort = part.SiloPort,
                ClientPort = part.ClientPort,
                Advertise = part.Advertise,
                Detection = part.DetectsFailuresFast ? FailureDetection.Fast : FailureDetection.Default,
                Tls = part.Certificates is { } files ? SiloTls.Load(files.Certificate, files.Key, files.Authority) : null,
            };
        }
        catch (InvalidDataException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
    }
}
#endif
