using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace CustomerService.Grains.Orleans.Clustering;

/// <summary>Makes a process part of a cluster: as a silo, or as a client of its silos.</summary>
public static class ClusterHosting
{
    private static readonly TimeSpan ClientRetryPause = TimeSpan.FromSeconds(2);

    /// <summary>Joins as a silo.</summary>
    /// <exception cref="Microsoft.AspNetCore.Connections.AddressInUseException">Somebody listens at one of its ports.</exception>
    /// <exception cref="FormatException"><see cref="ClusterSettings.Redis"/> is no address of a Redis.</exception>
    public static ISiloBuilder JoinCluster(this ISiloBuilder silo, ClusterSettings settings)
    {
        var endpoint = SiloEndpoint.Of(settings);
        silo.Services.TryAddSingleton(TimeProvider.System);
        HostRoster.AddTo(silo.Services);
        if (settings.Redis is { } url)
        {
            var redis = RedisUrl.Parse(url);
            silo.UseRedisClustering(options => options.ConfigurationOptions = redis);
            silo.Configure<ClusterOptions>(options => options.ServiceId = options.ClusterId = settings.ClusterId);
            silo.ConfigureEndpoints(endpoint.Address, endpoint.SiloPort, endpoint.ClientPort, listenOnAnyHostAddress: endpoint.ListensEverywhere);
            silo.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<MembershipWatchdog>(services, (Action<int>)Environment.Exit));
            silo.Services.AddHostedService(services => services.GetRequiredService<MembershipWatchdog>());
        }
        else
            silo.UseLocalhostClustering(endpoint.SiloPort, endpoint.ClientPort, serviceId: settings.ClusterId, clusterId: settings.ClusterId);

        silo.Configure<SiloOptions>(options => options.SiloName = $"{Environment.MachineName}:{endpoint.SiloPort}");
        silo.Configure<ClusterMembershipOptions>(options => Liveness.Apply(settings.Detection, options));
        silo.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = Liveness.ResponseTimeout(settings.Detection);
            // The engine's own calls (directory, placement) must not outwait the caller.
            options.SystemResponseTimeout = Liveness.ResponseTimeout(settings.Detection);
            // A grain that falls so far behind answers nobody within the timeout: refuse at once what it can't reach.
            options.MaxEnqueuedRequestsSoftLimit = 2_000;
            options.MaxEnqueuedRequestsHardLimit = 10_000;
        });
        silo.Configure<LoadSheddingOptions>(options =>
        {
            // A silo without processor time or memory left refuses clients' new calls rather than answer all of them late.
            options.LoadSheddingEnabled = true;
            options.CpuThreshold = 95;
            options.MemoryThreshold = 90;
        });
        // Idle grains leave early when memory is short, before the silo has to refuse calls.
        silo.Configure<GrainCollectionOptions>(options => options.EnableActivationSheddingOnMemoryPressure = true);
        silo.Configure<ConnectionOptions>(ConnectSoon);
        if (settings.Tls is { } tls)
            silo.Configure<SiloConnectionOptions>(options =>
            {
                options.ConfigureSiloInboundConnection(tls.AcceptOn);
                options.ConfigureSiloOutboundConnection(tls.ConnectOn);
                options.ConfigureGatewayInboundConnection(tls.AcceptOn);
            });
        return silo;
    }

    /// <summary>Joins as a client. Its start waits for a silo that answers.</summary>
    /// <exception cref="FormatException"><see cref="ClusterSettings.Redis"/> is no address of a Redis.</exception>
    public static IClientBuilder JoinCluster(this IClientBuilder client, ClusterSettings settings)
    {
        if (settings.Redis is { } url)
        {
            var redis = RedisUrl.Parse(url);
            client.UseRedisClustering(options => options.ConfigurationOptions = redis);
            client.Configure<ClusterOptions>(options => options.ServiceId = options.ClusterId = settings.ClusterId);
        }
        else
            client.UseLocalhostClustering(settings.ClientPort, serviceId: settings.ClusterId, clusterId: settings.ClusterId);

        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = Liveness.ResponseTimeout(settings.Detection));
        // A client is told of no silo's death: calls go to one that is frozen, whose connections stand, until the table is read again.
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(settings.Detection == FailureDetection.Fast ? 1 : 2));
        client.Configure<ConnectionOptions>(ConnectSoon);
        client.Services.AddSingleton<IClientConnectionRetryFilter>(services => new WaitForSilos(
            settings.ClusterId, services.GetService<TimeProvider>() ?? TimeProvider.System, services.GetRequiredService<ILogger<WaitForSilos>>()));
        if (settings.Tls is { } tls)
            client.Configure<ClientConnectionOptions>(options => options.ConfigureConnection(tls.ConnectOn));
        return client;
    }

    /// <summary>A machine that is gone answers no connection attempt; nobody waits long for it, and one that comes back is found soon.</summary>
    private static void ConnectSoon(ConnectionOptions options)
    {
        options.OpenConnectionTimeout = TimeSpan.FromSeconds(3);
        options.ConnectionRetryDelay = TimeSpan.FromMilliseconds(500);
    }

    /// <summary>Processes start in any order: a client whose silos are not there yet tries again until it is told to stop.</summary>
    private sealed class WaitForSilos(string cluster, TimeProvider time, ILogger<WaitForSilos> logger) : IClientConnectionRetryFilter
    {
        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            logger.LogWarning("No silo of the cluster {Cluster} answers yet: {Reason}", cluster, exception.Message);
            await Task.Delay(ClientRetryPause, time, cancellationToken);
            return true;
        }
    }
}
