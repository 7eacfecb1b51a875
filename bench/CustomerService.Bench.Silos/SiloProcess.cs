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
    /// <summary>How long a call waits for its answer: a machine that is measured at its limit answers late, and that is to be seen as late.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="join">How it finds others. Default: it is alone.</param>
    /// <param name="prepare">What the silo needs once it knows its name and before it starts.</param>
    public static async Task<IHost> StartAsync(Action<ISiloBuilder> configure, Func<IServiceProvider, Task>? prepare = null, Action<ISiloBuilder>? join = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            (join ?? (alone => alone.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "bench", clusterId: "bench")))(silo);
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = Patience);
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

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
