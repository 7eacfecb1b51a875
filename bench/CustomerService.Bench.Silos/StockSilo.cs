using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;

namespace CustomerService.Bench.Silos;

/// <summary>A silo with the bare grain and Orleans' own storage provider on PostgreSQL.</summary>
internal sealed class StockSilo : IAsyncDisposable
{
    private readonly IHost host;
    private readonly IGrainFactory grains;

    private StockSilo(IHost host)
    {
        this.host = host;
        grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    /// <param name="connectionString">Of a database with <see cref="StockSchema"/>.</param>
    public static async Task<StockSilo> StartAsync(string connectionString) => new(await SiloProcess.StartAsync(silo =>
        silo.AddAdoNetGrainStorageAsDefault(options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = connectionString;
        })));

    public Task<long> ReceiveAsync(string conversation, string messageId, string address, string text, DateTimeOffset at) =>
        grains.GetGrain<IStockConversation>(conversation).Receive(new StockMessage { Id = messageId, Address = address, Text = text, At = at });

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
