using CustomerService.Grains.Journal;
using CustomerService.Grains.Orleans;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace CustomerService.Bench.Silos;

/// <summary>This process as a client of several silos.</summary>
internal sealed class ClusterClient : IAsyncDisposable
{
    private readonly IHost host;

    private ClusterClient(IHost host) => this.host = host;

    public IGrainClient Door => host.Services.GetRequiredService<IGrainClient>();

    public IJournal Journal => host.Services.GetRequiredService<IJournal>();

    /// <param name="clientPorts">Of every silo.</param>
    /// <param name="store">Closed by whoever opened it.</param>
    public static async Task<ClusterClient> StartAsync(int[] clientPorts, ISharedGrainStore store)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(store);
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(clientPorts, "bench", "bench");
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = SiloProcess.Patience);
            client.Services.AddCustomerServiceClient();
        });
        var host = builder.Build();
        await host.StartAsync();
        return new ClusterClient(host);
    }

    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
