using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace CustomerService.Bench.Silos;

/// <summary>One silo in this process, on free ports of this machine.</summary>
internal static class SiloProcess
{
    /// <param name="prepare">What the silo needs once it knows its name and before it starts.</param>
    public static async Task<IHost> StartAsync(Action<ISiloBuilder> configure, Func<IServiceProvider, Task>? prepare = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "bench", clusterId: "bench");
            // Silos keep watch over one another; one alone on a busy machine must not give itself up.
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMinutes(1));
            configure(silo);
        });
        var host = builder.Build();
        try
        {
            await (prepare?.Invoke(host.Services) ?? Task.CompletedTask);
            await host.StartAsync();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
